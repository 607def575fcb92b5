"""Whether an input file is still the one that it was."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

_BLOCK_BYTES = 1 << 20


@dataclass(frozen=True, kw_only=True)
class InputIdentity:
    """Which file, and when it was last written."""

    path: str  # absolute, links followed
    size: int  # bytes
    modified_ns: int  # nanoseconds since 1970

    @classmethod
    def of(cls, path: str) -> InputIdentity:
        """The identity of a file.

        Raises:
            ValueError: if it is no regular file.
            OSError: if it cannot be looked at.
        """
        try:
            status = Path(path).stat()
        except OSError as error:
            raise OSError(f"Cannot read {path}: {error.strerror or error}.") from error
        if not stat.S_ISREG(status.st_mode):
            raise ValueError(f"{path} is no regular file; --resume needs one to read from again.")
        return cls(path=os.path.realpath(path), size=status.st_size, modified_ns=status.st_mtime_ns)


class ConsumedHash:
    """The sha256 of the beginning of a file, for ends that only grow."""

    def __init__(self, path: Path) -> None:
        """Nothing is read yet."""
        self._path, self._hash, self._read = path, sha256(), 0

    def at(self, end: int) -> str:
        """The hash of the first `end` bytes, in hexadecimal; fewer, if the file has fewer.

        Raises:
            OSError: if it cannot be read.
        """
        with self._path.open("rb") as stream:
            stream.seek(self._read)
            while self._read < end and (data := stream.read(min(_BLOCK_BYTES, end - self._read))):
                self._hash.update(data)
                self._read += len(data)
        return self._hash.hexdigest()
