"""Probabilities that mean what they say: one temperature, fitted on texts kept back."""

from __future__ import annotations

import dataclasses
import math
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from bert_tf.data.examples import Examples
from bert_tf.training.metrics import calibration_error

if TYPE_CHECKING:
    from bert_tf.models.bert_classifier import BertClassifier

LOWEST, HIGHEST = 0.05, 20.0  # temperatures that are looked at
_SMALLEST = 1e-12  # a probability of float32 that is 0 has a logarithm all the same
_GOLDEN = (math.sqrt(5) - 1) / 2
_ROUNDS = 60  # the range shrinks by a factor of 1e12

# Axis letters: N texts, C classes.


def fit_temperature(probabilities: NDArray[np.float32], targets: NDArray[np.float32]) -> float:
    """What to divide logits by for the least cross-entropy (Guo et al. 2017, section 4.2).

    Above 1 the model was too sure, below 1 not sure enough. The order of the classes of a text
    never changes. The cross-entropy is convex in the inverse, so one search finds the least.

    Args:
        probabilities: (N, C), of texts that were not learned from.
        targets: (N, C), whose rows sum to 1.
    """
    logits = np.log(np.maximum(np.asarray(probabilities, np.float64), _SMALLEST))
    low, high = math.log(LOWEST), math.log(HIGHEST)

    def loss(log_temperature: float) -> float:
        return _cross_entropy(logits / math.exp(log_temperature), targets)

    for _ in range(_ROUNDS):
        left, right = high - _GOLDEN * (high - low), low + _GOLDEN * (high - low)
        if loss(left) <= loss(right):
            high = right
        else:
            low = left
    return math.exp((low + high) / 2)


def calibrate(model: BertClassifier, examples: Examples, *, data: str) -> dict[str, float]:
    """Fit a temperature and fold it into the head: the model keeps its size and its speed.

    Args:
        model: of kind classification; its head and its provenance change.
        examples: not learned from.
        data: what the examples are called in the provenance.

    Returns:
        temperature, and the expected calibration error before and after.

    Raises:
        ValueError: for a model of another kind.
    """
    _require_classification(model)
    targets = examples.arrays["targets"]
    before = model.predict_proba(examples.texts[0])
    temperature = fit_temperature(before, targets)
    _fold_in(model, temperature)
    after = model.predict_proba(examples.texts[0])
    found = {
        "temperature": temperature,
        "calibration_error_before": calibration_error(before, targets),
        "calibration_error_after": calibration_error(after, targets),
    }
    _note(model, {"data": data, "texts": len(examples), **found})
    return found


def use_temperature(model: BertClassifier, temperature: float) -> None:
    """Fold a temperature that was fitted before into the head.

    For a model that has learned the texts it was fitted on, and cannot be asked about them.

    Raises:
        ValueError: for a model of another kind, or a temperature that is not positive.
    """
    _require_classification(model)
    if not LOWEST <= temperature <= HIGHEST:
        raise ValueError(f"temperature must be from {LOWEST} to {HIGHEST}, received {temperature}.")
    _fold_in(model, temperature)
    _note(model, {"temperature": temperature})


def _require_classification(model: BertClassifier) -> None:
    if model.task.kind != "classification":
        raise ValueError(
            f"Only a classification can be calibrated, received kind {model.task.kind}."
        )


def _fold_in(model: BertClassifier, temperature: float) -> None:
    for variable in model.classifier.weights:
        variable.assign(np.asarray(variable) / np.float32(temperature))


def _note(model: BertClassifier, entry: dict[str, Any]) -> None:
    earlier = model.task.provenance.get("calibration")
    entries = [*(earlier if isinstance(earlier, list) else []), entry]
    provenance = {**model.task.provenance, "calibration": entries}
    model.task = dataclasses.replace(model.task, provenance=provenance)


def _cross_entropy(logits: NDArray[np.float64], targets: NDArray[np.float32]) -> float:
    shifted = logits - logits.max(axis=1, keepdims=True)
    logs = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return float(-(targets * logs).sum(axis=1).mean())
