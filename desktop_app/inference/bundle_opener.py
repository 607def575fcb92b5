"""Open bundles in fresh workers; only one that proves itself replaces what is there."""

from __future__ import annotations

from concurrent.futures import Future
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal

from desktop_app.workers.worker_start import (
    StartedWorker,
    WorkerFactory,
    close_quietly,
    runtime_worker,
    start_worker,
)


class BundleOpener(QObject):
    """Starts a worker for every bundle to open and reports how it went.

    The file is read in the new process, so that a hostile one can only end that process.
    """

    opened = Signal(object)  # StartedWorker; the receiver owns it from here on
    refused = Signal(str, str)  # name or path, reason
    opening_changed = Signal(bool)  # True while at least one bundle is being opened

    _arrived = Signal(str, object)  # bundle, future

    def __init__(
        self, factory: WorkerFactory = runtime_worker, parent: QObject | None = None
    ) -> None:
        """Bundles are opened by `factory`, the runtime's worker unless a test gives another."""
        super().__init__(parent)
        self._factory = factory
        self._under_way = 0
        self._closed = False
        self._arrived.connect(self._on_arrived, Qt.ConnectionType.QueuedConnection)

    def open(self, bundle: str | Path) -> None:
        """Open a bundle by name or path; `opened` or `refused` follows."""
        self.await_worker(str(bundle), start_worker(bundle, self._factory))

    def await_worker(self, bundle: str, future: Future[StartedWorker]) -> None:
        """Report on a worker that was started elsewhere; `opened` or `refused` follows."""
        self._under_way += 1
        if self._under_way == 1:
            self.opening_changed.emit(True)
        future.add_done_callback(lambda done: self._hand_over(bundle, done))

    def close(self) -> None:
        """Workers that still arrive are closed at once."""
        self._closed = True

    def _hand_over(self, bundle: str, done: Future[StartedWorker]) -> None:
        if not self._closed:
            self._arrived.emit(bundle, done)
        elif done.exception() is None:
            close_quietly(done.result().worker)

    def _on_arrived(self, bundle: str, done: Future[StartedWorker]) -> None:
        self._under_way -= 1
        if self._under_way == 0:
            self.opening_changed.emit(False)
        error = done.exception()
        if self._closed:
            if error is None:
                close_quietly(done.result().worker)
        elif error is None:
            self.opened.emit(done.result())
        else:
            self.refused.emit(bundle, str(error) or type(error).__name__)
