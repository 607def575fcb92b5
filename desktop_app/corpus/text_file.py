"""Read a plain text file, or say in one word why it is not one."""

from __future__ import annotations

import stat
from enum import Enum
from pathlib import Path

MAX_TEXT_BYTES = 2_000_000  # what one page of text holds and scrolls well

_CONTROL_CHARACTERS = {code: " " for code in range(32) if chr(code) not in "\n\t"}


class TextFileFault(Enum):
    """Why a file was refused."""

    UNREADABLE = "unreadable"  # missing, no permission, a folder, a device
    BINARY = "binary"  # holds NUL bytes: a picture, a document, UTF-16
    NOT_UTF8 = "not UTF-8"  # text in another encoding
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
    """The text of a UTF-8 file, with or without a BOM, lines ending at a line feed.

    Raises:
        TextFileError: if it is missing, larger than `MAX_TEXT_BYTES`, binary, empty or not UTF-8.
    """
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise TextFileError(TextFileFault.UNREADABLE, "not a regular file", path)
        if status.st_size > MAX_TEXT_BYTES:
            raise TextFileError(TextFileFault.TOO_LARGE, f"{status.st_size:,} bytes", path)
        content = path.read_bytes()
    except OSError as error:
        raise TextFileError(TextFileFault.UNREADABLE, error.strerror or str(error), path) from error
    if b"\0" in content:
        raise TextFileError(TextFileFault.BINARY, f"NUL at byte {content.index(0)}", path)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise TextFileError(TextFileFault.NOT_UTF8, f"byte {error.start}", path) from error
    if not text.strip():
        raise TextFileError(TextFileFault.EMPTY, "no characters", path)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.translate(_CONTROL_CHARACTERS)
