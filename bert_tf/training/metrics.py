"""Measures of agreement between a model and people."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]

# Axis letters: N texts, C classes.


def confusion_matrix(expected: Array, predicted: Array, num_classes: int) -> NDArray[np.int64]:
    """Counts (C, C): row = the class people gave, column = the class predicted."""
    matrix = np.zeros((num_classes, num_classes), np.int64)
    np.add.at(matrix, (expected, predicted), 1)
    return matrix


def accuracy(matrix: Array) -> float:
    """The share of texts on the diagonal of a confusion matrix."""
    return float(np.trace(matrix) / max(1, matrix.sum()))


def macro_f1(matrix: Array) -> float:
    """The mean over classes of F1; a class that occurs nowhere is left out."""
    hits = np.diag(matrix).astype(np.float64)
    both = matrix.sum(axis=0) + matrix.sum(axis=1)  # predicted + expected, (C,)
    present = both > 0
    return float(np.mean(2 * hits[present] / both[present])) if present.any() else 0.0


def pearson_r(first: Array, second: Array) -> float:
    """Pearson's correlation of two series; 0 where one of them is constant."""
    first = np.asarray(first, np.float64) - np.mean(first)
    second = np.asarray(second, np.float64) - np.mean(second)
    scale = np.sqrt((first @ first) * (second @ second))
    return float(first @ second / scale) if scale > 0 else 0.0


def bootstrap_interval(
    measure: Callable[[Array], float],
    count: int,
    *,
    rng: np.random.Generator,
    rounds: int = 2000,
    level: float = 0.95,
) -> tuple[float, float]:
    """A percentile interval of a measure over texts drawn again with replacement.

    Args:
        measure: takes the indices of the drawn texts, (N,).
        count: N.
        rng: decides the draws.
        rounds: how many draws.
        level: the share of draws inside the interval.
    """
    results = [measure(rng.integers(0, count, count)) for _ in range(rounds)]
    margin = (1 - level) / 2 * 100
    low, high = np.percentile(results, [margin, 100 - margin])
    return float(low), float(high)
