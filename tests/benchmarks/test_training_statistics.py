"""Rounds to figures, and answers to differences."""

import numpy as np
import pytest

from benchmarks.training_statistics import (
    Spread,
    accuracy_difference,
    macro_f1_difference,
    quality_of,
    ratio_of_rounds,
)


def test_the_spread_of_rounds() -> None:
    spread = Spread.of([4.0, 1.0, 3.0, 2.0, 5.0])
    assert (spread.least, spread.low, spread.median, spread.high) == (1.0, 2.0, 3.0, 4.0)


def test_one_round_has_no_spread() -> None:
    with pytest.raises(ValueError, match="at least two values, received 1"):
        Spread.of([1.0])


def test_a_slow_round_slows_both_and_leaves_the_ratio() -> None:
    ratio = ratio_of_rounds([100.0, 10.0, 100.0], [50.0, 5.0, 50.0])
    assert (ratio.least, ratio.median) == (2.0, 2.0)


def test_rounds_belong_together() -> None:
    with pytest.raises(ValueError):
        ratio_of_rounds([1.0, 2.0], [1.0])


def test_accuracy_and_macro_f1() -> None:
    quality = quality_of(np.asarray([0, 0, 1, 1]), np.asarray([0, 1, 1, 1]), 2)
    assert quality.accuracy == 0.75
    assert quality.macro_f1 == pytest.approx((2 / 3 + 4 / 5) / 2)


def test_a_clear_loss_is_worse_and_a_tie_is_not() -> None:
    expected = np.tile([0, 1], 100)
    half_wrong = np.where(np.arange(200) < 100, 1 - expected, expected)
    lost = accuracy_difference(half_wrong[None], expected[None], expected)
    assert lost.value == -0.5
    assert lost.low < -0.5 < lost.high < 0
    assert not lost.not_worse
    tie = accuracy_difference(half_wrong[None], half_wrong[None], expected)
    assert (tie.value, tie.low, tie.high, tie.not_worse) == (0.0, 0.0, 0.0, True)


def test_one_text_more_or_less_is_not_surely_worse() -> None:
    expected = np.tile([0, 1], 100)
    found = expected.copy()
    found[0] = 1
    lost = accuracy_difference(found[None], expected[None], expected)
    assert lost.value == pytest.approx(-0.005)
    assert lost.not_worse
    of_classes = macro_f1_difference(found[None], expected[None], expected, 2)
    assert of_classes.value == pytest.approx(-0.005, abs=1e-4)
    assert of_classes.not_worse


def test_seeds_that_differ_more_than_the_engines_prove_nothing() -> None:
    expected = np.tile([0, 1], 100)
    half_wrong = np.where(np.arange(200) < 100, 1 - expected, expected)
    ours, theirs = np.stack([expected, half_wrong]), np.stack([expected, expected])
    for lost in (
        accuracy_difference(ours, theirs, expected),
        macro_f1_difference(ours, theirs, expected, 2),
    ):
        assert lost.value == pytest.approx(-0.25, abs=1e-9)
        assert lost.low < -0.4 and lost.high == 0.0 and lost.not_worse
