"""The workers that are kept open, so that a change of language need not start one anew. No Qt."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection

from desktop_app.workers.worker_start import StartedWorker, close_quietly

MAX_OPEN = 2  # workers, over all pages: each holds an engine


class OpenBundles:
    """Owns workers by the name or path of their bundle; the ones used last stay."""

    def __init__(self) -> None:
        """None is open."""
        self._started: OrderedDict[str, StartedWorker] = OrderedDict()

    def __len__(self) -> int:
        """Number of open workers."""
        return len(self._started)

    def add(self, started: StartedWorker) -> None:
        """Take a worker; one of the same bundle from before is closed."""
        before = self._started.pop(started.bundle, None)
        self._started[started.bundle] = started
        if before is not None:
            close_quietly(before.worker)

    def get(self, bundle: str) -> StartedWorker | None:
        """The worker of a bundle, which counts as used now."""
        started = self._started.get(bundle)
        if started is not None:
            self._started.move_to_end(bundle)
        return started

    def trim(self, in_use: Collection[str]) -> None:
        """Close what was not used for longest until at most `MAX_OPEN` remain.

        Args:
            in_use: bundles that pages work with; they stay.
        """
        for bundle in list(self._started):
            if len(self._started) <= MAX_OPEN:
                return
            if bundle not in in_use:
                close_quietly(self._started.pop(bundle).worker)

    def discard(self, bundle: str) -> None:
        """Close a bundle whose file is gone, if it is open."""
        started = self._started.pop(bundle, None)
        if started is not None:
            close_quietly(started.worker)

    def close(self) -> None:
        """Close all."""
        while self._started:
            close_quietly(self._started.popitem()[1].worker)
