"""How far a job is, how fast it goes, and when it will be done."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Stage = Literal["reading", "judging", "writing"]
_LOOKED_BACK = 15.0  # seconds that the rate is taken over
_LEAST = 0.5  # seconds before a rate is told
_MARKS = 64


@dataclass(frozen=True, kw_only=True)
class JobProgress:
    """A moment of a job."""

    stage: Stage
    done: int  # rows read, distinct texts judged, or rows written
    total: int | None  # None while unknown
    rate: float  # a second, 0 before it is known
    seconds_left: float | None  # None while unknown
    paused: bool = False


class ProgressMeter:
    """Makes a `JobProgress` of a count; the rate is that of the last seconds."""

    def __init__(
        self,
        stage: Stage,
        *,
        total: int | None = None,
        done: int = 0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Args:
        stage: of the job.
        total: None: not known.
        done: what was done in an earlier run; it does not count for the rate.
        clock: seconds.
        """
        self._stage: Stage = stage
        self._total, self._done = total, done
        self._clock = clock
        self._marks = deque([(clock(), done)], maxlen=_MARKS)

    def at(self, done: int) -> JobProgress:
        """Progress with so much done in all."""
        now = self._clock()
        self._done = done
        if now - self._marks[-1][0] >= _LOOKED_BACK / _MARKS:
            self._marks.append((now, done))
        while len(self._marks) > 2 and now - self._marks[1][0] > _LOOKED_BACK:
            self._marks.popleft()
        start, before = self._marks[0]
        seconds = now - start
        rate = (done - before) / seconds if seconds >= _LEAST else 0.0
        left = None
        if self._total is not None and rate > 0:
            left = max(0, self._total - done) / rate
        return JobProgress(
            stage=self._stage, done=done, total=self._total, rate=rate, seconds_left=left
        )

    def paused(self) -> JobProgress:
        """The same, standing still; the time until `go_on` does not count."""
        return JobProgress(
            stage=self._stage,
            done=self._done,
            total=self._total,
            rate=0.0,
            seconds_left=None,
            paused=True,
        )

    def go_on(self) -> None:
        """Measure the rate anew."""
        self._marks = deque([(self._clock(), self._done)], maxlen=_MARKS)
