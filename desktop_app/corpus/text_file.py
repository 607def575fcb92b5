"""Read a plain text file, or say in one word why it is not one."""

from __future__ import annotations

import stat
from enum import Enum
from pathlib import Path

from desktop_app.documents.encodings import guess_encoding
from desktop_app.documents.text_source import BINARY_HEADS

MAX_TEXT_BYTES = 2_000_000  # what one page of text holds and scrolls well

_CONTROL_CHARACTERS = {code: " " for code in range(32) if chr(code) not in "\n\t"}


class TextFileFault(Enum):
    """Why a file was refused."""

    UNREADABLE = "unreadable"  # missing, no permission, a folder, a device
    BINARY = "binary"  # a picture, a workbook, a program
    NOT_UTF8 = "not UTF-8"  # nor whole in another encoding
    TOO_LARGE = "too large"
    EMPTY = "empty"


class TextFileError(ValueError):
    """A file that cannot be shown as text.

    Attributes:
        fault: the kind of trouble, for a message in the reader's language.
        detail: what exactly was met: a byte offset, a size, the system's words.
    """

    def __init__(self, fault: TextFileFault, detail: str, path: Path) -> None:
        self.fault, self.detail, self.path = fault, detail, path
        super().__init__(f"{path} is {fault.value} ({detail}). Choose a UTF-8 text file.")


def read_text_file(path: Path) -> str:
    """The text of a file in any encoding that documents are read in, lines ending at a line feed.

    Raises:
        TextFileError: if it is missing, larger than `MAX_TEXT_BYTES`, binary, empty or damaged.
    """
    text = _decoded(_content(path), path)
    if not text.strip():
        raise TextFileError(TextFileFault.EMPTY, "no characters", path)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.translate(_CONTROL_CHARACTERS)


def _content(path: Path) -> bytes:
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise TextFileError(TextFileFault.UNREADABLE, "not a regular file", path)
        if status.st_size > MAX_TEXT_BYTES:
            raise TextFileError(TextFileFault.TOO_LARGE, f"{status.st_size:,} bytes", path)
        return path.read_bytes()
    except OSError as error:
        raise TextFileError(TextFileFault.UNREADABLE, error.strerror or str(error), path) from error


def _decoded(content: bytes, path: Path) -> str:
    guess = guess_encoding(content)
    if not guess.mark_bytes and content.startswith(BINARY_HEADS):
        raise TextFileError(TextFileFault.BINARY, "by its first bytes", path)
    nuls = content.count(0)
    try:
        text = content[guess.mark_bytes :].decode(guess.encoding)
    except UnicodeDecodeError as error:
        if nuls:
            raise _binary(content, path) from error
        raise TextFileError(TextFileFault.NOT_UTF8, f"byte {error.start}", path) from error
    # where zeros alone speak for UTF-16 they must belong to ASCII
    by_zeros = nuls and guess.certain and not guess.mark_bytes
    if "\0" in text or (by_zeros and 2 * sum(map(str.isascii, text)) < len(text)):
        raise _binary(content, path)
    return text


def _binary(content: bytes, path: Path) -> TextFileError:
    return TextFileError(TextFileFault.BINARY, f"NUL at byte {content.index(0)}", path)
