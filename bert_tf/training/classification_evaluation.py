"""How well a classifier agrees with people, in all and group by group."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from bert_tf.data.examples import Examples
from bert_tf.training.metrics import (
    accuracy,
    calibration_error,
    confusion_matrix,
    macro_f1,
    pearson_r,
)
from bert_tf.training.report import in_cell, markdown_table

Metric = Literal["accuracy", "macro_f1", "cross_entropy", "valence_r"]
METRICS: tuple[str, ...] = get_args(Metric)

# Axis letters: N texts, C classes.


@dataclass(frozen=True, kw_only=True)
class ClassificationReport:
    """What was measured on one file of labelled texts."""

    count: int  # texts
    accuracy: float  # share of texts whose most frequent class was predicted
    macro_f1: float  # mean F1 over classes
    cross_entropy: float  # nats a text, against the raters' distribution
    confusion: list[list[int]]  # rows: people's class, columns: predicted
    valence_r: float | None = None  # Pearson's r of expectation and given value
    valence_mae: float | None = None  # mean absolute error of the expectation
    calibration_error: float | None = None  # of the probabilities, see `metrics`
    groups: Mapping[str, Mapping[str, Any]] | None = None  # the same for each group

    def value(self, metric: str) -> float:
        """One metric, higher is better; the mean over groups where there are groups.

        Raises:
            ValueError: if the data cannot give this metric.
        """
        found = (
            [group.get(metric) for group in self.groups.values()]
            if self.groups
            else [getattr(self, metric, None)]
        )
        known = [value for value in found if value is not None]
        if metric not in METRICS or len(known) < len(found):
            raise ValueError(
                f"metric must be one of {', '.join(METRICS)} that the data can give, "
                f"received {metric!r}."
            )
        return float(np.mean(known)) * (-1.0 if metric == "cross_entropy" else 1.0)

    def scalars(self) -> dict[str, float]:
        """Every figure that is one number, by name."""
        found = {
            name: getattr(self, name) for name in (*METRICS, "valence_mae", "calibration_error")
        }
        return {name: value for name, value in found.items() if value is not None}

    def tables(self, labels: Sequence[str]) -> str:
        """The figures, group by group, and the confusion, in Markdown."""
        head = [
            "texts",
            "accuracy",
            "macro F1",
            "calibration error",
            "r of valence",
            "mean error of valence",
        ]
        shown = ("accuracy", "macro_f1", "calibration_error", "valence_r", "valence_mae")
        whole = {name: getattr(self, name) for name in shown}
        rows = {
            name: [values[key] for key in shown]
            for name, values in {"all": whole, **(self.groups or {})}.items()
        }
        return (
            f"{markdown_table(head, rows)}\n"
            "Confusion. Rows: what people said; columns: what the model said.\n\n"
            f"{confusion_table(labels, self.confusion)}"
        )


def confusion_table(labels: Sequence[str], confusion: Sequence[Sequence[int]]) -> str:
    """A confusion matrix as a Markdown table."""
    names = [in_cell(label) for label in labels]
    lines = ["| | " + " | ".join(names) + " |", "|---|" + "---:|" * len(names)]
    for label, row in zip(names, confusion, strict=True):
        lines.append(f"| **{label}** | " + " | ".join(str(count) for count in row) + " |")
    return "\n".join(lines) + "\n"


def evaluate_classification(
    probabilities: NDArray[np.float32],
    examples: Examples,
    label_values: Sequence[float] | None,
) -> ClassificationReport:
    """Compare probabilities (N, C) with what people said.

    Args:
        probabilities: (N, C).
        examples: with the array "targets" (N, C) and, where there are such, "values" (N,).
        label_values: a number a class, whose expectation should meet the value.
    """
    everything = np.arange(len(examples))
    measured = _measure(probabilities, examples, label_values, everything)
    groups = None
    if examples.groups is not None:
        names = np.asarray(examples.groups)
        groups = {
            str(name): _measure(
                probabilities, examples, label_values, np.flatnonzero(names == name)
            )
            for name in sorted(set(examples.groups))
        }
    return ClassificationReport(**measured, groups=groups)


def _measure(
    probabilities: NDArray[np.float32],
    examples: Examples,
    label_values: Sequence[float] | None,
    rows: NDArray[np.int64],
) -> dict[str, Any]:
    predicted, targets = probabilities[rows], examples.arrays["targets"][rows]  # (n, C)
    matrix = confusion_matrix(targets.argmax(-1), predicted.argmax(-1), targets.shape[1])
    logs = np.log(np.maximum(predicted, 1e-12))
    measured: dict[str, Any] = {
        "count": len(rows),
        "accuracy": accuracy(matrix),
        "macro_f1": macro_f1(matrix),
        "cross_entropy": float(-(targets * logs).sum(-1).mean()),
        "confusion": matrix.tolist(),
        "valence_r": None,
        "valence_mae": None,
        "calibration_error": calibration_error(predicted, targets),
    }
    if label_values is not None and "values" in examples.arrays:
        expected = examples.arrays["values"][rows]
        found = predicted @ np.asarray(label_values, np.float32)  # (n,)
        measured["valence_r"] = pearson_r(found, expected)
        measured["valence_mae"] = float(np.abs(found - expected).mean())
    return measured
