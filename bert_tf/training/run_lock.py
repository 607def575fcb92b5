"""One run at a time in an output folder."""

from __future__ import annotations

import errno
import json
import logging
import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

LOCK = ".lock"  # a file of the output folder; it stays, only the lock on it comes and goes
_BEYOND = 1 << 30  # Windows locks bytes against reading: one that the file does not have
_BUSY = {errno.EACCES, errno.EAGAIN, errno.EDEADLK, errno.EWOULDBLOCK}

_log = logging.getLogger(__name__)


class RunLockedError(RuntimeError):
    """Another run is at work in the same output folder."""


@contextmanager
def run_lock(folder: Path) -> Iterator[None]:
    """Hold an output folder for this run; a second one is refused.

    The kernel holds the lock, not the file: it ends with the process, however that dies, so
    nothing has to be cleaned up after a crash.

    Args:
        folder: the output folder; made if it is not there.

    Raises:
        RunLockedError: if another run, in this process or another, holds the folder; names it.
        OSError: if the folder cannot be written.
    """
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    file = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        try:
            _acquire(file)
        except OSError as error:
            if error.errno in _BUSY:
                raise RunLockedError(
                    f"Another run is at work in {folder}{_holder(file)}. Wait for it, stop it, or "
                    "choose another output folder."
                ) from error
            _log.warning(  # some network file systems know no locks
                "%s cannot be locked (%s): take care that no second run uses it.", folder, error
            )
        owner = {"pid": os.getpid(), "host": socket.gethostname(), "since": _now()}
        os.ftruncate(file, 0)
        os.write(file, json.dumps(owner).encode("utf-8"))
        try:
            yield
        finally:
            os.ftruncate(file, 0)
    finally:
        os.close(file)  # and with it the lock


if sys.platform == "win32":
    import msvcrt

    def _acquire(file: int) -> None:
        os.lseek(file, _BEYOND, os.SEEK_SET)
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        os.lseek(file, 0, os.SEEK_SET)

else:
    import fcntl

    def _acquire(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _holder(file: int) -> str:
    """Who wrote the file, as " (process 12 on host, since ...)"; empty if nobody knows."""
    try:
        os.lseek(file, 0, os.SEEK_SET)
        owner = json.loads(os.read(file, 4096))
        pid, host, since = owner["pid"], owner["host"], owner["since"]
    except (OSError, ValueError, KeyError, TypeError):
        return ""
    return f" (process {pid} on {host}, since {since})"


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
