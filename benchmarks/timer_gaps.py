"""How long the window's thread is away: the gaps of a timer that should fire every 4 ms."""

from __future__ import annotations

import time

import numpy as np
from PySide6.QtCore import QObject, Qt, QTimer

INTERVAL_MS = 4


class TimerGaps(QObject):
    """Measures while it is told to; needs the event loop."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Not measuring yet."""
        super().__init__(parent)
        self._gaps: list[float] = []
        self._computed = 0.0
        self._last: tuple[float, float] | None = None  # the clock, and what was computed so far
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(INTERVAL_MS)
        self._timer.timeout.connect(self._tick)
        self._timer.start()
        self.measuring = False

    def percentiles(self) -> dict[str, float]:
        """Milliseconds: p50, p99, p99.9 and the worst; nothing where nothing was measured."""
        if not self._gaps:
            return {}
        gaps = np.asarray(self._gaps) * 1000
        found = {f"p{share:g}": float(np.percentile(gaps, share)) for share in (50, 99, 99.9)}
        return {**found, "worst": float(gaps.max()), "count": float(len(gaps))}

    @property
    def most_computed(self) -> float:
        """Milliseconds that this process computed in one gap at most, no longer than the gap.

        What a gap would have been, had other programs left the processors alone.
        """
        return 1000 * self._computed

    def _tick(self) -> None:
        now = time.perf_counter(), time.process_time()
        if self.measuring and self._last is not None:
            passed, computed = (here - before for here, before in zip(now, self._last, strict=True))
            self._gaps.append(passed)
            self._computed = max(self._computed, min(passed, computed))
        self._last = now if self.measuring else None
