import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bert_tf.text.utf8_lines import TextError, read_lines


@given(lines=st.lists(st.text("ab\ré\u2028 ", max_size=5), max_size=8), ended=st.booleans())
def test_lines_end_at_lf_or_crlf_alone(lines: list[str], ended: bool) -> None:
    lines = [line.rstrip("\r") for line in lines]
    content = "\n".join(lines).encode() + (b"\n" if ended and lines else b"")
    if content and not ended and not lines[-1]:
        lines = lines[:-1]  # an empty last line that is not ended is no line
    assert list(read_lines(io.BytesIO(content), name="x")) == (lines if content else [])
    kept = list(read_lines(io.BytesIO(content), name="x", keep_ends=True))
    assert "".join(kept).encode() == content


def test_only_the_first_mark_is_dropped() -> None:
    content = "\ufeffa\r\n\ufeffb".encode()
    assert list(read_lines(io.BytesIO(content), name="x")) == ["a", "\ufeffb"]


def test_what_is_not_utf8_is_named_or_replaced() -> None:
    content = b"good\n\xed\xa0\x80\n"
    with pytest.raises(TextError, match=r"x is not UTF-8: line 2, byte offset 5 \(byte 1 of"):
        list(read_lines(io.BytesIO(content), name="x"))
    replaced = list(read_lines(io.BytesIO(content), name="x", errors="replace"))
    assert replaced[0] == "good" and set(replaced[1]) == {"\ufffd"}
