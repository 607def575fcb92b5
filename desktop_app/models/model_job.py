"""One piece of work on bundles, in a process of its own: what a file does to it stays there."""

from __future__ import annotations

import queue
import sys
from collections.abc import Callable, Sequence
from typing import Any

from desktop_app.models.model_error import ModelError, ModelJobCancelledError, ModelJobLostError
from export.runtime.child_process import ChildProcess
from export.runtime.frames import Frame
from export.runtime.worker import MEMORY_LIMIT_BYTES

WATCHDOG_SECONDS = 90.0  # a slow disk and a large file are no hang
# -P: a folder called `desktop_app` where the user happens to be is not imported
COMMAND = (sys.executable, "-P", "-m", "desktop_app.models.model_child")
_CANCELLED = object()


class ModelJob:
    """Runs once, on whatever thread calls `run`; `cancel` may be called from any other."""

    def __init__(
        self,
        request: dict[str, Any],
        *,
        memory_limit_bytes: int = MEMORY_LIMIT_BYTES,
        watchdog_seconds: float = WATCHDOG_SECONDS,
        command: Sequence[str] = COMMAND,
    ) -> None:
        """Start nothing yet.

        Args:
            request: see `model_child`.
            memory_limit_bytes: address space of the child, where the platform can limit it.
            watchdog_seconds: the longest silence.
            command: what starts the child; a frozen application passes its own program with
                arguments that lead to `model_child.main`.
        """
        self._request = request
        self._arguments = [str(memory_limit_bytes)]
        self._watchdog_seconds = watchdog_seconds
        self._command = command
        self._events: queue.SimpleQueue[Any] = queue.SimpleQueue()

    def cancel(self) -> None:
        """End the process at once; `run` raises `ModelJobCancelledError`."""
        self._events.put(_CANCELLED)

    def run(self, heard: Callable[[dict[str, Any]], None] = lambda _: None) -> dict[str, Any]:
        """Start the process and wait for its answer.

        Args:
            heard: told every event on the way, "entry" and "progress".

        Returns:
            The result.

        Raises:
            ModelError: if it cannot be done; the message says why.
            ModelJobCancelledError: after `cancel`.
            ModelJobLostError: if the process died or was silent for too long.
        """
        try:
            child = ChildProcess(
                self._arguments,
                on_frame=lambda _, frame: self._events.put(frame),
                on_end=lambda _: self._events.put(None),
                command=self._command,
            )
        except OSError as error:
            raise ModelJobLostError(f"it could not be started ({error})") from error
        try:
            child.send(Frame(header=self._request))
            while True:
                header = self._next(child)
                if header["event"] == "done":
                    return dict(header["result"])
                if header["event"] == "failed":
                    raise ModelError(str(header["message"]))
                heard(header)
        finally:
            child.end()

    def _next(self, child: ChildProcess) -> dict[str, Any]:
        try:
            event = self._events.get(timeout=self._watchdog_seconds)
        except queue.Empty:
            words = f"no sign of life for {self._watchdog_seconds:g} seconds"
            raise ModelJobLostError(words) from None
        if event is _CANCELLED:
            raise ModelJobCancelledError
        if event is None:
            raise ModelJobLostError(child.end(patience=1.0))
        return dict(event.header)
