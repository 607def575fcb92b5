"""What each task's loss computes, against the formula written out in NumPy."""

import dataclasses
import json
from pathlib import Path

import keras
import numpy as np
import pytest
import tensorflow as tf

from bert_tf.data.data_error import DataError
from bert_tf.data.examples import Examples
from bert_tf.models.task import Task
from bert_tf.training.tasks.classification import Classification
from bert_tf.training.tasks.embedding import Embedding
from bert_tf.training.tasks.finetune_tasks import FINETUNE_TASKS
from bert_tf.training.tasks.multi_label import MultiLabel, evaluate_multi_label
from bert_tf.training.tasks.regression import Regression, evaluate_regression
from bert_tf.training.tasks.text_task import column_inputs, encoder_inputs

RNG = np.random.default_rng(0)
WEIGHTS = np.asarray([0.1, 0.2, 0.3, 0.4], np.float32)  # of four rows


class Answers(keras.Model):
    """Answers with the numbers of its own table, row by row of the token ids."""

    def __init__(self, outputs: np.ndarray, **fields: object) -> None:
        super().__init__()
        self.table = self.add_weight(shape=outputs.shape, initializer="zeros", name="table")
        self.table.assign(outputs)
        base = {"name": "toy", "language": "en", "max_length": 8, "pooling": "mean"}
        self.task = Task(**{**base, **fields})

    def call(self, inputs, training=None):
        return tf.gather(self.table.value, inputs["token_ids"][:, 0])


def columns(*rows: list[int]) -> dict[str, tf.Tensor]:
    """Inputs whose first token says which answer of the table to give."""
    batch: dict[str, np.ndarray] = {}
    for column, chosen in enumerate(rows):
        ids = np.asarray(chosen, np.int32)[:, None]
        inputs = {"token_ids": ids, "segment_ids": ids * 0, "padding_mask": ids * 0 + 1}
        batch |= column_inputs(inputs, column)
    return {name: tf.constant(array) for name, array in batch.items()}


def gradient(task, model, batch) -> tuple[float, dict, np.ndarray]:
    with tf.GradientTape() as tape:
        loss, parts = task.loss(model, batch)
    found = tf.convert_to_tensor(tape.gradient(loss, model.table.value))
    return float(loss), {name: float(value) for name, value in parts.items()}, found.numpy()


def softmax(logits: np.ndarray) -> np.ndarray:
    exponents = np.exp(logits - logits.max(-1, keepdims=True))
    return exponents / exponents.sum(-1, keepdims=True)


def test_inputs_of_several_columns_keep_apart() -> None:
    batch = columns([1], [2], [3])
    assert [int(encoder_inputs(batch, c)["token_ids"][0, 0]) for c in range(3)] == [1, 2, 3]
    assert set(encoder_inputs(batch, 2)) == {"token_ids", "segment_ids", "padding_mask"}


def test_classification_loss_and_gradient() -> None:
    logits = RNG.normal(size=(4, 3)).astype(np.float32)
    targets = softmax(RNG.normal(size=(4, 3))).astype(np.float32)  # soft labels
    model = Answers(logits, kind="classification", labels=("a", "b", "c"))
    batch = {**columns([0, 1, 2, 3]), "targets": targets, "weights": WEIGHTS}
    loss, parts, found = gradient(Classification(), model, batch)
    errors = -(targets * np.log(softmax(logits))).sum(-1)
    assert loss == pytest.approx(float(WEIGHTS @ errors), rel=1e-5) and parts == {}
    np.testing.assert_allclose(found, WEIGHTS[:, None] * (softmax(logits) - targets), atol=1e-6)


