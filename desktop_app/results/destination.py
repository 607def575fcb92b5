"""The place a file of results goes to: whole or not at all, and never over the source."""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from desktop_app.results.result_error import ResultError
from export.runtime.atomic_output import atomic_output, checked_target

_WHY = {
    errno.ENOSPC: "the disk is full. Make room, or choose another place",
    errno.EDQUOT: "your share of the disk is used up. Make room, or choose another place",
    errno.EFBIG: "the disk does not take files of that size. Choose another place",
    errno.EROFS: "the disk is read-only. Choose another place",
    errno.EACCES: "it is write-protected, or open in another program. Close it there, or choose "
    "another name",
    errno.EPERM: "it is write-protected, or open in another program. Close it there, or choose "
    "another name",
    errno.EBUSY: "another program uses it. Close it there, or choose another name",
    errno.ENOENT: "the folder does not exist. Make it, or choose another place",
    errno.ENOTDIR: "the folder does not exist. Make it, or choose another place",
    errno.EISDIR: "it is a folder. Name a file in it",
    errno.ENAMETOOLONG: "the name is too long. Choose a shorter one",
    errno.EIO: "the disk does not answer. Is it still connected? Choose another place",
}


def check_destination(path: Path, source: Path | None = None) -> None:
    """Find out before the long work whether a file can be written.

    Args:
        path: of the file to come.
        source: what is being analysed, a file or a folder.

    Raises:
        ResultError: if it cannot be there, is write-protected or open elsewhere, or is the source.
    """
    _refuse_source(path, source)
    try:
        target, mode = checked_target(path)
        if mode is not None:
            with target.open("ab"):  # on Windows an error while Excel has the file open
                pass
        elif not target.parent.is_dir():
            raise FileNotFoundError(errno.ENOENT, "No such folder")
        elif not os.access(target.parent, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, "The folder is write-protected")
    except OSError as error:
        raise place_error(path, error) from error


@contextlib.contextmanager
def destination(path: Path, *, source: Path | None = None) -> Iterator[IO[bytes]]:
    """Open the file for writing; it gets its name when the block ends well.

    Raises:
        ResultError: if it is the source. An `OSError` of the block is for the caller to tell
            (`place_error`): it may come from what is being read.
    """
    _refuse_source(path, source)
    with atomic_output(path) as stream:
        yield stream


def place_error(path: Path, error: OSError) -> ResultError:
    """What an error of the system means for whoever chose the place, and what to do."""
    why = _WHY.get(_number_of(error) or 0)
    if why is None:
        why = f"{error.strerror or error}".rstrip(".") + ". Choose another place"
    return ResultError(f"Cannot write {path}: {why}. Nothing was written there.")


def _number_of(error: OSError) -> int | None:
    if error.errno is None and isinstance(error.__cause__, OSError):
        return error.__cause__.errno
    if error.errno is None:  # those of `checked_target`, which say it in words
        kinds = {IsADirectoryError: errno.EISDIR, PermissionError: errno.EACCES}
        return kinds.get(type(error))
    return error.errno


def _refuse_source(path: Path, source: Path | None) -> None:
    if source is None or not source.exists():
        return
    target = Path(os.path.realpath(path))
    same = path.exists() and path.samefile(source)
    if same or target == Path(os.path.realpath(source)):
        raise ResultError(
            f"Writing {path} would destroy the file that is analysed; choose another name."
        )
