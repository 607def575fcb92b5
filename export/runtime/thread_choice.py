"""One thread or several for a single batch: whichever this machine is seen to do faster."""

from __future__ import annotations

from dataclasses import dataclass, field
from statistics import median

TRIALS = 3  # runs of each way before one is preferred
AGAIN = 32  # runs after which the way that lost is tried once more
MEMORY = 9  # runs that count: a machine becomes busy, and quiet again


@dataclass(kw_only=True)
class _Timings:
    """Batches of about one size."""

    narrow: list[float] = field(default_factory=list)  # seconds a token on one thread, newest last
    wide: list[float] = field(default_factory=list)  # on several
    since: int = 0  # runs since the way that lost was tried

    @property
    def wide_is_faster(self) -> bool:
        return median(self.wide) < median(self.narrow)


class ThreadChoice:
    """Remembers how long batches took, by size, and says how the next one is to be run.

    Threads meet after every operator, and a batch of a few words has seventy operators of some
    hundredths of a millisecond: a second thread that another program keeps waiting costs more
    than it computes. How much, only the machine knows, so both ways are tried and timed while
    they do useful work; an answer is the same to the bit either way.
    """

    def __init__(self) -> None:
        """Nothing is known yet."""
        self._timings: dict[int, _Timings] = {}

    def wide(self, tokens: int) -> bool:
        """Whether a batch of so many tokens should run on several threads."""
        known = self._known(tokens)
        known.since += 1
        if len(known.narrow) < TRIALS:
            return False
        if len(known.wide) < TRIALS:
            return True
        if known.since > AGAIN:
            known.since = 0
            return not known.wide_is_faster
        return known.wide_is_faster

    def ran(self, tokens: int, *, wide: bool, seconds: float) -> None:
        """Remember how long a batch took."""
        known = self._known(tokens)
        times = known.wide if wide else known.narrow
        times.append(seconds / tokens)
        del times[:-MEMORY]

    def _known(self, tokens: int) -> _Timings:
        return self._timings.setdefault(tokens.bit_length(), _Timings())
