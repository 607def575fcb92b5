"""A file that appears under its name complete, or not at all."""

from __future__ import annotations

import contextlib
import os
import secrets
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import IO


@contextlib.contextmanager
def atomic_output(path: Path) -> Iterator[IO[bytes]]:
    """Open `path` for writing through a temporary file in the same folder.

    The temporary file is made at once, so an unwritable place is an error before the long work.
    When the block ends well the content is forced to the disk and renamed; when it ends with any
    exception, Ctrl-C too, the temporary file is removed and `path` is as it was. An existing
    thing that is no file, such as a pipe or `/dev/null`, is written directly.

    Raises:
        OSError: if the place cannot be written.
    """
    target, mode = checked_target(path)
    if mode is not None and not stat.S_ISREG(mode):
        with target.open("wb") as stream:
            yield stream
        return
    temporary = target.with_name(f".{target.name[:80]}.{secrets.token_hex(6)}.part")
    try:
        stream = temporary.open("xb")
    except OSError as error:
        raise OSError(f"Cannot write {path}: {error.strerror or error}.") from error
    try:
        with stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        if mode is not None:
            temporary.chmod(stat.S_IMODE(mode))
        os.replace(temporary, target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    sync_folder(target.parent)


def checked_target(path: Path) -> tuple[Path, int | None]:
    """The place that a path means, links followed, and the mode of what is there.

    Raises:
        OSError: if a file cannot be there, or the one that is there not be written.
    """
    target = Path(os.path.realpath(path))  # through a link, so that the link stays one
    mode = target.stat().st_mode if target.exists() else None
    if mode is not None and stat.S_ISDIR(mode):
        raise IsADirectoryError(f"Cannot write {path}: it is a folder. Name a file in it.")
    if mode is not None and not os.access(target, os.W_OK):
        raise PermissionError(f"Cannot write {path}: it is write-protected.")
    return target, mode


def sync_folder(folder: Path) -> None:
    """Make the new name durable, where the platform lets a folder be synchronised."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
