"""The interval of a difference, against what theory says of it."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from export.pareto.paired_bootstrap import RowMeasure, paired_bootstrap

COUNT = 400


def mean_of(scores: NDArray[np.float64]) -> RowMeasure:
    return lambda rows: float(scores[rows].mean())


def interval(first: NDArray[np.float64], second: NDArray[np.float64], seed: int = 0):
    rng = np.random.default_rng(seed)
    return paired_bootstrap(mean_of(first), mean_of(second), COUNT, rng=rng, rounds=800)


def test_it_is_as_wide_as_the_differences_say() -> None:
    rng = np.random.default_rng(1)
    first = rng.normal(0.8, 0.4, COUNT)
    second = first - rng.normal(0.05, 0.1, COUNT)
    found = interval(first, second)
    spread = float((first - second).std()) / np.sqrt(COUNT)
    assert found.value == pytest.approx(float((first - second).mean()))
    assert found.low == pytest.approx(found.value - 1.96 * spread, abs=0.3 * spread)
    assert found.high == pytest.approx(found.value + 1.96 * spread, abs=0.3 * spread)


def test_what_is_hard_for_both_does_not_widen_it() -> None:
    rng = np.random.default_rng(2)
    hard = rng.normal(0.5, 1.0, COUNT)  # far more spread than either adds
    found = interval(hard + rng.normal(0, 0.01, COUNT), hard + rng.normal(0, 0.01, COUNT))
    assert found.high - found.low < 0.01 < 1.96 * 2 / np.sqrt(COUNT)


def test_equal_answers_differ_by_nothing_and_seeds_decide() -> None:
    scores = np.random.default_rng(3).normal(size=COUNT)
    same = interval(scores, scores.copy())
    assert (same.value, same.low, same.high) == (0.0, 0.0, 0.0)
    other = scores + np.random.default_rng(4).normal(size=COUNT)
    assert interval(scores, other) == interval(scores, other)
    assert interval(scores, other) != interval(scores, other, seed=1)


def test_it_covers_the_truth_about_as_often_as_it_says() -> None:
    rng = np.random.default_rng(5)
    covered = 0
    for _ in range(60):
        first, second = rng.normal(0.1, 1, COUNT), rng.normal(0.0, 1, COUNT)
        found = paired_bootstrap(mean_of(first), mean_of(second), COUNT, rng=rng, rounds=200)
        covered += found.low <= 0.1 <= found.high
    assert covered >= 51  # 57 expected; fewer than 51 in 1 of 100 such tests
