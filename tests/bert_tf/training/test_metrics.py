import numpy as np
import pytest

from bert_tf.training.metrics import (
    accuracy,
    bootstrap_interval,
    confusion_matrix,
    macro_f1,
    pearson_r,
)


def test_agreement_with_scikit_learn() -> None:
    from sklearn.metrics import accuracy_score, f1_score
    from sklearn.metrics import confusion_matrix as reference

    rng = np.random.default_rng(0)
    expected, predicted = rng.integers(0, 4, 500), rng.integers(0, 4, 500)
    matrix = confusion_matrix(expected, predicted, 4)
    np.testing.assert_array_equal(matrix, reference(expected, predicted))
    assert accuracy(matrix) == pytest.approx(accuracy_score(expected, predicted))
    assert macro_f1(matrix) == pytest.approx(f1_score(expected, predicted, average="macro"))


def test_an_absent_class_does_not_count() -> None:
    assert macro_f1(confusion_matrix(np.array([0, 1]), np.array([0, 1]), 3)) == 1.0


def test_pearson_r_equals_numpy() -> None:
    rng = np.random.default_rng(0)
    first = rng.normal(size=50)
    second = first + rng.normal(size=50)
    assert pearson_r(first, second) == pytest.approx(np.corrcoef(first, second)[0, 1])
    assert pearson_r(first, np.ones(50)) == 0.0


def test_the_interval_holds_the_mean() -> None:
    values = np.random.default_rng(0).normal(3.0, 1.0, 400)
    low, high = bootstrap_interval(
        lambda rows: float(values[rows].mean()), 400, rng=np.random.default_rng(1)
    )
    assert low < values.mean() < high
    assert high - low == pytest.approx(2 * 1.96 / 20, rel=0.2)
