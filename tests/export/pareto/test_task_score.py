"""The loss in percent points, by each metric, against sums done by hand."""

from __future__ import annotations

import numpy as np
import pytest

from bert_tf.models.task import Task
from export.pareto.disagreement import find_disagreements
from export.pareto.task_score import metric_for, task_score
from export.pareto.trial_data import TrialData
from export.verify import row_cosines

TEXTS = tuple(f"text {number}" for number in range(10))
VALUES = (-1.0, 0.0, 1.0)
LABELS = ("bad", "so-so", "good")


def one_hot(classes: list[int]) -> np.ndarray:
    return np.eye(3, dtype=np.float32)[classes] * 0.8 + np.float32(0.2 / 3)


EXPECTED = one_hot([0, 1, 2, 0, 1, 2, 0, 1, 2, 0])
FOUND = one_hot([0, 1, 2, 0, 1, 2, 0, 1, 0, 1])  # parts from it at 8 and 9


def test_accuracy_counts_what_people_said() -> None:
    people = np.array([0, 1, 2, 0, 1, 2, 0, 0, 0, 0])  # the float model is wrong at 7 and 8
    data = TrialData(texts=TEXTS, labels=people)
    score = task_score("accuracy", FOUND, EXPECTED, data, VALUES)
    assert (score.float_value, score.value) == pytest.approx((0.8, 0.8))
    assert score.loss == pytest.approx(0.0)
    assert score.loss_low < 0 < score.loss_high  # better once, worse once


def test_agreement_is_one_for_the_float_model() -> None:
    score = task_score("agreement", FOUND, EXPECTED, TrialData(texts=TEXTS), None)
    assert (score.float_value, score.value) == pytest.approx((1.0, 0.8))
    assert score.loss == pytest.approx(20.0)
    assert 0 <= score.loss_low < 20 < score.loss_high <= 60


def test_valence_is_compared_with_a_number() -> None:
    rng = np.random.default_rng(0)
    expected = rng.dirichlet([1, 1, 1], 60).astype(np.float32)
    found = np.abs(expected + rng.normal(0, 0.05, (60, 3)).astype(np.float32))
    truth = expected @ np.array(VALUES) + rng.normal(0, 0.2, 60)
    data = TrialData(texts=tuple(map(str, range(60))), values=truth)
    score = task_score("valence_r", found, expected, data, VALUES)
    r = [np.corrcoef(a @ np.array(VALUES), truth)[0, 1] for a in (expected, found)]
    assert (score.float_value, score.value) == pytest.approx(tuple(r), abs=1e-6)
    assert score.loss == pytest.approx(100 * (r[0] - r[1]), abs=1e-4)
    assert score.loss_low < score.loss < score.loss_high


def test_vectors_lose_what_the_cosine_lacks() -> None:
    expected = np.array([[1, 0], [0, 2], [3, 0], [1, 1]], np.float32)
    found = np.array([[1, 0], [0, 1], [0, 0], [1, 0]], np.float32)
    cosines = [1.0, 1.0, 0.0, 0.5**0.5]
    assert row_cosines(found, expected).tolist() == pytest.approx(cosines)
    score = task_score("cosine", found, expected, TrialData(texts=TEXTS[:4]), None)
    assert score.float_value == pytest.approx(1.0)
    assert score.loss == pytest.approx(100 * (1 - sum(cosines) / 4))


def test_the_metric_follows_task_and_data() -> None:
    classes = Task(kind="classification", name="t", language="en", max_length=16, pooling="mean",
                   labels=LABELS)  # fmt: skip
    vectors = Task(kind="embedding", name="t", language="en", max_length=16, pooling="mean")
    bare = TrialData(texts=TEXTS)
    labelled = TrialData(texts=TEXTS, labels=np.zeros(10, np.int64))
    rated = TrialData(texts=TEXTS, values=np.zeros(10))
    assert [metric_for(classes, data) for data in (bare, labelled, rated)] == [
        *("agreement", "accuracy", "valence_r")
    ]
    assert metric_for(vectors, bare) == "cosine"


def test_disagreements_name_text_and_both_labels() -> None:
    data = TrialData(texts=TEXTS, labels=np.full(10, 2))
    found = find_disagreements(FOUND, EXPECTED, data, LABELS, limit=1)
    assert found.count == 2
    (first,) = found.shown
    assert (first.index, first.text) == (8, "text 8")
    assert (first.float_label, first.label, first.given) == ("good", "bad", "good")
    assert find_disagreements(FOUND, FOUND, data, LABELS, limit=5).count == 0


def test_of_vectors_the_farthest_are_shown() -> None:
    rng = np.random.default_rng(1)
    expected = rng.normal(size=(10, 4)).astype(np.float32)
    found = expected.copy()
    found[3] *= -1
    found[6, 0] += 1
    shown = find_disagreements(found, expected, TrialData(texts=TEXTS), (), limit=2)
    assert shown.count is None
    assert [one.index for one in shown.shown] == [3, 6]
    assert shown.shown[0].cosine == pytest.approx(-1.0)