def test_the_expectation_is_pulled_towards_the_value() -> None:
    logits = RNG.normal(size=(4, 3)).astype(np.float32)
    targets = np.eye(3, dtype=np.float32)[[0, 1, 2, 0]]
    values, scale = np.asarray([-1, 0.5, 2, 0], np.float32), np.asarray([-2.0, 0.0, 2.0])
    fields = {"labels": ("a", "b", "c"), "label_values": tuple(scale)}
    model = Answers(logits, kind="classification", **fields)
    batch = {**columns([0, 1, 2, 3]), "targets": targets, "values": values, "weights": WEIGHTS}
    loss, parts, _ = gradient(Classification(value_loss_weight=0.3), model, batch)
    cross_entropy = WEIGHTS @ -np.log((softmax(logits) * targets).sum(-1))
    value_error = WEIGHTS @ (softmax(logits) @ scale - values) ** 2
    assert parts["cross_entropy"] == pytest.approx(float(cross_entropy), rel=1e-5)
    assert parts["value_error"] == pytest.approx(float(value_error), rel=1e-5)
    assert loss == pytest.approx(float(cross_entropy + 0.3 * value_error), rel=1e-5)


def test_classes_weigh_as_they_should() -> None:
    targets = np.eye(2, dtype=np.float32)[[0, 0, 0, 1]]
    examples = Examples(texts=(["x"] * 4,), arrays={"targets": targets}, ids=list("abcd"))
    plain = Classification().row_weights(examples, ("a", "b"))
    balanced = Classification(class_weights="balanced").row_weights(examples, ("a", "b"))
    assert plain.tolist() == [1, 1, 1, 1]
    np.testing.assert_allclose(balanced, [2 / 3, 2 / 3, 2 / 3, 2], rtol=1e-6)
    assert balanced[:3].sum() == pytest.approx(balanced[3])


def test_multi_label_loss_and_gradient() -> None:
    logits = RNG.normal(size=(4, 3)).astype(np.float32)
    targets = RNG.integers(0, 2, (4, 3)).astype(np.float32)
    model = Answers(logits, kind="multi_label", labels=("a", "b", "c"))
    batch = {**columns([0, 1, 2, 3]), "targets": targets, "weights": WEIGHTS}
    loss, _, found = gradient(MultiLabel(), model, batch)
    shares = 1 / (1 + np.exp(-logits))
    errors = -(targets * np.log(shares) + (1 - targets) * np.log(1 - shares)).mean(-1)
    assert loss == pytest.approx(float(WEIGHTS @ errors), rel=1e-5)
    np.testing.assert_allclose(found, WEIGHTS[:, None] * (shares - targets) / 3, atol=1e-6)


def test_regression_loss_and_gradient_are_in_units_of_the_spread() -> None:
    found_values = RNG.normal(30, 10, (4, 1)).astype(np.float32)
    values = RNG.normal(30, 10, 4).astype(np.float32)
    model = Answers(found_values, kind="regression", value_mean=30.0, value_scale=10.0)
    batch = {**columns([0, 1, 2, 3]), "values": values, "weights": WEIGHTS}
    loss, _, found = gradient(Regression(), model, batch)
    errors = (found_values[:, 0] - values) / 10
    assert loss == pytest.approx(float(WEIGHTS @ errors**2), rel=1e-5)
    np.testing.assert_allclose(found[:, 0], 2 * WEIGHTS * errors / 10, rtol=1e-4)


def unit(vectors: np.ndarray) -> np.ndarray:
    return vectors / np.linalg.norm(vectors, axis=-1, keepdims=True)


def mean_partner_error(anchors: np.ndarray, candidates: np.ndarray, temperature: float) -> float:
    """The mean over i of -log(exp(s_ii / t) / sum over j of exp(s_ij / t)), row by row."""
    total = 0.0
    for index, anchor in enumerate(anchors):
        similarities = [float(anchor @ candidate) / temperature for candidate in candidates]
        total -= similarities[index] - np.log(np.sum(np.exp(similarities)))
    return total / len(anchors)


