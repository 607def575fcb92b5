"""Figures out of interleaved rounds, and differences of answers to the same texts."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bert_tf.training.metrics import accuracy, bootstrap_interval, confusion_matrix, macro_f1

Classes = NDArray[Any]


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
    """Ours minus theirs on the same texts, with the 95 % interval of a paired bootstrap."""

    value: float
    low: float
    high: float

    @property
    def not_worse(self) -> bool:
        """Whether ours is better, or theirs not surely better."""
        return self.value >= 0 or self.high >= 0


def accuracy_difference(ours: Classes, theirs: Classes, expected: Classes) -> Difference:
    """Compare two sets of answers, (N,) each."""
    gains = (ours == expected).astype(np.float64) - (theirs == expected)
    low, high = bootstrap_interval(
        lambda rows: float(gains[rows].mean()), len(gains), rng=np.random.default_rng(1)
    )
    return Difference(value=float(gains.mean()), low=low, high=high)


def macro_f1_difference(
    ours: Classes, theirs: Classes, expected: Classes, num_classes: int
) -> Difference:
    """Compare two sets of answers, (N,) each."""

    def gain(rows: NDArray[Any]) -> float:
        scores = [
            quality_of(found[rows], expected[rows], num_classes).macro_f1
            for found in (ours, theirs)
        ]
        return scores[0] - scores[1]

    low, high = bootstrap_interval(gain, len(expected), rng=np.random.default_rng(1))
    return Difference(value=gain(np.arange(len(expected))), low=low, high=high)
