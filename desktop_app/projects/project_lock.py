"""One process at a time has a project open; the system lets go of it when the process dies."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from pathlib import Path
from typing import IO

from desktop_app.projects.project_error import ProjectError

_TAKEN = (errno.EACCES, errno.EAGAIN, errno.EDEADLK)


class ProjectLock:
    """A locked file beside the project, removed when the project is closed.

    One that was left behind tells that the last process did not get to close the project.
    """

    def __init__(self, project: Path) -> None:
        """Take the lock.

        Raises:
            ProjectError: if another process holds it, or no such file can be made there.
        """
        self._path = project.with_name(project.name + ".lock")
        self.left_behind = self._path.exists()
        try:
            self._stream: IO[bytes] = self._path.open("ab")
        except OSError as error:
            raise ProjectError(
                f"Cannot open {project}: its folder cannot be written "
                f"({error.strerror or error}). Copy the project to a folder where you may write.",
                "read-only",
            ) from error
        try:
            _lock(self._stream)
            self._check_same(project)
        except BaseException as error:
            self._stream.close()
            if isinstance(error, OSError):
                raise _refusal(project, error) from error
            raise

    def release(self, *, clean: bool) -> None:
        """Let the next process in.

        Args:
            clean: the project was closed as it should be; otherwise the file stays as a sign.
        """
        if not clean:
            self._stream.close()
            return
        if sys.platform == "win32":
            self._stream.close()  # it removes no open file
        with contextlib.suppress(OSError):
            self._path.unlink()  # while the lock is held: who waits for it finds another file
        self._stream.close()

    def _check_same(self, project: Path) -> None:
        """Refuse a file that the last holder has just removed."""
        try:
            same = os.path.samestat(self._path.stat(), os.fstat(self._stream.fileno()))
        except FileNotFoundError:
            same = False
        if not same:
            raise _in_use(project)


def _refusal(project: Path, error: OSError) -> ProjectError:
    if error.errno in _TAKEN:
        return _in_use(project)
    return ProjectError(
        f"Cannot open {project}: its drive cannot lock files ({error.strerror or error}), so two "
        "programs could spoil it. Copy it to a drive of this computer.",
        "drive",
    )


def _in_use(project: Path) -> ProjectError:
    return ProjectError(
        f"The project {project} is open in another window or process. Close it there first, or "
        "open a copy.",
        "in use",
    )


def _lock(stream: IO[bytes]) -> None:
    if sys.platform == "win32":
        import msvcrt

        stream.seek(0)
        msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
