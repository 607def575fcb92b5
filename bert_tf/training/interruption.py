"""Ctrl-C that lets the step in hand finish, so that the state stays whole."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class Interruption:
    """Whether somebody asked the run to stop."""

    def __init__(self) -> None:
        self.requested = False

    def request(self, signal_number: int, frame: FrameType | None) -> None:
        """Remember the wish; a second one stops at once."""
        if self.requested:
            raise KeyboardInterrupt
        self.requested = True


@contextmanager
def catch_interruption() -> Iterator[Interruption]:
    """Turn SIGINT and SIGTERM into a flag for as long as the block runs."""
    interruption = Interruption()
    if threading.current_thread() is not threading.main_thread():
        yield interruption
        return
    signals = (signal.SIGINT, signal.SIGTERM)
    before = {number: signal.signal(number, interruption.request) for number in signals}
    try:
        yield interruption
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
