"""Exceptions that nobody caught go to the log, and a crash of the process at the next start."""

from __future__ import annotations

import contextlib
import faulthandler
import logging
import re
import sys
import threading
from pathlib import Path
from typing import IO, Any

from desktop_app.event_log import LOGGER, record_exception

_CRASH_NAME = "crash.log"
_MOST_BYTES = 16_000
_FRAME = re.compile(r'  File ".*?([^/\\"]+)\.py", line (\d+) in (\w+)')
_FATAL = re.compile(r"(?:Fatal Python error|Windows fatal exception): [A-Za-z ]{1,60}")


class UncaughtWatch:
    """From `start` to `stop`, what is uncaught is noted and then told as it always was."""

    def __init__(self, folder: Path) -> None:
        """Change nothing yet.

        Args:
            folder: of the log; native crashes are written to a file in it.
        """
        self._crashes = folder / _CRASH_NAME
        self._stream: IO[bytes] | None = None
        self._hooks = (sys.excepthook, threading.excepthook, sys.unraisablehook)

    def start(self) -> None:
        """Listen from here on; note first whether the run before ended in a native crash."""
        sys.excepthook = self._uncaught
        threading.excepthook = self._uncaught_in_thread
        sys.unraisablehook = self._unraisable
        with contextlib.suppress(OSError):
            self._note_last_crash()
            if not faulthandler.is_enabled():
                self._crashes.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                self._stream = self._crashes.open("ab")
                faulthandler.enable(self._stream)

    def stop(self) -> None:
        """Let everything be as it was."""
        sys.excepthook, threading.excepthook, sys.unraisablehook = self._hooks
        if self._stream is not None:
            faulthandler.disable()
            self._stream.close()
            self._stream = None

    def _uncaught(self, kind: Any, error: BaseException, trace: Any) -> None:
        if not issubclass(kind, KeyboardInterrupt):
            record_exception("uncaught exception", error)
        self._hooks[0](kind, error, trace)

    def _uncaught_in_thread(self, arguments: threading.ExceptHookArgs) -> None:
        if arguments.exc_value is not None:
            record_exception("uncaught exception in a thread", arguments.exc_value)
        self._hooks[1](arguments)

    def _unraisable(self, unraisable: sys.UnraisableHookArgs) -> None:
        if unraisable.exc_value is not None:
            record_exception("exception that could not be raised", unraisable.exc_value)
        self._hooks[2](unraisable)

    def _note_last_crash(self) -> None:
        if not self._crashes.is_file() or not self._crashes.stat().st_size:
            return
        with self._crashes.open("r+b") as stream:
            text = stream.read(_MOST_BYTES).decode("utf-8", "replace")
            stream.truncate(0)
        LOGGER.log(logging.ERROR, "%s", "\n".join(["the run before crashed", *_plain(text)]))


def _plain(text: str) -> list[str]:
    """What a fault was and where, without folders."""
    lines = []
    for line in text.splitlines():
        if found := _FATAL.match(line):
            lines.append(found[0])
        elif found := _FRAME.match(line):
            lines.append(f"{found[1]}:{found[2]} {found[3]}")
    return lines[:60]
