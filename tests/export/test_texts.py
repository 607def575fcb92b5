"""Texts to verify on, in each format."""

from __future__ import annotations

from pathlib import Path

import pytest

from export.texts import read_texts


def write(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def test_lines_end_at_newlines_only(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", "one\r\ntwo\u2028still two\x0b\n\n  \nthree".encode())
    assert read_texts(path) == ["one", "two\u2028still two\x0b", "three"]


def test_csv_and_json_lines(tmp_path: Path) -> None:
    table = write(tmp_path / "a.csv", b'label,text\nx,"one, two"\ny,three\n')
    assert read_texts(table) == ["one, two", "three"]
    lines = write(tmp_path / "a.jsonl", b'{"text": "one"}\n\n{"text": " "}\n{"text": "two"}\n')
    assert read_texts(lines) == ["one", "two"]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.csv", b"label,words\nx,y\n", "'text'"),
        ("a.jsonl", b'{"text": 5}\n', "line 1"),
        ("a.jsonl", b"{oops\n", "line 1"),
        ("a.txt", b"fine\n\xff\n", "byte offset 5"),
    ],
)
def test_bad_files_are_explained(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        read_texts(write(tmp_path / name, content))
