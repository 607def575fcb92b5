"""How sure a difference between two models is that answered the same texts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bert_tf.training.metrics import bootstrap_interval

ROUNDS = 2000  # drawings; the ends of the interval then repeat to a few percent of its width
LEVEL = 0.95  # share of the drawings that lie inside
RowMeasure = Callable[[NDArray[np.int64]], float]  # of the texts at these places


@dataclass(frozen=True, kw_only=True)
class Difference:
    """One measure minus another, on the same texts."""

    value: float  # on all texts, each once
    low: float  # lower end of the interval
    high: float  # upper end


def paired_bootstrap(
    first: RowMeasure,
    second: RowMeasure,
    count: int,
    *,
    rng: np.random.Generator,
    rounds: int = ROUNDS,
) -> Difference:
    """The difference of two measures, `first - second`, with its percentile interval.

    Both are taken on the very same drawing of texts (Efron and Tibshirani 1993, chapter 13), so
    what is hard about a text for both does not widen the interval.

    Args:
        first: takes the places of the drawn texts, (N,); a place may occur several times.
        second: likewise.
        count: N, how many texts there are.
        rng: decides the drawings.
        rounds: how many drawings.
    """

    def difference(rows: NDArray[np.int64]) -> float:
        return first(rows) - second(rows)

    low, high = bootstrap_interval(difference, count, rng=rng, rounds=rounds, level=LEVEL)
    return Difference(value=difference(np.arange(count)), low=low, high=high)
