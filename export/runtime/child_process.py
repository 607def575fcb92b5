"""A child process that talks in frames, with every blocking call in a thread of its own."""

from __future__ import annotations

import contextlib
import os
import queue
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from export.runtime.frames import Frame, read_frame, write_frame

LAST_WORDS_BYTES = 2000
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
        self._stderr = tempfile.TemporaryFile()  # noqa: SIM115, closed in `end`
        try:
            self._process = subprocess.Popen(
                [*command, *arguments],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._stderr,
                env={**os.environ, "PYTHONPATH": path},
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        except OSError:
            self._stderr.close()
            raise
        self._on_frame, self._on_end = on_frame, on_end
        self._outbox: queue.SimpleQueue[Frame | None] = queue.SimpleQueue()
        for work in (self._read, self._write):
            threading.Thread(target=work, name=f"worker-{work.__name__}", daemon=True).start()

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid

    def send(self, frame: Frame) -> None:
        """Send a request; returns at once, also when the child does not listen."""
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
        ending = _ending(self._process.returncode)
        with contextlib.suppress(OSError, ValueError):
            size = self._stderr.seek(0, os.SEEK_END)
            self._stderr.seek(max(0, size - LAST_WORDS_BYTES))
            words = self._stderr.read().decode("utf-8", errors="replace").strip().splitlines()
            ending += f"; its last words: {words[-1]}" if words else ""
        self._stderr.close()
        return ending

    def _write(self) -> None:
        stream = self._process.stdin
        assert stream is not None
        with contextlib.suppress(OSError, ValueError):  # the reading thread sees the end too
            while (frame := self._outbox.get()) is not None:
                write_frame(stream, frame)
        with contextlib.suppress(OSError):
            stream.close()

    def _read(self) -> None:
        stream = self._process.stdout
        assert stream is not None
        with contextlib.suppress(OSError, ValueError, RecursionError, MemoryError), stream:
            while (frame := read_frame(stream)) is not None:
                self._on_frame(self, frame)
        self._on_end(self)


def _ending(returncode: int | None) -> str:
    if returncode is None:
        return "it could not be killed"
    if returncode < 0:
        with contextlib.suppress(ValueError):
            return f"killed by {signal.Signals(-returncode).name}"
    return f"exit code {returncode}"
