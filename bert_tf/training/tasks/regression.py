"""One number for a text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from bert_tf.data.data_error import DataError
from bert_tf.data.examples import Examples
from bert_tf.data.regression_examples import read_regression
from bert_tf.models.task import Task
from bert_tf.text.tokenizer import BertTokenizer
from bert_tf.training.metrics import pearson_r, spearman
from bert_tf.training.report import markdown_table
from bert_tf.training.tasks.text_task import TextTask, encoder_inputs

if TYPE_CHECKING:
    from bert_tf.models.bert_backbone import BertBackbone
    from bert_tf.models.bert_classifier import BertClassifier
    from bert_tf.training.tasks.text_task import Loss, Tensors

RegressionMetric = Literal["pearson_r", "spearman", "mae"]

# Axis letters: N texts, B texts in a batch.


@dataclass(frozen=True, kw_only=True)
class RegressionReport:
    """How well numbers were met."""

    count: int  # texts
    pearson_r: float  # of given and found values
    spearman: float  # the same of their ranks
    mae: float  # mean absolute error, in the unit of the values

    def value(self, metric: str) -> float:
        """One metric, higher is better: the error with its sign turned.

        Raises:
            ValueError: for an unknown one.
        """
        if metric not in get_args(RegressionMetric):
            raise ValueError(_wrong_metric(metric))
        return float(getattr(self, metric)) * (-1.0 if metric == "mae" else 1.0)

    def scalars(self) -> dict[str, float]:
        """Every figure that is one number, by name."""
        return {name: getattr(self, name) for name in get_args(RegressionMetric)}

    def tables(self, labels: Sequence[str]) -> str:
        """The figures in Markdown."""
        head = ["texts", "Pearson's r", "Spearman", "mean error"]
        return markdown_table(head, {"all": [self.pearson_r, self.spearman, self.mae]})


@dataclass(frozen=True, kw_only=True)
class Regression(TextTask["BertClassifier"]):
    """The squared error of one number a text, in units of the training values' spread."""

    kind = "regression"
    summary = "Learn one number a text."
    example = "bert-tf finetune regression --train stars.csv --output runs/stars"
    pipeline = "text-classification"
    sentence = "Gives each text (language: {language}) one number."
    reading = ("text_column", "value_column")

    text_column: Annotated[str, "Column of the text."] = "text"
    value_column: Annotated[str, "Column of the number."] = "value"
    metric: Annotated[RegressionMetric, "What dev is judged by."] = "pearson_r"

    def __post_init__(self) -> None:
        if self.metric not in get_args(RegressionMetric):
            raise ValueError(_wrong_metric(self.metric))

    def metric_of(self, report: Any) -> str:
        return self.metric

    def read_train(self, path: Path) -> tuple[Examples, tuple[str, ...]]:
        return self.read_dev(path, ()), ()

    def read_dev(self, path: Path, labels: tuple[str, ...]) -> Examples:
        return read_regression(path, text_column=self.text_column, value_column=self.value_column)

    def check(self, path: Path, train: Examples, dev: Examples, labels: tuple[str, ...]) -> None:
        values = train.arrays["values"]
        if values.min() == values.max():
            raise DataError(
                f"{path}: every training text has the value {values[0]:g} in column "
                f"{self.value_column!r}; there is nothing to learn."
            )

    def head(self, train: Examples, labels: tuple[str, ...]) -> dict[str, Any]:
        values = train.arrays["values"].astype(np.float64)
        return {"value_mean": float(values.mean()), "value_scale": float(values.std())}

    def make_model(
        self, backbone: BertBackbone, task: Task, tokenizer: BertTokenizer
    ) -> BertClassifier:
        from bert_tf.models.bert_classifier import BertClassifier

        return BertClassifier(backbone, task, tokenizer)

    def loss(self, model: BertClassifier, batch: Tensors) -> Loss:
        import tensorflow as tf

        found = model(encoder_inputs(batch), training=True)[:, 0]  # (B,)
        errors = (found - batch["values"]) / model.task.value_scale
        return tf.reduce_sum(batch["weights"] * tf.square(errors)), {}

    def measure(self, model: BertClassifier, examples: Examples) -> RegressionReport:
        return evaluate_regression(
            model.predict_values(examples.texts[0]), examples.arrays["values"]
        )


def evaluate_regression(
    found: NDArray[np.float32], expected: NDArray[np.float32]
) -> RegressionReport:
    """Compare found with given values, (N,) each."""
    return RegressionReport(
        count=len(expected),
        pearson_r=pearson_r(found, expected),
        spearman=spearman(found, expected),
        mae=float(np.abs(found.astype(np.float64) - expected).mean()),
    )


def _wrong_metric(metric: str) -> str:
    return f"metric must be one of {', '.join(get_args(RegressionMetric))}, received {metric!r}."
