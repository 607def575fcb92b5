"""The error of projects, and what SQLite's errors mean to a person."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

Reason = Literal[
    "missing",  # there is no such file
    "exists",  # a new project would overwrite something
    "not a project",  # a file of another kind
    "newer",  # made by a later version of this program
    "damaged",
    "in use",  # by another window or process
    "read-only",  # the file or its folder cannot be written
    "full",  # no room on the drive
    "drive",  # the drive failed, or cannot do what is needed
    "too many rows",
    "labels lost",  # a document would take the place of another and cost most of its labels
    "unknown",  # a row, document or bundle that the project does not have
    "invalid",  # a value that a project cannot hold
]

# SQLite's primary result codes, https://sqlite.org/rescode.html
_READ_ONLY = (3, 8, 14, 23)  # PERM, READONLY, CANTOPEN, AUTH
_BUSY = (5, 6)  # BUSY, LOCKED
_IO, _DAMAGED, _FULL = 10, (11, 26), 13  # IOERR; CORRUPT, NOTADB; FULL
_NO_ROOM = (778, 4874)  # IOERR_WRITE, IOERR_SHMSIZE: what a limit on file sizes gives


class ProjectError(ValueError):
    """What was wrong, what was received, what to do."""

    def __init__(self, message: str, reason: Reason) -> None:
        """Args:
        message: for people.
        reason: for the program, which may offer a way out.
        """
        super().__init__(message)
        self.reason: Reason = reason


@contextlib.contextmanager
def sqlite_errors(path: Path) -> Iterator[None]:
    """Turn what SQLite reports about `path` into a `ProjectError`.

    A mistake in our own SQL stays what it is.
    """
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", None)
        if code is not None:
            told = _told(path, code, error)
        else:  # what Python itself finds in a cell
            told = damaged(path, str(error)) if "decode" in str(error) else None
        if told is None:
            raise
        raise told from error
    except UnicodeDecodeError as error:  # of SQLite's own message about a name in the file
        raise damaged(path, "names that are no text") from error


def damaged(path: Path, detail: str) -> ProjectError:
    """The error of a file whose content cannot be trusted."""
    return ProjectError(
        f"The project {path} is damaged ({detail:.200}). It was left as it is; open a backup of "
        "it, or save what can still be read into a new one: bert-desktop rescue.",
        "damaged",
    )


def _told(path: Path, code: int, error: sqlite3.Error) -> ProjectError | None:
    primary = code & 0xFF
    if primary in _DAMAGED:
        return damaged(path, str(error))
    if primary == _FULL or code in _NO_ROOM:
        return ProjectError(
            f"The drive of {path} is full ({error}). Nothing that was saved before is lost; make "
            "room and try again.",
            "full",
        )
    if primary in _READ_ONLY:
        return ProjectError(
            f"The project {path} cannot be written ({error}). Copy it to a folder where you may "
            "write, and open the copy.",
            "read-only",
        )
    if primary in _BUSY:
        return ProjectError(
            f"The project {path} is being used by another program ({error}). Close it there and "
            "try again.",
            "in use",
        )
    if primary == _IO:
        return ProjectError(
            f"The drive of {path} does not answer as it should ({error}). Nothing that was saved "
            "before was changed; check the drive and try again.",
            "drive",
        )
    return None
