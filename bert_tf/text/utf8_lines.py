r"""Lines of UTF-8 text from a stream of bytes; they end at ``\n`` or ``\r\n`` and nowhere else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Literal

CHUNK_BYTES = 1 << 20  # what is read at once, where the stream has it
MAX_LINE_BYTES = 64 << 20
BYTE_ORDER_MARK = "\ufeff"


class TextError(ValueError):
    """The input is not lines of UTF-8 text."""


def read_lines(
    stream: IO[bytes],
    *,
    name: str,
    errors: Literal["strict", "replace"] = "strict",
    keep_ends: bool = False,
) -> Iterator[str]:
    """The lines of a stream; a byte order mark at the start is dropped.

    Args:
        stream: buffered and binary; only a part of it is in memory at a time.
        name: of the file, for messages.
        errors: "replace" puts U+FFFD where the bytes are not UTF-8.
        keep_ends: leave the line's end on the line.

    Raises:
        TextError: for invalid UTF-8, naming line and byte, and for an absurdly long line.
    """
    number = offset = 0
    for lines in raw_lines(stream, name=name):
        for line in lines:
            text = decode_line(line, errors, name=name, number=number, offset=offset)
            text = text.removeprefix(BYTE_ORDER_MARK) if number == 0 else text
            yield text if keep_ends else without_end(text)
            number += 1
            offset += len(line)


def raw_lines(
    stream: IO[bytes], *, name: str, max_line_bytes: int = MAX_LINE_BYTES
) -> Iterator[list[bytes]]:
    """Lists of whole lines with their ends; from a pipe, lines are given as they arrive.

    Raises:
        TextError: if a line is longer than `max_line_bytes`.
    """
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
        if size > max_line_bytes:
            raise TextError(
                f"{name} has a line of more than {max_line_bytes >> 20} MiB. One text a line is "
                "expected; is this a text file?"
            )
    if size:
        yield [b"".join(parts)]


def without_end(line: str) -> str:
    """The line without the LF or CRLF that ends it; a lone CR is part of the text."""
    return line.removesuffix("\n").removesuffix("\r") if line.endswith("\n") else line


def decode_line(
    line: bytes,
    errors: Literal["strict", "replace"],
    *,
    name: str,
    number: int,
    offset: int,
    remedy: str = "Save it as UTF-8 first.",
) -> str:
    """The text of one line, its end included.

    Args:
        line: its bytes.
        errors: as in `read_lines`.
        name: of the file.
        number: of the line, from 0.
        offset: of its first byte in the file.
        remedy: what to do about bytes that are not UTF-8.

    Raises:
        TextError: for invalid UTF-8.
    """
    try:
        return line.decode("utf-8", errors)
    except UnicodeDecodeError as error:
        raise TextError(
            f"{name} is not UTF-8: line {number + 1}, byte offset {offset + error.start} (byte "
            f"{error.start + 1} of the line) is 0x{line[error.start]:02x}, {error.reason}. "
            f"{remedy}"
        ) from error
