"""Start a worker process on a thread of its own, before or beside the window. No Qt here."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from desktop_app.event_log import loss_word, record


class WorkerLike(Protocol):
    """What the window needs of `export.runtime.worker.Worker`."""

    @property
    def ready(self) -> Future[Any]: ...  # of BundleMetadata
    def submit(self, kind: Any, texts: Sequence[str]) -> Future[Any]: ...
    def close(self) -> None: ...


class RestartNotice:
    """Called by the worker when its process was replaced; passes the news to whoever listens."""

    def __init__(self) -> None:
        """Without a listener, news is dropped."""
        self.listener: Callable[[str], None] | None = None

    def __call__(self, reason: str) -> None:
        """Tell the listener why the process was replaced; runs on the worker's thread."""
        record("worker lost", level=logging.WARNING, how=loss_word(reason))
        listener = self.listener
        if listener is not None:
            listener(reason)


@dataclass(frozen=True, kw_only=True)
class StartedWorker:
    """A worker whose bundle was found good."""

    bundle: str  # the name or path it was opened by
    worker: WorkerLike
    metadata: Any  # BundleMetadata
    restarts: RestartNotice = field(default_factory=RestartNotice)


WorkerFactory = Callable[[str, RestartNotice], WorkerLike]


def runtime_worker(bundle: str, restarts: RestartNotice) -> WorkerLike:
    """A supervised process of the runtime that owns an engine on the bundle."""
    from export.runtime.worker import Worker

    return Worker(bundle, on_restart=restarts)


def start_worker(
    bundle: str | Path, factory: WorkerFactory = runtime_worker
) -> Future[StartedWorker]:
    """Open a bundle in a fresh worker process without waiting for it.

    Returns:
        A future of the started worker; it raises what the runtime raised: `BundleError` for a
        file that is no bundle, `WorkerError` when the process could not be kept alive, `OSError`.
    """
    future: Future[StartedWorker] = Future()
    threading.Thread(
        target=_start, args=(str(bundle), factory, future), name="start worker", daemon=True
    ).start()
    return future


def close_quietly(worker: WorkerLike) -> None:
    """Stop a worker on a thread of its own; ending a process may take a moment."""
    threading.Thread(target=worker.close, name="close worker", daemon=True).start()


def _start(bundle: str, factory: WorkerFactory, future: Future[StartedWorker]) -> None:
    restarts = RestartNotice()
    worker: WorkerLike | None = None
    try:
        worker = factory(bundle, restarts)
        started = StartedWorker(
            bundle=bundle, worker=worker, metadata=worker.ready.result(), restarts=restarts
        )
    except BaseException as error:
        if worker is not None:
            close_quietly(worker)
        future.set_exception(error)
        return
    future.set_result(started)
