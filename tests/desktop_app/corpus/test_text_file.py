import os

import pytest

from desktop_app.corpus.text_file import (
    MAX_TEXT_BYTES,
    TextFileError,
    TextFileFault,
    read_text_file,
)

CHINESE = "這個產品的質量非常好，我很喜歡，下次還會再來購買。\n客服的態度也不錯。\n"


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"a\r\nb\rc\n", "a\nb\nc\n"),
        (b"\xef\xbb\xbfbom", "bom"),
        ("中文 \U0001f600".encode(), "中文 \U0001f600"),
        (b"bell\x07 tab\t", "bell  tab\t"),
        (CHINESE.encode("gb18030"), CHINESE),
        (CHINESE.encode("big5"), CHINESE),
        (CHINESE.encode("utf-16"), CHINESE),
        ("plain words\nin UTF-16\n".encode("utf-16-le"), "plain words\nin UTF-16\n"),
        (
            "Düsseldorf liegt am Rhein, schöne Grüße.".encode("cp1252"),
            "Düsseldorf liegt am Rhein, schöne Grüße.",
        ),
    ],
)
def test_reads_text(tmp_path, content, text):
    path = tmp_path / "文 件.txt"
    path.write_bytes(content)
    assert read_text_file(path) == text


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", TextFileFault.EMPTY),
        (b" \n ", TextFileFault.EMPTY),
        (b"\x89PNG\x00\x01", TextFileFault.BINARY),
        (b"\x00\x01", TextFileFault.BINARY),
        (bytes(range(256)) * 40, TextFileFault.BINARY),
        (b"PK\x03\x04 a workbook", TextFileFault.BINARY),
        ("Grüße aus Köln ".encode() * 20 + b"\xff", TextFileFault.NOT_UTF8),
        (b"a" * (MAX_TEXT_BYTES + 1), TextFileFault.TOO_LARGE),
    ],
)
def test_names_what_is_wrong(tmp_path, content, fault):
    path = tmp_path / "file.txt"
    path.write_bytes(content)
    with pytest.raises(TextFileError) as caught:
        read_text_file(path)
    assert caught.value.fault is fault


@pytest.mark.parametrize("name", ["missing.txt", "."])
def test_what_is_no_file_is_refused(tmp_path, name):
    with pytest.raises(TextFileError) as caught:
        read_text_file(tmp_path / name)
    assert caught.value.fault is TextFileFault.UNREADABLE


def test_a_pipe_is_refused_without_waiting(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(TextFileError):
        read_text_file(tmp_path / "pipe")
