"""What a supervised process is asked."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any


@dataclass(kw_only=True, eq=False)
class WorkerRequest:
    """Something that the child of a `Worker` has been, or will be, asked."""

    header: dict[str, Any]
    future: Future[Any]
    progress: Callable[[int], None] | None = None
    attempts: int = 0  # children that were lost over it, or have it now
    restoring: bool = False  # reopens the bundle after a restart; nobody waits for it
    claimed: bool = False  # from then on it cannot be cancelled

    def claim(self) -> bool:
        """Whether somebody still wants the answer."""
        self.claimed = self.claimed or self.future.set_running_or_notify_cancel()
        return self.claimed
