"""One window a person and screen: who has the seat opens it, who comes later asks it.

A locked file says that the seat is taken; the system frees it when the process dies, however it
dies. Requests are small files in a folder beside it that only this user can reach.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import stat
import sys
import time
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import IO

from desktop_app.window_request import MOST_BYTES, WindowRequest

MOST_REQUESTS = 32  # that are taken at once
PATIENCE = 10.0  # seconds that a second start waits for the window to listen
_STALE = 60.0  # seconds after which nobody waits for a request any more
_PAUSE = 0.02
_NAME = re.compile(r"[0-9]{20}-[0-9a-f]{12}\.json")
_TAKEN = (errno.EACCES, errno.EAGAIN, errno.EDEADLK)


class WindowSeat:
    """Held by the one process whose window shows what others ask for."""

    def __init__(self, folder: Path, lock: IO[bytes]) -> None:
        """Made by `take_seat`."""
        self.folder = folder  # of requests
        self._lock = lock

    def requests(self) -> list[WindowRequest]:
        """Take what was asked for, in order; anything else that lies there is passed over."""
        taken = []
        for path in islice(_waiting(self.folder), MOST_REQUESTS):
            content = _content(path)
            with contextlib.suppress(OSError):
                path.unlink()
            if content is not None:
                with contextlib.suppress(ValueError):
                    taken.append(WindowRequest.from_bytes(content))
        return taken

    def release(self) -> None:
        """Let the next start open a window of its own."""
        self._lock.close()


def seat_folder(base: Path, environment: Mapping[str, str] = os.environ) -> Path:
    """Where the seat of a screen is: two screens of one person have a window each.

    Args:
        base: `runtime_folder()`.
        environment: names the screen.
    """
    names = ("WAYLAND_DISPLAY", "DISPLAY", "QT_QPA_PLATFORM")
    screen = next((environment[name] for name in names if environment.get(name)), "screen")
    return base / ("window-" + "".join(c if c.isalnum() else "_" for c in screen)[:60])


def take_seat(folder: Path) -> WindowSeat | None:
    """The seat, or None while another process has it.

    Raises:
        OSError: if the folder cannot be used, or others could write there.
    """
    _make_private(folder.parent)
    _make_private(folder)
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
    lock = os.fdopen(os.open(folder.with_name(folder.name + ".lock"), flags, 0o600), "r+b")
    try:
        _lock(lock)
    except OSError as error:
        lock.close()
        if error.errno in _TAKEN:
            return None
        raise
    return WindowSeat(folder, lock)


def ask_window(folder: Path, request: WindowRequest, patience: float = PATIENCE) -> bool:
    """Ask the process that has the seat, and wait until it has taken the request.

    Returns:
        False if it is gone or does not listen: the request was withdrawn.

    Raises:
        OSError: if the request cannot be written.
    """
    name = f"{time.time_ns():020}-{os.urandom(6).hex()}"
    path, draft = folder / f"{name}.json", folder / f"{name}.part"
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
        stream.write(request.to_bytes())
    draft.replace(path)
    end = time.monotonic() + patience
    while path.exists():
        if time.monotonic() > end or _is_free(folder):
            try:
                path.unlink()
            except FileNotFoundError:
                return True
            return False
        time.sleep(_PAUSE)
    return True


def _is_free(folder: Path) -> bool:
    with contextlib.suppress(OSError):
        seat = take_seat(folder)
        if seat is not None:
            seat.release()
            return True
    return False


def _make_private(folder: Path) -> None:
    """Make a folder that nobody else can enter, or see that it is one."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if sys.platform == "win32":
        return  # below the user's own folder, whose rights it has
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid() or found.st_mode & 0o022:
        raise PermissionError(
            f"{folder} is not a folder of this user alone; remove it or set XDG_RUNTIME_DIR."
        )


def _waiting(folder: Path) -> Iterator[Path]:
    """Requests by age; what nobody waits for any more is removed."""
    names = []
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        names = sorted(entry.name for entry in islice(entries, 1000))
    for name in names:
        path = folder / name
        with contextlib.suppress(OSError):
            if time.time() - path.lstat().st_mtime > _STALE:
                path.unlink()
            elif _NAME.fullmatch(name):
                yield path


def _content(path: Path) -> bytes | None:
    """What a plain file of this user holds; None for anything else."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    try:
        with os.fdopen(os.open(path, flags | getattr(os, "O_BINARY", 0)), "rb") as stream:
            found = os.fstat(stream.fileno())
            own = sys.platform == "win32" or found.st_uid == os.getuid()
            if not stat.S_ISREG(found.st_mode) or not own or found.st_size > MOST_BYTES:
                return None
            return stream.read(MOST_BYTES + 1)
    except OSError:
        return None


def _lock(stream: IO[bytes]) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
