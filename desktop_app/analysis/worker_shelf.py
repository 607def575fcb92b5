"""Workers that judge in the background, one a bundle, started when the first text for it comes."""

from __future__ import annotations

import threading
from concurrent.futures import Future

from desktop_app.workers.worker_start import (
    RestartNotice,
    StartedWorker,
    WorkerFactory,
    WorkerLike,
    close_quietly,
    start_worker,
)

NICENESS = 10  # behind the window, which has to be quick
_PATIENCE = 3.0  # seconds for processes to end


def background_worker(bundle: str, restarts: RestartNotice) -> WorkerLike:
    """A supervised process of the runtime with less priority than the window.

    Args:
        bundle: a name or path.
        restarts: called with the reason each time the process was lost.
    """
    from export.runtime.worker import Worker

    return Worker(bundle, on_restart=restarts, niceness=NICENESS)


class WorkerShelf:
    """Owns workers by the name or path of their bundle. One thread uses it."""

    def __init__(self, factory: WorkerFactory = background_worker) -> None:
        """Nothing is started.

        Args:
            factory: starts a worker.
        """
        self._factory = factory
        self._opening: dict[str, Future[StartedWorker]] = {}

    def open(self, bundle: str) -> Future[StartedWorker]:
        """The worker of a bundle, perhaps still starting; one that failed is tried again."""
        future = self._opening.get(bundle)
        if future is None or (future.done() and future.exception() is not None):
            future = self._opening[bundle] = start_worker(bundle, self._factory)
        return future

    def close(self) -> None:
        """End all workers without waiting for them."""
        for future in self._taken():
            future.add_done_callback(_close)

    def close_and_wait(self) -> None:
        """End all workers, and wait a little until their processes are gone."""
        closing = []
        for future in self._taken():
            if future.done() and future.exception() is None:
                thread = threading.Thread(target=future.result().worker.close, daemon=True)
                thread.start()
                closing.append(thread)
            else:
                future.add_done_callback(_close)
        for thread in closing:
            thread.join(_PATIENCE)

    def _taken(self) -> list[Future[StartedWorker]]:
        futures = list(self._opening.values())
        self._opening.clear()
        return futures


def _close(future: Future[StartedWorker]) -> None:
    if future.exception() is None:
        close_quietly(future.result().worker)