@pytest.mark.parametrize("negatives", [False, True])
def test_each_text_finds_its_partner_among_all(negatives: bool) -> None:
    table = unit(RNG.normal(size=(9, 5))).astype(np.float32)
    model = Answers(table, kind="embedding")
    rows = [[0, 1, 2], [3, 4, 5], *([[6, 7, 8]] if negatives else [])]
    batch = {**columns(*rows), "weights": np.full(3, 1 / 3, np.float32)}
    task = Embedding(temperature=0.2, negative_column="hard" if negatives else None)
    loss, _, _ = gradient(task, model, batch)
    expected = mean_partner_error(table[:3], table[3 : 9 if negatives else 6], 0.2)
    assert loss == pytest.approx(expected, rel=1e-5)


def test_each_text_finds_itself_in_another_pass() -> None:
    """Gao et al. (2021), equation 1, with a noise that is known."""

    class Noisy(Answers):
        def call(self, inputs, training=None):
            vectors = super().call(inputs) + tf.constant(noise)
            return vectors / tf.norm(vectors, axis=-1, keepdims=True)

    noise = RNG.normal(0, 0.3, (6, 5)).astype(np.float32)
    table = RNG.normal(size=(3, 5)).astype(np.float32)
    batch = {**columns([0, 1, 2]), "weights": np.full(3, 1 / 3, np.float32)}
    loss, _, found = gradient(Embedding(objective="dropout"), Noisy(table, kind="embedding"), batch)
    vectors = unit(np.concatenate([table, table]) + noise)
    assert loss == pytest.approx(mean_partner_error(vectors[:3], vectors[3:], 0.05), rel=1e-4)
    assert np.abs(found).max() > 0


def test_cosines_meet_scores() -> None:
    table = unit(RNG.normal(size=(6, 5))).astype(np.float32)
    scores = np.asarray([0.0, 0.5, 1.0], np.float32)
    weights = np.asarray([0.2, 0.3, 0.5], np.float32)
    batch = {**columns([0, 1, 2], [3, 4, 5]), "scores": scores, "weights": weights}
    loss, _, _ = gradient(Embedding(objective="scores"), Answers(table, kind="embedding"), batch)
    cosines = (table[:3] * table[3:]).sum(-1)
    assert loss == pytest.approx(float(weights @ (cosines - scores) ** 2), rel=1e-5)


def test_only_texts_that_are_compared_stay_together() -> None:
    splittable = {name: task().splittable for name, task in FINETUNE_TASKS.items()}
    assert splittable == {
        "classification": True, "multi-label": True, "regression": True, "embedding": False
    }  # fmt: skip
    assert Embedding(objective="scores").splittable


def test_labels_are_measured_one_by_one() -> None:
    from sklearn.metrics import f1_score

    targets = RNG.integers(0, 2, (50, 4)).astype(np.float32)
    probabilities = RNG.uniform(size=(50, 4)).astype(np.float32)
    report = evaluate_multi_label(probabilities, targets, ("a", "b", "c", "d"))
    predicted = probabilities >= 0.5
    assert report.value("micro_f1") == pytest.approx(f1_score(targets, predicted, average="micro"))
    assert report.value("macro_f1") == pytest.approx(f1_score(targets, predicted, average="macro"))
    hits, alarms, misses = report.labels["a"]
    assert hits + misses == targets[:, 0].sum() and hits + alarms == predicted[:, 0].sum()
    assert "| a |" in report.tables(()) and report.count == 50


def test_numbers_are_measured_in_their_own_unit() -> None:
    from scipy.stats import pearsonr, spearmanr

    expected = RNG.integers(0, 6, 40).astype(np.float32)  # with ties
    found = (expected + RNG.normal(size=40)).astype(np.float32)
    report = evaluate_regression(found, expected)
    assert report.value("pearson_r") == pytest.approx(pearsonr(found, expected)[0])
    assert report.value("spearman") == pytest.approx(spearmanr(found, expected)[0])
    assert report.value("mae") == pytest.approx(-np.abs(found - expected).mean(), rel=1e-5)


