"""A value that takes a moment, computed beside the window."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal


class BackgroundResult(QObject):
    """Runs one function at a time on a thread of its own; a newer wish makes an older one void."""

    arrived = Signal(object)  # what the function returned

    _done = Signal(int, object)

    def __init__(self, parent: QObject | None = None) -> None:
        """Nothing is wanted yet."""
        super().__init__(parent)
        self._wish = 0
        self._done.connect(self._take, Qt.ConnectionType.QueuedConnection)

    def want(self, compute: Callable[[], Any]) -> None:
        """Compute something; `arrived` follows unless it fails or something newer is wanted."""
        self._wish += 1
        wish = self._wish

        def run() -> None:
            value = compute()
            with contextlib.suppress(RuntimeError):  # the window was closed meanwhile
                self._done.emit(wish, value)

        threading.Thread(target=run, name="background result", daemon=True).start()

    def _take(self, wish: int, value: object) -> None:
        if wish == self._wish:
            self.arrived.emit(value)
