"""Any number of labels for a text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from bert_tf.data.examples import Examples
from bert_tf.data.label_names import check_no_empty_class, read_labels
from bert_tf.data.multi_label_examples import find_label_set, read_multi_label
from bert_tf.models.task import Task
from bert_tf.text.tokenizer import BertTokenizer
from bert_tf.training.metrics import label_counts, macro_f1_of_labels, micro_f1_of_labels
from bert_tf.training.report import markdown_table
from bert_tf.training.tasks.text_task import TextTask, encoder_inputs

if TYPE_CHECKING:
    from bert_tf.models.bert_backbone import BertBackbone
    from bert_tf.models.bert_classifier import BertClassifier
    from bert_tf.training.tasks.text_task import Loss, Tensors

MultiLabelMetric = Literal["micro_f1", "macro_f1"]
THRESHOLD = 0.5  # a label with at least this probability is given

# Axis letters: N texts, B texts in a batch, C labels.


@dataclass(frozen=True, kw_only=True)
class MultiLabelReport:
    """How well the labels of texts were found."""

    count: int  # texts
    micro_f1: float  # F1 over all decisions together
    macro_f1: float  # mean F1 over labels
    exact: float  # share of texts all of whose labels were right
    cross_entropy: float  # nats a decision
    labels: Mapping[str, tuple[int, int, int]]  # hits, false alarms and misses of each

    def value(self, metric: str) -> float:
        """One metric; both are better when higher.

        Raises:
            ValueError: for an unknown one.
        """
        if metric not in get_args(MultiLabelMetric):
            raise ValueError(_wrong_metric(metric))
        return float(getattr(self, metric))

    def scalars(self) -> dict[str, float]:
        """Every figure that is one number, by name."""
        names = ("micro_f1", "macro_f1", "exact", "cross_entropy")
        return {name: getattr(self, name) for name in names}

    def tables(self, labels: Sequence[str]) -> str:
        """The figures, and each label's, in Markdown."""
        whole = markdown_table(
            ["texts", "micro F1", "macro F1", "all labels right"],
            {"all": [self.micro_f1, self.macro_f1, self.exact]},
        )
        head = ["label", "found", "wrongly given", "missed"]
        return f"{whole}\n{markdown_table(head, {k: list(v) for k, v in self.labels.items()})}"


@dataclass(frozen=True, kw_only=True)
class MultiLabel(TextTask["BertClassifier"]):
    """A yes or no for each label, by a sigmoid each."""

    kind = "multi_label"
    summary = "Learn which of several labels a text has: none, one or many."
    example = "bert-tf finetune multi-label --train tags.jsonl --output runs/tags"
    pipeline = "text-classification"
    sentence = "Gives texts (language: {language}) any of {classes} labels: {labels}."
    reading = ("text_column", "label_column", "label_separator")

    text_column: Annotated[str, "Column of the text."] = "text"
    label_column: Annotated[str, "Column of the labels: a list, or one cell."] = "labels"
    label_separator: Annotated[str, "What stands between labels in one cell."] = ";"
    labels_file: Annotated[Path | None, 'JSON: {"labels": [...]}.'] = None
    metric: Annotated[MultiLabelMetric, "What dev is judged by."] = "micro_f1"

    def __post_init__(self) -> None:
        if self.metric not in get_args(MultiLabelMetric):
            raise ValueError(_wrong_metric(self.metric))
        if not self.label_separator:
            raise ValueError("label_separator must not be empty.")

    def metric_of(self, report: Any) -> str:
        return self.metric

    def read_train(self, path: Path) -> tuple[Examples, tuple[str, ...]]:
        if self.labels_file is not None:
            labels = read_labels(self.labels_file)[0]
        else:
            labels = find_label_set(
                path, label_column=self.label_column, separator=self.label_separator
            )
        return self.read_dev(path, labels), labels

    def read_dev(self, path: Path, labels: tuple[str, ...]) -> Examples:
        return read_multi_label(
            path,
            labels,
            text_column=self.text_column,
            label_column=self.label_column,
            separator=self.label_separator,
        )

    def check(self, path: Path, train: Examples, dev: Examples, labels: tuple[str, ...]) -> None:
        check_no_empty_class(path, labels, train.arrays["targets"])

    def make_model(
        self, backbone: BertBackbone, task: Task, tokenizer: BertTokenizer
    ) -> BertClassifier:
        from bert_tf.models.bert_classifier import BertClassifier

        return BertClassifier(backbone, task, tokenizer)

    def loss(self, model: BertClassifier, batch: Tensors) -> Loss:
        import tensorflow as tf

        logits = model(encoder_inputs(batch), training=True)  # (B, C)
        errors = tf.nn.sigmoid_cross_entropy_with_logits(batch["targets"], logits)  # (B, C)
        return tf.reduce_sum(batch["weights"] * tf.reduce_mean(errors, axis=-1)), {}

    def measure(self, model: BertClassifier, examples: Examples) -> MultiLabelReport:
        probabilities = model.predict_proba(examples.texts[0])  # (N, C)
        return evaluate_multi_label(probabilities, examples.arrays["targets"], model.task.labels)


def evaluate_multi_label(
    probabilities: NDArray[np.float32], targets: NDArray[np.float32], labels: tuple[str, ...]
) -> MultiLabelReport:
    """Compare probabilities (N, C) with what people said (N, C)."""
    expected, predicted = targets > 0.5, probabilities >= THRESHOLD
    counts = label_counts(expected, predicted)  # (C, 3)
    right = np.where(expected, probabilities, 1.0 - probabilities)
    return MultiLabelReport(
        count=len(targets),
        micro_f1=micro_f1_of_labels(counts),
        macro_f1=macro_f1_of_labels(counts),
        exact=float((expected == predicted).all(axis=1).mean()),
        cross_entropy=float(-np.log(np.maximum(right, 1e-12)).mean()),
        labels={
            label: (int(hits), int(alarms), int(misses))
            for label, (hits, alarms, misses) in zip(labels, counts, strict=True)
        },
    )


def _wrong_metric(metric: str) -> str:
    return f"metric must be one of {', '.join(get_args(MultiLabelMetric))}, received {metric!r}."
