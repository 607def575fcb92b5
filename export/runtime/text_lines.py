"""One text a line from a stream of bytes, in chunks, so that memory stays bounded."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Literal

from bert_tf.text.utf8_lines import (
    BYTE_ORDER_MARK,
    MAX_LINE_BYTES,
    TextError,
    decode_line,
    raw_lines,
    without_end,
)

CHUNK_LINES = 8192  # texts a chunk at most
REMEDY = "Convert the file to UTF-8, or pass --errors replace."
_LOOKED_AT_BYTES = 4096  # of the beginning, for signs of UTF-16


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

    A line ends at ``\n`` or ``\r\n`` and nowhere else; the last one need not be ended. A byte
    order mark at the start of the file is dropped. From a pipe, lines are given as they arrive.

    Args:
        stream: buffered and binary.
        name: of the file, for messages.
        errors: "replace" puts U+FFFD where the bytes are not UTF-8.
        lines_before: lines in front of the stream's place, for messages.
        bytes_before: bytes in front of it, for messages and `Chunk.bytes_read`.
        chunk_lines: texts a chunk at most.

    Raises:
        TextError: for UTF-16, for invalid UTF-8, naming line and byte, and for an absurdly long
            line.
    """
    number, offset = lines_before, bytes_before  # of the first line that is not yielded yet
    for lines in raw_lines(stream, name=name, max_line_bytes=MAX_LINE_BYTES):
        if offset == 0:
            _refuse_utf16(lines, name)
        for first in range(0, len(lines), chunk_lines):
            texts = []
            for line in lines[first : first + chunk_lines]:
                text = decode_line(
                    line, errors, name=name, number=number, offset=offset, remedy=REMEDY
                )
                text = text.removeprefix(BYTE_ORDER_MARK) if offset == 0 else text
                texts.append(without_end(text))
                number += 1
                offset += len(line)
            yield Chunk(texts=texts, bytes_read=offset)


def _refuse_utf16(lines: list[bytes], name: str) -> None:
    """Look at the first lines of a file.

    UTF-16 of Latin letters is UTF-8 too, with a NUL beside each of them.

    Raises:
        TextError: for UTF-16, also where U+FFFD may replace what is not UTF-8: nothing would be
            left of the text.
    """
    start = b"".join(lines[:_LOOKED_AT_BYTES])[:_LOOKED_AT_BYTES]
    marked = start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    fewer, more = sorted((start[0::2].count(0), start[1::2].count(0)))
    if marked or (more >= 2 and fewer * 8 <= more and more * 4 >= len(start)):
        raise TextError(
            f"{name} is UTF-16, UTF-8 is expected: it begins with {start[:8].hex(' ')}. Save it as "
            "UTF-8 first; in UTF-16 no text can be read, with --errors replace neither."
        )
