"""What a recipe costs in terms of the task: the loss, in percent points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from bert_tf.models.task import Task
from bert_tf.training.metrics import pearson_r
from export.pareto.paired_bootstrap import RowMeasure, paired_bootstrap
from export.pareto.trial_data import TrialData
from export.verify import row_cosines

# Axis letters: N texts, D values of the output (C classes, or the width of a vector).
Outputs = NDArray[np.float32]
MetricName = Literal["accuracy", "valence_r", "agreement", "cosine"]
METRICS: dict[MetricName, str] = {
    "accuracy": "share of texts whose label is the one that people gave",
    "valence_r": "Pearson's correlation of the valence with the number that people gave",
    "agreement": "share of texts whose label is the float model's",
    "cosine": "mean cosine of the vectors with the float model's",
}
_SEED = 0  # of the bootstrap: the same answers give the same interval


@dataclass(frozen=True, kw_only=True)
class TaskScore:
    """A bundle beside its float model, by one metric of the task."""

    metric: MetricName
    value: float  # of the bundle
    float_value: float  # of the float model, on the same texts; 1 where it is its own yardstick
    loss: float  # 100 * (float_value - value), percent points; below 0: the bundle did better
    loss_low: float  # lower end of the 95 % interval, by paired bootstrap
    loss_high: float  # upper end


def metric_for(task: Task, data: TrialData) -> MetricName:
    """The metric that the data allow for a model of this task."""
    if task.kind == "embedding":
        return "cosine"
    if data.values is not None:
        return "valence_r"
    return "agreement" if data.labels is None else "accuracy"


def task_score(
    metric: MetricName,
    found: Outputs,
    expected: Outputs,
    data: TrialData,
    label_values: Sequence[float] | None,
) -> TaskScore:
    """Score the answers of a bundle.

    Args:
        metric: from `metric_for`.
        found: the bundle's answers, (N, D).
        expected: the float model's, (N, D).
        data: the N texts.
        label_values: a number a class, where the model has them.
    """
    count = len(data.texts)
    floats = _row_measure(metric, expected, expected, data, label_values)
    ours = _row_measure(metric, found, expected, data, label_values)
    lost = paired_bootstrap(floats, ours, count, rng=np.random.default_rng(_SEED))
    float_value, value = floats(np.arange(count)), ours(np.arange(count))
    return TaskScore(
        metric=metric,
        value=value,
        float_value=float_value,
        loss=100 * lost.value,
        loss_low=100 * lost.low,
        loss_high=100 * lost.high,
    )


def _row_measure(
    metric: MetricName,
    answers: Outputs,
    expected: Outputs,
    data: TrialData,
    label_values: Sequence[float] | None,
) -> RowMeasure:
    if metric == "valence_r":
        if data.values is None or label_values is None:
            raise ValueError("The correlation needs numbers that people gave, and label_values.")
        truth = data.values  # (N,)
        valences = answers.astype(np.float64) @ np.asarray(label_values)  # (N,)
        return lambda rows: pearson_r(valences[rows], truth[rows])
    scores = _text_scores(metric, answers, expected, data)  # (N,)
    return lambda rows: float(scores[rows].mean())


def _text_scores(
    metric: MetricName, answers: Outputs, expected: Outputs, data: TrialData
) -> NDArray[np.float64]:
    """What each text adds to a metric that is a mean over texts, (N,)."""
    if metric == "cosine":
        return row_cosines(answers, expected)
    truth = expected.argmax(axis=1) if data.labels is None else data.labels
    return (answers.argmax(axis=1) == truth).astype(np.float64)
