"""Figures out of interleaved rounds, and differences of answers to the same texts."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bert_tf.training.metrics import accuracy, bootstrap_interval, confusion_matrix, macro_f1

Classes = NDArray[Any]
Rows = NDArray[np.intp]  # places of texts
Seeds = tuple[Rows, Rows]  # places of our seeds, and of theirs


@dataclass(frozen=True, kw_only=True)
class Spread:
    """The middle of some measurements, and how far they lie apart."""

    median: float
    low: float  # first quartile
    high: float  # third quartile
    least: float

    @classmethod
    def of(cls, values: Sequence[float]) -> Spread:
        """The spread of at least two values.

        Raises:
            ValueError: for fewer.
        """
        if len(values) < 2:
            raise ValueError(f"A spread needs at least two values, received {len(values)}.")
        low, _, high = statistics.quantiles(values, n=4, method="inclusive")
        return cls(median=statistics.median(values), low=low, high=high, least=min(values))


def ratio_of_rounds(ours: Sequence[float], peer: Sequence[float]) -> Spread:
    """How many times faster, round by round: what slows a round down slows both."""
    return Spread.of([one / other for one, other in zip(ours, peer, strict=True)])


@dataclass(frozen=True, kw_only=True)
class Quality:
    """How well one engine's trained model answers."""

    accuracy: float
    macro_f1: float


def quality_of(found: Classes, expected: Classes, num_classes: int) -> Quality:
    """Measure predicted classes against the given ones, (N,) each."""
    matrix = confusion_matrix(expected, found, num_classes)
    return Quality(accuracy=accuracy(matrix), macro_f1=macro_f1(matrix))


@dataclass(frozen=True, kw_only=True)
class Difference:
    """Ours minus theirs on the same texts, with a 95 % interval."""

    value: float  # between the means over seeds
    low: float
    high: float

    @property
    def not_worse(self) -> bool:
        """Whether ours is better, or theirs not surely better."""
        return self.value >= 0 or self.high >= 0


def accuracy_difference(ours: Classes, theirs: Classes, expected: Classes) -> Difference:
    """Compare what some trainings answered.

    Args:
        ours: predicted classes, (S, N): a row for each seed.
        theirs: the same of the other engine.
        expected: given classes, (N,).
    """
    right = (ours == expected, theirs == expected)

    def gain(seeds: Seeds, rows: Rows) -> float:
        means = [found[some][:, rows].mean() for found, some in zip(right, seeds, strict=True)]
        return float(means[0] - means[1])

    return _difference(gain, ours, theirs)


def macro_f1_difference(
    ours: Classes, theirs: Classes, expected: Classes, num_classes: int
) -> Difference:
    """Compare what some trainings answered; arguments as for `accuracy_difference`."""

    def gain(seeds: Seeds, rows: Rows) -> float:
        means = [
            np.mean([quality_of(one[rows], expected[rows], num_classes).macro_f1 for one in found])
            for found in (ours[seeds[0]], theirs[seeds[1]])
        ]
        return float(means[0] - means[1])

    return _difference(gain, ours, theirs)


def _difference(gain: Callable[[Seeds, Rows], float], ours: Classes, theirs: Classes) -> Difference:
    """Texts are drawn again for both alike, seeds for each engine by itself."""
    rng = np.random.default_rng(1)
    counts = (len(ours), len(theirs))

    def drawn(rows: Rows) -> float:
        first, second = (rng.integers(0, count, count) for count in counts)
        return gain((first, second), rows)

    texts = ours.shape[1]
    low, high = bootstrap_interval(drawn, texts, rng=np.random.default_rng(2))
    every = (np.arange(counts[0]), np.arange(counts[1]))
    return Difference(value=gain(every, np.arange(texts)), low=low, high=high)
