import os

import pytest

from desktop_app.projects.source_identity import source_identity, source_state


def test_a_file_that_was_only_touched_is_the_same(tmp_path):
    path = tmp_path / "答案.csv"
    path.write_bytes(b"a,b\n1,2\n")
    known = source_identity(path)
    assert known.size == 8 and source_state(path, known) == "same"
    os.utime(path, ns=(1, 1))
    assert source_state(path, known) == "same"
    path.write_bytes(b"a,b\n1,3\n")
    os.utime(path, ns=(2, 2))
    assert source_state(path, known) == "changed"
    path.write_bytes(b"a,b\n1,22\n")
    assert source_state(path, known) == "changed"
    path.unlink()
    assert source_state(path, known) == "missing"


@pytest.mark.parametrize("place", [0, 17 << 20, (40 << 20) - 1])
def test_of_a_large_file_begin_end_and_samples_are_looked_at(tmp_path, place):
    path = tmp_path / "large"
    with path.open("wb") as stream:
        stream.truncate(40 << 20)
    known = source_identity(path)
    with path.open("rb+") as stream:
        stream.seek(place)
        stream.write(b"x" * min(4 << 20, (40 << 20) - place))
    os.utime(path, ns=(1, 1))
    assert source_state(path, known) == "changed"


def test_a_folder_changes_with_its_files(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "one.txt").write_text("1")
    known = source_identity(tmp_path)
    assert known.size == 1 and source_state(tmp_path, known) == "same"
    (tmp_path / "two.txt").write_text("22")
    assert source_state(tmp_path, known) == "changed"


def test_what_is_no_file_is_refused(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(OSError, match="neither a file nor a folder"):
        source_identity(tmp_path / "pipe")
