"""A regular file opened for reading, which notices when it changes underneath."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from desktop_app.documents.document_error import DocumentError


class SourceFile:
    """An open file with what it was when it was opened; a context manager."""

    def __init__(self, path: Path) -> None:
        """Open the file; a pipe or a device is refused without waiting.

        Raises:
            DocumentError: if it is missing, unreadable, or no regular file.
        """
        self.path = path
        try:
            # a pipe put in the file's place after a look at it would block a plain open
            flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
            descriptor = os.open(path, flags)
        except (OSError, ValueError) as error:
            words = getattr(error, "strerror", None) or str(error)
            raise DocumentError(
                f"{path} cannot be opened ({words}). Check that the file is there and readable.",
                reason="missing",
            ) from error
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            os.close(descriptor)
            raise DocumentError(
                f"{path} is a folder or a device, not a file. Choose a document.", reason="missing"
            )
        self.stream: BinaryIO = os.fdopen(descriptor, "rb", buffering=0)
        self.size, self.modified_ns = status.st_size, status.st_mtime_ns

    def read_at(self, offset: int, count: int) -> bytes:
        """Up to so many bytes from a place; fewer only at the end.

        Raises:
            DocumentError: if the disk fails.
        """
        try:
            self.stream.seek(offset)
            parts = []
            while count > 0 and (part := self.stream.read(count)):
                parts.append(part)
                count -= len(part)
        except OSError as error:
            raise DocumentError(
                f"{self.path} could not be read on ({error.strerror}). Check the disk or the "
                "connection, then open it again.",
                reason="changed",
            ) from error
        return b"".join(parts)

    def check_unchanged(self) -> None:
        """Refuse to go on with a file that is another one by now.

        Raises:
            DocumentError: if size or time of change differ, or the file vanished.
        """
        try:
            status = self.path.stat()
        except OSError as error:
            raise DocumentError(
                f"{self.path} vanished while it was read. Open it again.", reason="changed"
            ) from error
        if (status.st_size, status.st_mtime_ns) != (self.size, self.modified_ns):
            raise DocumentError(
                f"{self.path} changed while it was read. Open it again.", reason="changed"
            )

    def close(self) -> None:
        """Let go of the file."""
        self.stream.close()

    def __enter__(self) -> SourceFile:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class WatchedStream:
    """A stream whose every read is a sign of life, for libraries that take a file object."""

    def __init__(self, stream: BinaryIO, pulse: Callable[[], None]) -> None:
        self._stream, self._pulse = stream, pulse

    def read(self, size: int = -1) -> bytes:
        """As the stream does."""
        self._pulse()
        return self._stream.read(size)

    def seek(self, offset: int, whence: int = 0) -> int:
        """As the stream does."""
        return self._stream.seek(offset, whence)

    def tell(self) -> int:
        """As the stream does."""
        return self._stream.tell()

    def seekable(self) -> bool:
        """Always."""
        return True

    def close(self) -> None:
        """Nothing: the owner of the stream closes it."""
