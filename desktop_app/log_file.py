"""A log file of bounded size, in the folder of the user's state."""

from __future__ import annotations

import contextlib
import itertools
import logging
import os
import time
from pathlib import Path

LOG_NAME = "bert-desktop.log"
MOST_BYTES = 512 * 1024  # of one file
OLDER_FILES = 2  # that are kept beside it
_MOST_RECORD = 8_000  # characters
_TAIL_BYTES = 256 * 1024


class LogFile(logging.Handler):
    """Appends a record at a time; nothing is opened before the first.

    The lines of a record after its first are indented. Several processes may write to one file.
    A disk that is full or write-protected is no trouble: records are lost then.
    """

    def __init__(self, path: Path, *, most_bytes: int = MOST_BYTES) -> None:
        """Open nothing yet.

        Args:
            path: of the file; older ones get `.1` and `.2` appended.
            most_bytes: a file that has grown beyond it is put aside.
        """
        super().__init__()
        self.path = path
        self._most_bytes = most_bytes
        self._descriptor: int | None = None

    def emit(self, record: logging.LogRecord) -> None:
        """Append one record."""
        stamp = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created))
        first, *more = record.getMessage()[:_MOST_RECORD].splitlines() or [""]
        head = f"{stamp}.{int(record.msecs):03}Z {record.levelname:<8} {first}"
        lines = [head, *(f"    {line.strip()}" for line in more)]
        content = "".join(f"{line}\n" for line in lines).encode("utf-8", "backslashreplace")
        with contextlib.suppress(OSError):
            self._write(content)

    def close(self) -> None:
        """Close the file."""
        with self.lock or contextlib.nullcontext():
            self._let_go()
        super().close()

    def _write(self, content: bytes) -> None:
        if self._descriptor is None or not self._is_current(self._descriptor):
            self._let_go()
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0)
            self._descriptor = os.open(self.path, flags, 0o600)
        size = os.fstat(self._descriptor).st_size
        if size + len(content) > self._most_bytes and size:
            self._put_aside()
            if size < 2 * self._most_bytes:  # where it cannot be renamed it still ends somewhere
                self._write(content)
        else:
            os.write(self._descriptor, content)

    def _is_current(self, descriptor: int) -> bool:
        """Whether the file has not been put aside by another process."""
        try:
            return os.path.samestat(os.fstat(descriptor), self.path.stat())
        except OSError:
            return False

    def _put_aside(self) -> None:
        self._let_go()
        files = [self.path, *(older_log(self.path, age) for age in range(1, OLDER_FILES + 1))]
        for newer, older in reversed(list(itertools.pairwise(files))):
            with contextlib.suppress(FileNotFoundError):
                newer.replace(older)

    def _let_go(self) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


def older_log(path: Path, age: int) -> Path:
    """The file that was put aside before, 1 the last one."""
    return path.with_name(f"{path.name}.{age}")


def last_lines(path: Path, count: int) -> list[str]:
    """The last lines of the log, over the file that was put aside too; none where there is none."""
    lines: list[str] = []
    for file in (path, older_log(path, 1)):
        if len(lines) < count:
            lines = _tail(file) + lines
    return lines[-count:]


def _tail(file: Path) -> list[str]:
    try:
        with file.open("rb") as stream:
            size = stream.seek(0, os.SEEK_END)
            stream.seek(max(0, size - _TAIL_BYTES))
            lines = stream.read(_TAIL_BYTES).decode("utf-8", "replace").splitlines()
    except OSError:
        return []
    return lines[1:] if size > _TAIL_BYTES else lines
