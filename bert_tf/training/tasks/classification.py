"""One of several classes for a text."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import numpy as np
from numpy.typing import NDArray

from bert_tf.data.classification_examples import Columns, find_labels, read_classification
from bert_tf.data.data_error import DataError
from bert_tf.data.examples import Examples
from bert_tf.data.label_names import check_no_empty_class, read_labels
from bert_tf.data.table_reader import iterate_rows
from bert_tf.models.task import Task
from bert_tf.text.tokenizer import BertTokenizer
from bert_tf.training.class_weights import class_weights
from bert_tf.training.classification_evaluation import (
    METRICS,
    ClassificationReport,
    Metric,
    evaluate_classification,
)
from bert_tf.training.tasks.text_task import TextTask, encoder_inputs

if TYPE_CHECKING:
    from bert_tf.models.bert_backbone import BertBackbone
    from bert_tf.models.bert_classifier import BertClassifier
    from bert_tf.training.tasks.text_task import Loss, Tensors

# Axis letters: N texts, B texts in a batch, C classes.


@dataclass(frozen=True, kw_only=True)
class Classification(TextTask["BertClassifier"]):
    """Cross-entropy against one class or a distribution over classes.

    Classes that stand for numbers can also be pulled towards a number a text: the squared error
    of the expectation is added (`value_loss_weight`).
    """

    kind = "classification"
    summary = "Learn to sort texts into classes from any file of text and label."
    example = "bert-tf finetune classification --train tickets.csv --output runs/tickets"
    pipeline = "text-classification"
    sentence = "Sorts texts (language: {language}) into {classes} classes: {labels}."
    reading = (
        "text_column", "label_column", "distribution_column", "value_column", "group_column"
    )  # fmt: skip

    text_column: Annotated[str, "Column of the text."] = "text"
    label_column: Annotated[str, "Column of the class name."] = "label"
    distribution_column: Annotated[str | None, "Column with a list: share of raters a class."] = (
        None
    )
    value_column: Annotated[
        str | None, "Column with a number that the expectation should meet."
    ] = None
    group_column: Annotated[str | None, "Score group by group; the groups are averaged."] = None
    labels_file: Annotated[Path | None, 'JSON: {"labels": [...], "label_values": [...]}.'] = None
    class_weights: Annotated[str, 'none, balanced, or a JSON file: {"label": weight, ...}.'] = (
        "none"
    )
    value_loss_weight: Annotated[float, "Weight of the expectation's squared error."] = 0.0
    metric: Annotated[Metric, "What dev is judged by."] = "accuracy"

    def __post_init__(self) -> None:
        if self.metric not in METRICS:
            raise ValueError(
                f"metric must be one of {', '.join(METRICS)}, received {self.metric!r}."
            )
        if not 0 <= self.value_loss_weight < float("inf"):
            raise ValueError(
                f"value_loss_weight must not be negative, received {self.value_loss_weight}."
            )

    def metric_of(self, report: Any) -> str:
        return self.metric

    @cached_property
    def _label_values(self) -> tuple[float, ...] | None:
        return None if self.labels_file is None else read_labels(self.labels_file)[1]

    @property
    def _columns(self) -> Columns:
        return Columns(
            text=self.text_column,
            label=self.label_column,
            distribution=self.distribution_column,
            value=self.value_column,
            group=self.group_column,
        )

    def read_train(self, path: Path) -> tuple[Examples, tuple[str, ...]]:
        if self.labels_file is not None:
            labels = read_labels(self.labels_file)[0]
        elif self.distribution_column is not None:
            raise DataError(
                "A distribution column needs the labels named, in their order (--labels-file)."
            )
        else:
            labels = find_labels(path, self._columns)
        return read_classification(path, self._columns, labels), labels

    def read_dev(self, path: Path, labels: tuple[str, ...]) -> Examples:
        """Where the labels are named, a file may have them instead of shares."""
        columns = self._columns
        if columns.distribution is not None and self.labels_file is not None:
            first = next(iterate_rows(path), (0, {}))[1]
            if columns.distribution not in first and columns.label in first:
                columns = dataclasses.replace(columns, distribution=None)
        return read_classification(path, columns, labels)

    def check(self, path: Path, train: Examples, dev: Examples, labels: tuple[str, ...]) -> None:
        check_no_empty_class(path, labels, train.arrays["targets"])
        if self.metric == "valence_r" and not ("values" in dev.arrays and self._label_values):
            raise ValueError(
                "metric must be one of accuracy, macro_f1, cross_entropy for data without a value "
                "column and labels without values, received 'valence_r'."
            )
        if self.value_loss_weight and not ("values" in train.arrays and self._label_values):
            raise ValueError(
                "value_loss_weight must be 0 for data without a value column and labels without "
                f"values, received {self.value_loss_weight}."
            )

    def head(self, train: Examples, labels: tuple[str, ...]) -> dict[str, Any]:
        return {"labels": labels, "label_values": self._label_values}

    def row_weights(self, train: Examples, labels: tuple[str, ...]) -> NDArray[np.float32]:
        targets = train.arrays["targets"]  # (N, C)
        return targets @ class_weights(self.class_weights, labels, targets)  # (N,)

    def make_model(
        self, backbone: BertBackbone, task: Task, tokenizer: BertTokenizer
    ) -> BertClassifier:
        from bert_tf.models.bert_classifier import BertClassifier

        return BertClassifier(backbone, task, tokenizer)

    def loss(self, model: BertClassifier, batch: Tensors) -> Loss:
        import tensorflow as tf

        logits = model(encoder_inputs(batch), training=True)  # (B, C)
        errors = tf.nn.softmax_cross_entropy_with_logits(batch["targets"], logits)  # (B,)
        cross_entropy = tf.reduce_sum(batch["weights"] * errors)
        label_values = model.task.label_values
        if not self.value_loss_weight or label_values is None:
            return cross_entropy, {}
        scale = tf.constant(label_values, tf.float32)  # (C,)
        expectation = tf.linalg.matvec(tf.nn.softmax(logits), scale)  # (B,)
        squares = tf.square(expectation - batch["values"])
        value_error = tf.reduce_sum(batch["weights"] * squares)
        loss = cross_entropy + self.value_loss_weight * value_error
        return loss, {"cross_entropy": cross_entropy, "value_error": value_error}

    def measure(self, model: BertClassifier, examples: Examples) -> ClassificationReport:
        probabilities = model.predict_proba(examples.texts[0])
        task = model.task
        return evaluate_classification(probabilities, examples, task.label_values)
