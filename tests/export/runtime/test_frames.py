"""Messages survive the pipe, whatever they hold; damage ends the stream."""

import io

import pytest

from export.runtime.frames import Frame, read_frame, write_frame


def test_round_trip_with_lone_surrogates():
    stream = io.BytesIO()
    frames = [
        Frame(header={"texts": ["\ud800", "\0", "é\n", "😀"]}),
        Frame(header={}, payload=bytes(1000)),
    ]
    for frame in frames:
        write_frame(stream, frame)
    stream.seek(0)
    assert [read_frame(stream), read_frame(stream), read_frame(stream)] == [*frames, None]


def test_a_cut_message_is_the_end():
    stream = io.BytesIO()
    write_frame(stream, Frame(header={"a": 1}, payload=b"123"))
    content = stream.getvalue()
    for size in range(len(content)):
        assert read_frame(io.BytesIO(content[:size])) is None


@pytest.mark.parametrize("content", [b"\xff" * 16, b"\2" + bytes(15) + b"[]", b"\1" + bytes(16)])
def test_what_is_no_message_is_an_error(content):
    with pytest.raises(ValueError):
        read_frame(io.BytesIO(content))
