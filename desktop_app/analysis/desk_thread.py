"""A thread with an inbox; a long job on it serves the inbox while it waits."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

from desktop_app.analysis.job_control import JobStopped

Command = Callable[[], None]
IDLE_SECONDS = 60.0


class DeskThread:
    """Runs commands one after another, and the work that follows from them in between.

    It is the `JobControl` of that work: commands run while the work waits or looks up.
    """

    def __init__(
        self,
        *,
        work: Command,
        failed: Callable[[Exception], None],
        idle: Command,
        finish: Command,
        resting: Callable[[bool], None],
        idle_seconds: float = IDLE_SECONDS,
    ) -> None:
        """Nothing runs before `start`; all callbacks run on the thread.

        Args:
            work: called after each command; does whatever there is to do.
            failed: told what a command raised.
            idle: called when no command has come for `idle_seconds`.
            finish: called once at the end.
            resting: told when the work begins and ends to rest because it is paused.
            idle_seconds: see `idle`.
        """
        self.paused = False  # set on the thread
        self._work, self._failed, self._idle, self._finish = work, failed, idle, finish
        self._resting, self._idle_seconds = resting, idle_seconds
        self._inbox: queue.SimpleQueue[Command | None] = queue.SimpleQueue()
        self._stopping = self._ending = False
        self._thread = threading.Thread(target=self._run, name="project", daemon=True)

    def start(self) -> None:
        """Begin to serve."""
        self._thread.start()

    def post(self, command: Command) -> None:
        """Have a command run; from any thread."""
        self._inbox.put(command)

    def end(self) -> None:
        """Ask the thread to finish what it is at, from any thread."""
        self._inbox.put(None)

    def join(self, seconds: float) -> bool:
        """Wait for the end; False if it has not come."""
        self._thread.join(seconds)
        return not self._thread.is_alive()

    # On the thread

    @property
    def ending(self) -> bool:
        """Whether the thread was asked to finish."""
        return self._ending

    def stop_work(self) -> None:
        """The work under way raises `JobStopped` at its next look; without work, nothing."""
        self._stopping = True

    def wait(self, future: Future[Any]) -> None:
        """Serve the inbox until the future is done."""
        if not future.done():
            future.add_done_callback(lambda _: self._inbox.put(_nothing))
        while not future.done():
            self._take(self._inbox.get())
            self._check()
        self._check()

    def look_up(self) -> None:
        """Serve what is in the inbox."""
        self._check()
        while not self._inbox.empty():
            self._take(self._inbox.get())
            self._check()

    def rest(self) -> None:
        """Serve the inbox until nobody wants a pause any more."""
        if not self.paused:
            return
        self._resting(True)
        try:
            while self.paused:
                self._take(self._inbox.get())
                self._check()
        finally:
            self._resting(False)

    def _run(self) -> None:
        try:
            while not self._ending:
                try:
                    command = self._inbox.get(timeout=self._idle_seconds)
                except queue.Empty:
                    self._idle()
                    continue
                self._take(command)
                self._stopping = False
                if not self._ending:
                    self._serve(self._work)
        finally:
            self._finish()

    def _take(self, command: Command | None) -> None:
        if command is None:
            self._ending = True
        else:
            self._serve(command)

    def _serve(self, command: Command) -> None:
        try:
            command()
        except JobStopped:
            raise
        except Exception as error:  # the edge of the thread: the window tells it
            self._failed(error)

    def _check(self) -> None:
        if self._stopping or self._ending:
            self._stopping = False
            raise JobStopped


def _nothing() -> None:
    """Wakes a waiting thread."""
