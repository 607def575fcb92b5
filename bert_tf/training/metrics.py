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


def spearman(first: Array, second: Array) -> float:
    """Spearman's rank correlation; equal values share their mean rank."""
    return pearson_r(_ranks(first), _ranks(second))


def _ranks(values: Array) -> NDArray[np.float64]:
    _, places, counts = np.unique(np.asarray(values), return_inverse=True, return_counts=True)
    return (np.cumsum(counts) - (counts - 1) / 2)[places]


def label_counts(expected: Array, predicted: Array) -> NDArray[np.int64]:
    """Hits, false alarms and misses of each label, (C, 3), from two boolean arrays (N, C)."""
    cases = (expected & predicted, predicted & ~expected, expected & ~predicted)
    return np.stack([case.sum(axis=0, dtype=np.int64) for case in cases], axis=1)


def micro_f1_of_labels(counts: Array) -> float:
    """F1 over all decisions together, from `label_counts`; 0 where nothing was to be found."""
    hits, alarms, misses = counts.sum(axis=0)
    both = 2 * hits + alarms + misses
    return float(2 * hits / both) if both else 0.0


def macro_f1_of_labels(counts: Array) -> float:
    """The mean over labels of F1; a label that occurs nowhere is left out."""
    both = 2 * counts[:, 0] + counts[:, 1] + counts[:, 2]  # (C,)
    present = both > 0
    return float(np.mean(2 * counts[present, 0] / both[present])) if present.any() else 0.0


def alignment(first: Array, second: Array) -> float:
    """The mean squared distance of pairs (N, H) that belong together; lower is better.

    Wang and Isola (2020), section 4.1.1.
    """
    return float(np.square(np.asarray(first) - second).sum(axis=-1).mean())


def uniformity(vectors: Array) -> float:
    """The log of the mean Gaussian potential of unit vectors (N, H); lower is better.

    Wang and Isola (2020), section 4.1.2.
    """
    vectors = np.asarray(vectors, np.float64)
    rows, columns = np.triu_indices(len(vectors), k=1)
    squared = 2 - 2 * (vectors @ vectors.T)[rows, columns]
    return float(np.log(np.mean(np.exp(-2 * squared)))) if len(rows) else 0.0


def own_partner_share(first: Array, second: Array) -> float:
    """The share of rows of `first` (N, H) that have no nearer row in `second` than their own."""
    first, second = np.asarray(first, np.float64), np.asarray(second, np.float64)
    own = (first * second).sum(axis=-1)  # (N,)
    best = np.concatenate([(part @ second.T).max(axis=1) for part in _parts(first)])  # (N,)
    return float(np.mean(own >= best - 1e-6))  # equal texts are no mistake


def _parts(rows: Array, size: int = 1024) -> list[Array]:
    return [rows[start : start + size] for start in range(0, len(rows), size)]


def calibration_error(probabilities: Array, targets: Array, *, bins: int = 15) -> float:
    """Expected calibration error of the class that is predicted (Guo et al. 2017, section 2).

    Texts are put in bins of equal width by the probability of their predicted class; the
    distance of mean probability and share of hits is averaged over the texts. Where people
    disagree, a text is a hit as far as they chose the predicted class.

    Args:
        probabilities: (N, C).
        targets: the share of people who gave each class, (N, C); one-hot for one label.
        bins: how many.

    Returns:
        NaN, if a probability is.
    """
    predicted = np.asarray(probabilities).argmax(axis=1)  # (N,)
    rows = np.arange(len(predicted))
    sure = np.asarray(probabilities, np.float64)[rows, predicted]
    if not np.isfinite(sure).all():
        return float("nan")
    hit = np.asarray(targets, np.float64)[rows, predicted]
    place = np.minimum((sure * bins).astype(np.int64), bins - 1)
    distance = np.bincount(place, weights=sure - hit, minlength=bins)
    return float(np.abs(distance).sum() / max(1, len(sure)))