@pytest.mark.parametrize(
    ("task", "values"),
    [
        (Classification, {"metric": "f1"}),
        (Classification, {"value_loss_weight": float("inf")}),
        (MultiLabel, {"metric": "accuracy"}),
        (MultiLabel, {"label_separator": ""}),
        (Regression, {"metric": "r"}),
        (Embedding, {"objective": "triplets"}),
        (Embedding, {"temperature": 0.0}),
        (Embedding, {"objective": "scores", "negative_column": "hard"}),
    ],
)
def test_impossible_choices_are_refused(task: type, values: dict) -> None:
    with pytest.raises(ValueError, match=list(values)[-1]):
        task(**values)


def examples(**arrays: np.ndarray) -> Examples:
    return Examples(texts=(["x"] * 2,), arrays=arrays, ids=["1", "2"])


@pytest.mark.parametrize("task", [Classification(), MultiLabel()])
def test_a_class_without_texts_is_named(task) -> None:
    data = examples(targets=np.asarray([[1, 0, 0], [0, 1, 0]], np.float32))
    with pytest.raises(DataError, match=r"t\.csv: no training text has the label 'c'"):
        task.check(Path("t.csv"), data, data, ("a", "b", "c"))


def test_values_must_differ_to_be_learnt() -> None:
    data = examples(values=np.ones(2, np.float32))
    with pytest.raises(DataError, match="every training text has the value 1"):
        Regression().check(Path("t.csv"), data, data, ())


def test_values_that_are_not_there_can_be_neither_learnt_nor_measured(tmp_path: Path) -> None:
    file = tmp_path / "labels.json"
    file.write_text(json.dumps({"labels": ["a", "b"], "label_values": [-1, 1]}))
    bare = examples(targets=np.eye(2, dtype=np.float32))
    valued = dataclasses.replace(bare, arrays={**bare.arrays, "values": np.zeros(2, np.float32)})
    with pytest.raises(ValueError, match="value_loss_weight must be 0"):
        task = Classification(labels_file=file, value_loss_weight=0.3)
        task.check(Path("t.csv"), bare, valued, ("a", "b"))
    with pytest.raises(ValueError, match="metric must be one of accuracy, macro_f1, cross_entropy"):
        task = Classification(labels_file=file, metric="valence_r")
        task.check(Path("t.csv"), valued, bare, ("a", "b"))


def test_one_text_has_nothing_to_be_compared_with() -> None:
    one = Examples(texts=(["x"],), ids=["1"])
    with pytest.raises(DataError, match="at least two examples to compare"):
        Embedding(objective="dropout").check(Path("t.csv"), one, one, ())


def test_dev_may_have_labels_where_train_has_shares(tmp_path: Path) -> None:
    names, dev = tmp_path / "labels.json", tmp_path / "dev.jsonl"
    names.write_text('{"labels": ["bad", "good"]}')
    task = Classification(distribution_column="distribution", labels_file=names)
    dev.write_text('{"text": "a", "label": "good"}\n{"text": "b", "label": "bad"}\n')
    found = task.read_dev(dev, ("bad", "good")).arrays["targets"]
    np.testing.assert_array_equal(found, [[0, 1], [1, 0]])
    dev.write_text('{"text": "a", "distribution": [3, 1], "label": "good"}\n')
    np.testing.assert_allclose(
        task.read_dev(dev, ("bad", "good")).arrays["targets"], [[0.75, 0.25]]
    )
    dev.write_text('{"text": "a"}\n')
    with pytest.raises(DataError, match="no column 'distribution'"):
        task.read_dev(dev, ("bad", "good"))
    dev.write_text('{"text": "a", "label": "good"}\n')
    mistyped = Classification(distribution_column="distributon")  # as `evaluate` reads
    with pytest.raises(DataError, match="no column 'distributon'"):
        mistyped.read_dev(dev, ("bad", "good"))
