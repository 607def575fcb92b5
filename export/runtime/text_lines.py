"""One text a line from a stream of bytes, in chunks, so that memory stays bounded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Literal

from bert_tf.text.utf8_lines import MAX_LINE_BYTES, decode_line, raw_lines, without_end

CHUNK_LINES = 8192  # texts a chunk at most
REMEDY = "Convert the file to UTF-8, or pass --errors replace."


@dataclass(frozen=True, kw_only=True)
class Chunk:
    """Some consecutive lines."""

    texts: list[str]  # without their line ends
    bytes_read: int  # of the input, up to the end of this chunk


def read_chunks(
    stream: IO[bytes],
    *,
    name: str,
    errors: Literal["strict", "replace"] = "strict",
    lines_before: int = 0,
    bytes_before: int = 0,
    chunk_lines: int = CHUNK_LINES,
) -> Iterator[Chunk]:
    r"""The lines of a stream.

    A line ends at ``\n`` or ``\r\n`` and nowhere else; the last one need not be ended.
    From a pipe, lines are given as they arrive.

    Args:
        stream: buffered and binary.
        name: of the file, for messages.
        errors: "replace" puts U+FFFD where the bytes are not UTF-8.
        lines_before: lines in front of the stream's place, for messages.
        bytes_before: bytes in front of it, for messages and `Chunk.bytes_read`.
        chunk_lines: texts a chunk at most.

    Raises:
        TextError: for invalid UTF-8, naming line and byte, and for an absurdly long line.
    """
    number, offset = lines_before, bytes_before  # of the first line that is not yielded yet
    for lines in raw_lines(stream, name=name, max_line_bytes=MAX_LINE_BYTES):
        for first in range(0, len(lines), chunk_lines):
            texts = []
            for line in lines[first : first + chunk_lines]:
                text = decode_line(
                    line, errors, name=name, number=number, offset=offset, remedy=REMEDY
                )
                texts.append(without_end(text))
                number += 1
                offset += len(line)
            yield Chunk(texts=texts, bytes_read=offset)
