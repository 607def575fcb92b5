import bz2
import gzip
import lzma
from pathlib import Path

import pytest

from bert_tf.data.data_error import DataError
from bert_tf.data.data_lines import inner_suffix, read_data_lines
from bert_tf.data.table_reader import read_rows

COMPRESSORS = {".gz": gzip.compress, ".bz2": bz2.compress, ".xz": lzma.compress, "": bytes}


@pytest.mark.parametrize("suffix", COMPRESSORS)
def test_compressed_files_read_as_what_is_inside(tmp_path: Path, suffix: str) -> None:
    content = "\ufeffone\r\ntwo\u2028still\n\nlast".encode()
    path = tmp_path / f"lines.txt{suffix}"
    path.write_bytes(COMPRESSORS[suffix](content))
    assert list(read_data_lines(path)) == ["one", "two\u2028still", "", "last"]
    assert next(iter(read_data_lines(path, keep_ends=True))) == "one\r\n"
    table = tmp_path / f"table.csv{suffix}"
    table.write_bytes(COMPRESSORS[suffix](b'text\n"a\nb"\n'))
    assert read_rows(table) == [(3, {"text": "a\nb"})]


@pytest.mark.parametrize("suffix", [".gz", ".bz2", ".xz"])
def test_a_compressed_file_cut_anywhere_is_named(tmp_path: Path, suffix: str) -> None:
    whole = COMPRESSORS[suffix]("一行文字\n".encode() * 50)
    path = tmp_path / f"lines{suffix}"
    for end in range(1, len(whole), 7):
        path.write_bytes(whole[:end])
        with pytest.raises(DataError, match=r"damaged or cut short|cannot be read"):
            list(read_data_lines(path))


@pytest.mark.parametrize("suffix", [".gz", ".bz2", ".xz"])
def test_a_file_that_is_not_compressed_is_named(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"lines{suffix}"
    path.write_bytes(b"plain text, whatever its name says\n")
    with pytest.raises(DataError, match=f"lines{suffix}"):
        list(read_data_lines(path))


def test_broken_encoding_is_named_by_line_and_byte_inside(tmp_path: Path) -> None:
    path = tmp_path / "lines.txt.gz"
    path.write_bytes(gzip.compress(b"fine\ncaf\xe9\n"))
    with pytest.raises(DataError, match=r"line 2, byte offset 8 \(byte 4 of the line\) is 0xe9"):
        list(read_data_lines(path))


def test_progress_ends_at_the_size_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "lines.txt"
    path.write_bytes(b"a line\n" * 1000)
    seen: list[int] = []
    assert len(list(read_data_lines(path, on_bytes=seen.append))) == 1000
    assert seen == sorted(seen) and seen[-1] == 7000


def test_the_format_is_the_ending_before_the_compression() -> None:
    assert [
        inner_suffix(Path(name)) for name in ("a.JSONL.gz", "a.csv", "a.gz", "a", "a.b.xz")
    ] == [
        ".jsonl",
        ".csv",
        "",
        "",
        ".b",
    ]


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    for path in (tmp_path / "gone.txt", tmp_path):
        with pytest.raises(DataError, match="cannot be read"):
            list(read_data_lines(path))
