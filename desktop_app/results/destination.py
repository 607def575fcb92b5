"""The place a file of results goes to: whole or not at all, and never over the source."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
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
_SINKS = (os.devnull, "/dev/full")  # swallow everything at once; other devices may wait or be disks


def check_destination(path: Path, source: Path | None = None) -> None:
    """Find out before the long work whether a file can be written.

    Args:
        path: of the file to come.
        source: what is being analysed, a file or a folder with all that is in it.

    Raises:
        ResultError: if it cannot be there, is write-protected or open elsewhere, is no file, or is
            the source or in it.
    """
    _refuse_source(path, source)
    _refuse_no_file(path)
    try:
        target, mode = checked_target(path)
        if mode is not None and stat.S_ISREG(mode):
            with target.open("ab"):  # on Windows an error while Excel has the file open
                pass
        elif mode is None and not target.parent.is_dir():
            raise FileNotFoundError(errno.ENOENT, "No such folder")
        elif mode is None and not os.access(target.parent, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, "The folder is write-protected")
    except OSError as error:
        raise place_error(path, error) from error


@contextlib.contextmanager
def destination(path: Path, *, source: Path | None = None) -> Iterator[IO[bytes]]:
    """Open the file for writing; it gets its name when the block ends well.

    Raises:
        ResultError: if it is the source or in it, or no file. An `OSError` of the block is for the
            caller to tell (`place_error`): it may come from what is being read.
    """
    _refuse_source(path, source)
    _refuse_no_file(path)
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


def _refuse_no_file(path: Path) -> None:
    """Pipes would wait for a reader, `/dev/stdout` mix results with what is said of them."""
    try:
        found = path.stat()
    except OSError:
        return
    if stat.S_ISREG(found.st_mode) or stat.S_ISDIR(found.st_mode):
        return
    if not stat.S_ISCHR(found.st_mode) or found.st_rdev not in map(_device, _SINKS):
        raise ResultError(
            f"Cannot write {path}: it is a pipe or a device, not a file. Name a file."
        )


def _device(name: str) -> int | None:
    with contextlib.suppress(OSError):
        return Path(name).stat().st_rdev
    return None


def _refuse_source(path: Path, source: Path | None) -> None:
    if source is None or not source.exists():
        return
    target = Path(os.path.realpath(path))
    if source.is_dir():
        # what is not there yet is no document: no need to look through the whole folder
        if _is_in(target, source) or (target.exists() and target in _linked_files(source)):
            raise ResultError(
                f"{path} is in the folder that is analysed, where it could destroy a document and "
                "would be read as one the next time; choose a place outside."
            )
        return
    same = path.exists() and path.samefile(source)
    if same or target == Path(os.path.realpath(source)):
        raise ResultError(
            f"Writing {path} would destroy the file that is analysed; choose another name."
        )


def _is_in(target: Path, folder: Path) -> bool:
    """Also where the system does not tell capitals from small letters, or knows two ways there."""
    if target.is_relative_to(os.path.realpath(folder)):
        return True
    return any(above.exists() and above.samefile(folder) for above in target.parents)


def _linked_files(folder: Path) -> Iterator[Path]:
    """Where the links in a folder lead: they are read as documents of it."""
    for here, _, names in os.walk(folder):
        for name in names:
            path = Path(here, name)
            if path.is_symlink():
                yield Path(os.path.realpath(path))
