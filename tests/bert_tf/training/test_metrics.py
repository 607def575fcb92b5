import numpy as np
import pytest

from bert_tf.training.metrics import (
    accuracy,
    alignment,
    bootstrap_interval,
    calibration_error,
    confusion_matrix,
    label_counts,
    macro_f1,
    macro_f1_of_labels,
    micro_f1_of_labels,
    own_partner_share,
    pearson_r,
    spearman,
    uniformity,
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


def test_spearman_equals_scipy_with_ties() -> None:
    from scipy.stats import spearmanr

    rng = np.random.default_rng(0)
    first, second = rng.integers(0, 5, 60), rng.normal(size=60)
    assert spearman(first, second) == pytest.approx(spearmanr(first, second)[0])
    assert spearman(second, np.exp(second)) == pytest.approx(1.0)


def test_f1_of_labels_equals_scikit_learn() -> None:
    from sklearn.metrics import f1_score

    rng = np.random.default_rng(0)
    expected, predicted = rng.random((80, 5)) < 0.3, rng.random((80, 5)) < 0.5
    counts = label_counts(expected, predicted)
    micro, macro = (f1_score(expected, predicted, average=kind) for kind in ("micro", "macro"))
    assert micro_f1_of_labels(counts) == pytest.approx(micro)
    assert macro_f1_of_labels(counts) == pytest.approx(macro)
    nothing = label_counts(np.zeros((3, 2), bool), np.zeros((3, 2), bool))
    assert micro_f1_of_labels(nothing) == macro_f1_of_labels(nothing) == 0.0


def test_alignment_and_uniformity_of_known_vectors() -> None:
    axes = np.eye(2)
    assert alignment(axes, axes) == 0.0
    assert alignment(axes, axes[::-1]) == pytest.approx(2.0)
    assert uniformity(axes) == pytest.approx(-4.0)  # one pair at a squared distance of 2
    assert uniformity(np.ones((3, 1))) == 0.0


def test_the_share_of_own_partners_forgives_equal_texts() -> None:
    vectors = np.eye(4)
    assert own_partner_share(vectors, vectors[[0, 1, 3, 2]]) == 0.5
    assert own_partner_share(vectors[[0, 0]], vectors[[0, 0]]) == 1.0


def test_calibration_error_is_the_distance_of_sureness_and_hits() -> None:
    sure = np.asarray([[0.9, 0.1], [0.9, 0.1], [0.9, 0.1], [0.9, 0.1], [0.4, 0.6]])
    expected = np.eye(2)[[0, 0, 0, 1, 1]]
    # four texts at 0.9 of which three hit, one at 0.6 that hits
    assert calibration_error(sure, expected) == pytest.approx((4 * 0.15 + 1 * 0.4) / 5)
    assert calibration_error(np.eye(2), np.eye(2)) == 0.0


def test_calibration_error_of_no_number_is_none() -> None:
    broken = np.asarray([[0.7, 0.3], [np.nan, np.nan]])
    assert np.isnan(calibration_error(broken, np.eye(2)))


def test_calibration_error_counts_the_share_of_people_who_agree() -> None:
    sure = np.asarray([[0.7, 0.3], [0.7, 0.3]])
    shares = np.asarray([[0.8, 0.2], [0.6, 0.4]])  # on average as many as the model says
    assert calibration_error(sure, shares) == pytest.approx(0.0)
    assert calibration_error(sure, np.asarray([[0.4, 0.6], [0.6, 0.4]])) == pytest.approx(0.2)
