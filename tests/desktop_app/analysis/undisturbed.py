"""The control of a job that nobody pauses or stops."""

import concurrent.futures
from concurrent.futures import Future
from typing import Any


class Undisturbed:
    paused = False

    def wait(self, future: Future[Any]) -> None:
        concurrent.futures.wait([future])

    def look_up(self) -> None:
        pass

    def rest(self) -> None:
        pass
