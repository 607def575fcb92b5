"""A child process that talks in frames, with every blocking call in a thread of its own."""

from __future__ import annotations

import contextlib
import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from export.runtime.frames import Frame, read_frame, write_frame

LAST_WORDS_BYTES = 2000
LAST_WORDS_SECONDS = 0.5  # waited for them: what the child started may hold its pipe open
_PACKAGE_ROOT = Path(__file__).resolve().parents[2]
# -P: a folder called `export` or a file `numpy.py` where the user happens to be is not imported
COMMAND = (sys.executable, "-P", "-m", "export.runtime.worker")


class ChildProcess:
    """One life of the worker: started when made, never started again."""

    def __init__(
        self,
        arguments: Sequence[str],
        *,
        on_frame: Callable[[ChildProcess, Frame], None],
        on_end: Callable[[ChildProcess], None],
        command: Sequence[str] = COMMAND,
    ) -> None:
        """Start the process.

        Args:
            arguments: appended to the command.
            on_frame: called for each answer, in the reading thread.
            on_end: called once when the process has closed its output, in the reading thread.
            command: the program.

        Raises:
            OSError: if it cannot be started.
        """
        path = os.pathsep.join(filter(None, [str(_PACKAGE_ROOT), os.environ.get("PYTHONPATH")]))
        self._process = subprocess.Popen(
            [*command, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": path},
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self._words = b""  # the end of what it wrote to standard error
        self._unsent = ""  # why it was not asked
        self._on_frame, self._on_end = on_frame, on_end
        self._outbox: queue.SimpleQueue[Frame | None] = queue.SimpleQueue()
        self._listener, *others = [
            threading.Thread(target=work, name=f"worker-{work.__name__}", daemon=True)
            for work in (self._listen, self._read, self._write)
        ]
        for thread in (self._listener, *others):
            thread.start()

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid

    def send(self, frame: Frame) -> None:
        """Send a request; returns at once, also when the child does not listen.

        One that cannot be put into JSON ends the child, and `end` says why.
        """
        self._outbox.put(frame)

    def end(self, *, patience: float = 0.0) -> str:
        """Close the pipe, wait that long, kill, and collect the process: no zombie is left.

        Args:
            patience: seconds for the process to leave by itself.

        Returns:
            How it ended, for a message.
        """
        self._outbox.put(None)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(patience)
        if self._process.returncode is None:
            self._process.kill()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(5.0)  # longer only while the kernel itself hangs
        if self._unsent:
            return self._unsent
        self._listener.join(LAST_WORDS_SECONDS)
        words = self._words.decode("utf-8", errors="replace").strip().splitlines()
        ending = _ending(self._process.returncode)
        return f"{ending}; its last words: {words[-1]}" if words else ending

    def _write(self) -> None:
        stream = self._process.stdin
        assert stream is not None
        try:
            while (frame := self._outbox.get()) is not None:
                write_frame(stream, frame)
        except OSError:
            pass  # it is gone; the reading thread sees the end too
        except Exception as error:  # or it would be waited for until it seems to hang
            self._unsent = f"it could not be asked: {error!r:.200}"
            self._process.kill()
        with contextlib.suppress(OSError):
            stream.close()

    def _read(self) -> None:
        stream = self._process.stdout
        assert stream is not None
        with contextlib.suppress(OSError, ValueError, RecursionError, MemoryError), stream:
            while (frame := read_frame(stream)) is not None:
                self._on_frame(self, frame)
        self._on_end(self)

    def _listen(self) -> None:
        """Keep what it says last; all of it is taken, so that it never waits to be heard."""
        stream = self._process.stderr
        assert stream is not None
        with contextlib.suppress(OSError, ValueError), stream:
            while said := os.read(stream.fileno(), 1 << 16):
                self._words = (self._words + said)[-LAST_WORDS_BYTES:]


def _ending(returncode: int | None) -> str:
    if returncode is None:
        return "it could not be killed"
    if returncode < 0:
        with contextlib.suppress(ValueError):
            return f"killed by {signal.Signals(-returncode).name}"
    return f"exit code {returncode}"
