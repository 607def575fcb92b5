"""How many texts make a request of a fraction of a second, learnt from the requests before."""

from __future__ import annotations

from collections.abc import Sequence

REQUEST_SECONDS = 0.2  # aimed at, so that hardly one takes more than 0.25
LEAST_COST = 4_096.0  # fewer tokens fill the engine's batches badly, however busy the machine
MOST_TEXTS, FIRST_TEXTS = 512, 16
_BYTES_PER_TOKEN = 4.0  # of UTF-8: English has about 4.5, Chinese 3
_FRAME_TOKENS = 3.0  # what a text costs beside its own tokens
_BYTES_PER_READ_TOKEN = 2_000.0  # of text beyond what the network reads, which is only tokenized
_NEW = 0.3  # weight of the last request in the mean


def text_cost(text: str, max_tokens: int) -> float:
    """About how many tokens of work a text is.

    Args:
        text: anything.
        max_tokens: what the network reads at most.
    """
    size = len(text) if text.isascii() else len(text.encode("utf-8", "surrogatepass"))
    return (
        min(size / _BYTES_PER_TOKEN, float(max_tokens))
        + size / _BYTES_PER_READ_TOKEN
        + _FRAME_TOKENS
    )


class Pace:
    """Of one bundle on this machine, at this moment."""

    def __init__(self, seconds: float = REQUEST_SECONDS) -> None:
        """Nothing is known; the first request is small.

        Args:
            seconds: of work in a request.
        """
        self._seconds = seconds
        self._per_cost: float | None = None  # seconds

    def take(self, costs: Sequence[float]) -> int:
        """How many of the next texts make a request, 1 at least.

        On a machine that is slow or busy a request is never less than `LEAST_COST`, so it takes
        longer there.

        Args:
            costs: of the texts that wait, in their order; not empty.
        """
        if self._per_cost is None:
            return min(FIRST_TEXTS, len(costs))
        room = max(self._seconds / self._per_cost, LEAST_COST)
        count = 0
        for cost in costs[:MOST_TEXTS]:
            room -= cost
            if room < 0 and count:
                break
            count += 1
        return count

    def learn(self, cost: float, seconds: float) -> None:
        """Take a request into account.

        Args:
            cost: of its texts together.
            seconds: that it took.
        """
        found = max(seconds, 1e-4) / max(cost, 1.0)
        if self._per_cost is None:
            self._per_cost = found
        else:
            self._per_cost += _NEW * (found - self._per_cost)
