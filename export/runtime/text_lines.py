"""One text a line from a stream of bytes, in chunks, so that memory stays bounded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Literal

CHUNK_BYTES = 1 << 20  # what is read at once, where the stream has it
CHUNK_LINES = 8192  # texts a chunk at most
MAX_LINE_BYTES = 64 << 20


class TextError(ValueError):
    """The input is not lines of UTF-8 text."""


@dataclass(frozen=True, kw_only=True)
class Chunk:
    """Some consecutive lines."""

    texts: list[str]  # without their line ends
    bytes_read: int  # of the input, up to the end of this chunk


def read_chunks(
    stream: IO[bytes], *, name: str, errors: Literal["strict", "replace"] = "strict"
) -> Iterator[Chunk]:
    r"""The lines of a stream.

    A line ends at ``\n`` or ``\r\n`` and nowhere else; the last one need not be ended.
    From a pipe, lines are given as they arrive.

    Args:
        stream: buffered and binary.
        name: of the file, for messages.
        errors: "replace" puts U+FFFD where the bytes are not UTF-8.

    Raises:
        TextError: for invalid UTF-8, naming line and byte, and for an absurdly long line.
    """
    number = offset = 0  # of the first line that is not yielded yet
    for lines in _raw_lines(stream, name):
        for first in range(0, len(lines), CHUNK_LINES):
            texts = []
            for line in lines[first : first + CHUNK_LINES]:
                texts.append(_decoded(line, errors, name=name, number=number, offset=offset))
                number += 1
                offset += len(line)
            yield Chunk(texts=texts, bytes_read=offset)


def _raw_lines(stream: IO[bytes], name: str) -> Iterator[list[bytes]]:
    """Lists of whole lines with their ends."""
    read = getattr(stream, "read1", stream.read)
    parts: list[bytes] = []  # of a line whose end was not seen yet
    size = 0
    while data := read(CHUNK_BYTES):
        end = data.rfind(b"\n") + 1
        if end:
            lines = (b"".join(parts) + data[:end]).split(b"\n")
            yield [line + b"\n" for line in lines[:-1]]
            parts, size = [], 0
        parts.append(data[end:])
        size += len(data) - end
        if size > MAX_LINE_BYTES:
            raise TextError(
                f"{name} has a line of more than {MAX_LINE_BYTES >> 20} MiB. One text a line is "
                "expected; is this a text file?"
            )
    if size:
        yield [b"".join(parts)]


def _decoded(line: bytes, errors: str, *, name: str, number: int, offset: int) -> str:
    if line.endswith(b"\n"):
        line = line.removesuffix(b"\n").removesuffix(b"\r")
    try:
        return line.decode("utf-8", errors)
    except UnicodeDecodeError as error:
        raise TextError(
            f"{name} is not UTF-8: line {number + 1}, byte offset {offset + error.start} (byte "
            f"{error.start + 1} of the line) is 0x{line[error.start]:02x}, {error.reason}. "
            "Convert the file to UTF-8, or pass --errors replace."
        ) from error
