"""One caller at a time, and an error for those who would wait for good."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class OneAtATime:
    """A lock of an Engine that knows who holds it, and in which process it was made."""

    def __init__(self) -> None:
        """Nobody is at work yet."""
        self._lock = threading.Lock()
        self._at_work: int | None = None  # the thread that holds the lock
        self._process = os.getpid()

    @property
    def elsewhere(self) -> bool:
        """Whether this process was forked since, and the lock's threads stayed in the other."""
        return os.getpid() != self._process

    def check(self) -> None:
        """Refuse whoever would wait for good.

        Raises:
            RuntimeError: from the Engine's own progress, and in a forked process.
        """
        if self.elsewhere:
            raise RuntimeError(
                f"This Engine was opened in another process ({self._process}); open one here, or "
                'start processes by "spawn".'
            )
        if self._lock.locked() and self._at_work == threading.get_ident():
            raise RuntimeError(
                "An Engine cannot be used or closed from its own progress; raise an exception "
                "there to stop the work, and go on behind it."
            )

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Wait for the others, then work; errors as for `check`."""
        self.check()
        with self._lock:
            self._at_work = threading.get_ident()
            try:
                yield
            finally:
                self._at_work = None
