r"""Lines end at \n or \r\n and nowhere else."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bert_tf.text.utf8_lines import TextError
from export.runtime import text_lines
from export.runtime.text_lines import read_chunks


class Dripping(io.RawIOBase):
    """A pipe that gives some bytes at a time."""

    def __init__(self, content: bytes, step: int) -> None:
        self._content, self._step = content, step

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:
        part, self._content = self._content[: self._step], self._content[self._step :]
        buffer[: len(part)] = part
        return len(part)


def texts_of(content: bytes, **options) -> list[str]:
    return [
        text
        for chunk in read_chunks(io.BytesIO(content), name="x", **options)
        for text in chunk.texts
    ]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", []),
        (b"\n", [""]),
        (b"a", ["a"]),
        (b"a\n", ["a"]),
        (b"a\r\nb", ["a", "b"]),
        (b"a\n\n", ["a", ""]),
        (b"a\rb\n", ["a\rb"]),
        (b"a\r", ["a\r"]),
        (b"a\r\r\n", ["a\r"]),
        ("a\u2028b\u0085c\x0bd\x0ce\x1cf\n".encode(), ["a\u2028b\u0085c\x0bd\x0ce\x1cf"]),
        (b"\0\n", ["\0"]),
    ],
)
def test_line_ends(content, expected):
    assert texts_of(content) == expected


@given(
    lines=st.lists(st.text(alphabet="ab\ré\u2028😀 "), max_size=20),
    step=st.integers(1, 9),
    ended=st.booleans(),
)
def test_any_division_of_the_stream_gives_the_same_lines(lines, step, ended):
    lines = [line.rstrip("\r") for line in lines]
    content = "\n".join(lines).encode() + (b"\n" if ended and lines else b"")
    if content and not ended and not lines[-1]:
        lines = lines[:-1]  # an empty last line that is not ended is no line
    stream = io.BufferedReader(Dripping(content, step), 16)
    chunks = list(read_chunks(stream, name="x"))
    assert [text for chunk in chunks for text in chunk.texts] == (lines if content else [])
    assert (chunks[-1].bytes_read if chunks else 0) == len(content)


def test_invalid_bytes_are_named_by_line_and_offset():
    content = b"good\r\n" + "é".encode() + b"\n" + b"caf\xe9 x\n"
    with pytest.raises(TextError, match=r"x is not UTF-8: line 3, byte offset 12 \(byte 4 of"):
        texts_of(content)
    assert texts_of(content, errors="replace") == ["good", "é", "caf\ufffd x"]


def test_surrogates_and_overlong_forms_are_invalid():
    for bad in (b"\xed\xa0\x80", b"\xc0\xaf", b"\xf5\x80\x80\x80"):
        with pytest.raises(TextError, match="byte offset 0"):
            texts_of(bad)


def test_chunks_are_bounded():
    chunks = list(read_chunks(io.BytesIO(b"a\n" * 25), name="x", chunk_lines=10))
    assert [len(chunk.texts) for chunk in chunks] == [10, 10, 5]
    assert [chunk.bytes_read for chunk in chunks] == [20, 40, 50]


BOM = b"\xef\xbb\xbf"


def test_a_byte_order_mark_is_dropped_at_the_start_alone():
    chunks = list(read_chunks(io.BytesIO(BOM + b"good\n" + BOM + b"bad"), name="x"))
    assert [chunk.texts for chunk in chunks] == [["good"], ["\ufeffbad"]]
    assert [chunk.bytes_read for chunk in chunks] == [8, 14]
    assert texts_of(BOM + b"\r\ngood\n") == ["", "good"]
    later = read_chunks(io.BytesIO(BOM + b"good"), name="x", lines_before=1, bytes_before=5)
    assert [chunk.texts for chunk in later] == [["\ufeffgood"]]


@pytest.mark.parametrize("errors", ["strict", "replace"])
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-16", "utf-32"])
def test_utf16_is_named(encoding, errors):
    text = "The plot – “good”\nand the cast too\n"
    with pytest.raises(TextError, match=r"^x is UTF-16.* Save it as UTF-8 first") as caught:
        texts_of(text.encode(encoding), errors=errors)
    assert "pass --errors replace" not in str(caught.value)
    with pytest.raises(TextError, match=r"^x is UTF-16"):
        texts_of("\ufeff质量很好\n".encode("utf-16-be"), errors=errors)


@pytest.mark.parametrize("content", [b"\0\0\0\0\0\0\n", b"good\0film\0\n", b"a\0b\n" + b"cd" * 40])
def test_some_nul_bytes_are_no_utf16(content):
    assert texts_of(content) == content.decode().splitlines()


def test_a_line_without_end_is_refused_in_time(monkeypatch):
    monkeypatch.setattr(text_lines, "MAX_LINE_BYTES", 3 << 20)
    with pytest.raises(TextError, match="more than 3 MiB"):
        texts_of(b"x" * (5 << 20))
    assert texts_of(b"x" * (2 << 20)) == ["x" * (2 << 20)]


def test_a_stream_that_begins_in_the_middle_is_named_from_the_beginning():
    chunks = list(read_chunks(io.BytesIO(b"a\nbc\n"), name="x", lines_before=10, bytes_before=100))
    assert [chunk.bytes_read for chunk in chunks] == [105]
    with pytest.raises(ValueError, match="line 12, byte offset 102 "):
        list(read_chunks(io.BytesIO(b"a\n\xff"), name="x", lines_before=10, bytes_before=100))
