"""The sha256 of a file, for what must not import `bert_tf`."""

from __future__ import annotations

from hashlib import file_digest
from pathlib import Path


def file_sha256(path: Path) -> str:
    """Of a file's content, in hexadecimal; the file is read piece by piece.

    Raises:
        OSError: if it cannot be read.
    """
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
