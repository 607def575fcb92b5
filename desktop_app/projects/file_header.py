"""What the first bytes of a file say, read without SQLite so that nothing is touched."""

from __future__ import annotations

import os
import struct
from dataclasses import dataclass
from pathlib import Path

from desktop_app.projects.project_error import ProjectError
from desktop_app.projects.schema import APPLICATION_ID

# https://sqlite.org/fileformat.html section 1.3
_MAGIC = b"SQLite format 3\x00"
_HEADER_BYTES = 100
_PAGE_SIZE_AT, _PAGES_AT, _VERSION_AT, _APPLICATION_AT = 16, 28, 60, 68


@dataclass(frozen=True, kw_only=True)
class FileHeader:
    """Of a file that claims to be a project."""

    version: int  # of the tables
    cut: bool  # the file is shorter than it says


def read_header(path: Path, *, newest: int) -> FileHeader:
    """Check that a file is a project that this program can read.

    Args:
        path: of the project.
        newest: the highest version of the tables that is known.

    Raises:
        ProjectError: if it is missing, something else, or newer.
    """
    try:
        if not path.is_file():
            raise ProjectError(
                f"There is no project {path}. It may have been moved or renamed.", "missing"
            )
        with path.open("rb") as stream:
            content = stream.read(_HEADER_BYTES)
            size = os.fstat(stream.fileno()).st_size
    except OSError as error:
        raise ProjectError(
            f"Cannot read {path}: {error.strerror or error}. Check the name and your rights.",
            "missing",
        ) from error
    if len(content) < _HEADER_BYTES or not content.startswith(_MAGIC):
        raise _foreign(path, f"{size:,} bytes that are no SQLite database")
    version, application = (
        struct.unpack_from(">i", content, at)[0] for at in (_VERSION_AT, _APPLICATION_AT)
    )
    if application != APPLICATION_ID:
        raise _foreign(path, "a database of another program")
    if version > newest:
        raise ProjectError(
            f"The project {path} was made by a later version of this program (tables of version "
            f"{version}, known are up to {newest}). It was not touched; update the program.",
            "newer",
        )
    if version < 1:
        raise _foreign(path, f"tables of version {version}")
    return FileHeader(version=version, cut=_says_bytes(content) > size)


def _says_bytes(content: bytes) -> int:
    (page_size,) = struct.unpack_from(">H", content, _PAGE_SIZE_AT)
    (pages,) = struct.unpack_from(">I", content, _PAGES_AT)
    return pages * (65_536 if page_size == 1 else page_size)


def _foreign(path: Path, found: str) -> ProjectError:
    return ProjectError(
        f"{path} is not a project: {found}. Choose a file that ends in .bertproject; documents "
        "are imported into a project instead.",
        "not a project",
    )
