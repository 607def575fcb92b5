"""Requests to one worker, answered by signals on the thread of the window."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from concurrent.futures import Future
from typing import Any, Literal

from PySide6.QtCore import QObject, Qt, Signal

from desktop_app.workers.worker_start import StartedWorker, close_quietly

RequestKind = Literal["classify", "embed"]


class WorkerRequests(QObject):
    """Sends texts to the current worker and says by request id what came back.

    Owns the worker unless told otherwise: one that is replaced or no longer wanted is closed.
    Answers of a worker that was replaced meanwhile are dropped.
    """

    answered = Signal(int, object)  # request id, what the engine returned
    failed = Signal(int, str)  # request id, reason
    worker_restarted = Signal(str)  # reason
    replaced = Signal(object)  # BundleMetadata of the new worker

    _arrived = Signal(int, int, object, object)  # generation, request id, result, error
    _restart_noticed = Signal(int, str)  # generation, reason

    def __init__(self, parent: QObject | None = None, *, owner: bool = True) -> None:
        """Without a worker; `replace` gives one.

        Args:
            parent: the Qt parent.
            owner: False where someone else closes the workers.
        """
        super().__init__(parent)
        self._owner = owner
        self._started: StartedWorker | None = None
        self._generation = 0
        self._ids = itertools.count(1)
        self._arrived.connect(self._on_arrived, Qt.ConnectionType.QueuedConnection)
        self._restart_noticed.connect(self._on_restarted, Qt.ConnectionType.QueuedConnection)

    @property
    def ready(self) -> bool:
        """True when there is a worker to ask."""
        return self._started is not None

    @property
    def metadata(self) -> Any:
        """`BundleMetadata` of the worker's bundle, None without a worker."""
        return self._started.metadata if self._started else None

    @property
    def bundle(self) -> str | None:
        """The name or path that the worker's bundle was opened by, None without a worker."""
        return self._started.bundle if self._started else None

    @property
    def worker(self) -> Any:
        """The worker itself, None without one."""
        return self._started.worker if self._started else None

    def replace(self, started: StartedWorker) -> None:
        """Take a new worker and let go of the one before."""
        self.close()
        generation = self._generation
        self._started = started
        started.restarts.listener = lambda reason: self._restart_noticed.emit(generation, reason)
        self.replaced.emit(started.metadata)

    def submit(self, kind: RequestKind, texts: Sequence[str]) -> int:
        """Send texts to the worker; exactly one of `answered` and `failed` follows.

        Raises:
            RuntimeError: without a worker.
        """
        if self._started is None:
            raise RuntimeError("There is no worker yet; call replace() first.")
        request_id, generation = next(self._ids), self._generation
        future = self._started.worker.submit(kind, list(texts))

        def arrived(done: Future[Any]) -> None:  # on the worker's thread
            if done.cancelled():
                self._arrived.emit(generation, request_id, None, None)
                return
            error = done.exception()
            result = done.result() if error is None else None
            self._arrived.emit(generation, request_id, result, error)

        future.add_done_callback(arrived)
        return request_id

    def close(self) -> None:
        """Let go of the worker; nothing that is still under way will be answered."""
        self._generation += 1
        if self._started is not None:
            self._started.restarts.listener = None
            if self._owner:
                close_quietly(self._started.worker)
            self._started = None

    def _on_arrived(
        self, generation: int, request_id: int, result: object, error: BaseException | None
    ) -> None:
        if generation != self._generation:
            return
        if error is not None or result is None:
            self.failed.emit(request_id, str(error) if error is not None else "cancelled")
        else:
            self.answered.emit(request_id, result)

    def _on_restarted(self, generation: int, reason: str) -> None:
        if generation == self._generation:
            self.worker_restarted.emit(reason)
