"""How a long job stays open to what a person wants meanwhile."""

from __future__ import annotations

from concurrent.futures import Future
from typing import Any, Protocol


class JobStopped(Exception):  # noqa: N818, no error: somebody wanted it
    """The job was called off; what it has stored stays."""


class JobControl(Protocol):
    """What a job asks between its steps, on the thread that it runs on.

    Every method may run what others asked of that thread, and may raise `JobStopped`.
    """

    @property
    def paused(self) -> bool: ...
    def wait(self, future: Future[Any]) -> None: ...
    def look_up(self) -> None: ...
    def rest(self) -> None: ...
