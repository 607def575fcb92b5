import os

import pytest

from desktop_app.documents.document_error import DocumentError
from desktop_app.documents.source_file import SourceFile, WatchedStream


def test_reads_from_any_place(tmp_path):
    path = tmp_path / "表 \U0001f600.txt"
    path.write_bytes(b"0123456789")
    with SourceFile(path) as source:
        assert source.read_at(7, 100) == b"789"
        assert source.read_at(50, 1) == b""
        assert source.size == 10
        source.check_unchanged()


@pytest.mark.parametrize("name", ["missing.txt", ".", "\0", "pipe"])
def test_what_is_no_regular_file_is_refused_without_waiting(tmp_path, name):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(DocumentError) as caught:
        SourceFile(tmp_path / name)
    assert caught.value.reason == "missing"


def test_a_change_is_noticed_by_size_time_or_absence(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"abc")
    with SourceFile(path) as source:
        os.utime(path, ns=(1, 1))
        with pytest.raises(DocumentError, match="changed while"):
            source.check_unchanged()
        path.unlink()
        with pytest.raises(DocumentError, match="vanished while"):
            source.check_unchanged()


def test_every_read_is_a_sign_of_life(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"abc")
    signs = []
    with SourceFile(tmp_path / "a.txt") as source:
        stream = WatchedStream(source.stream, lambda: signs.append(1))
        assert (stream.read(2), stream.tell(), stream.seek(0), stream.read()) == (
            b"ab",
            2,
            0,
            b"abc",
        )
    assert len(signs) == 2
