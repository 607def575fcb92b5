"""A bundle against the float model it was made from, on real text."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bert_tf.models.bert_classifier import valence
from bert_tf.models.model_folder import TextModel
from export.golden_examples import float_outputs
from export.recipes import violations
from export.report import VerifyReport
from export.runtime.bundle import Bundle
from export.runtime.engine import Engine
from export.runtime.metadata import BundleMetadata

# Axis letters: N texts, D values of the output, C classes.
MIN_TEXTS = 500  # fewer say nothing about the tail
Outputs = NDArray[np.float32]


def verify(bundle: Bundle, model: TextModel, texts: Sequence[str]) -> VerifyReport:
    """Compare on every text.

    Args:
        bundle: as read.
        model: the float model, from the folder the bundle was built from.
        texts: real ones, at least `MIN_TEXTS`, none blank.

    Raises:
        ValueError: if there are too few texts, or the model is not the bundle's.
    """
    if len(texts) < MIN_TEXTS:
        raise ValueError(f"At least {MIN_TEXTS} texts are needed, received {len(texts)}.")
    _check_same_model(bundle, model)
    expected = float_outputs(model, list(texts))  # (N, D)
    with Engine(bundle) as engine:
        found = engine.outputs(texts).values  # (N, D)
    tolerance = dict(bundle.metadata.recipe.tolerance)
    measured = compare_answers(bundle.metadata, expected, found)
    return VerifyReport(
        name=bundle.metadata.name,
        recipe=bundle.metadata.recipe.name,
        texts=len(texts),
        measured=measured,
        tolerance=tolerance,
        violations=tuple(violations(measured, tolerance)),
    )


def compare_answers(
    metadata: BundleMetadata, expected: Outputs, found: Outputs
) -> dict[str, float]:
    """The measures of the bundle's task on answers (N, D) to the same texts."""
    if metadata.task == "embedding":
        return compare_vectors(expected, found)
    return compare_probabilities(expected, found, metadata.label_values)


def compare_vectors(expected: Outputs, found: Outputs) -> dict[str, float]:
    """Cosine similarity of rows (N, D): mean, low percentiles, minimum."""
    cosines = row_cosines(expected, found)
    return {
        "cosine_mean": float(cosines.mean()),
        "cosine_p1": float(np.percentile(cosines, 1)),
        "cosine_p0.1": float(np.percentile(cosines, 0.1)),
        "cosine_min": float(cosines.min()),
    }


def row_cosines(first: Outputs, second: Outputs) -> NDArray[np.float64]:
    """Cosines of the rows of two arrays (N, D), (N,); 0 where a row is zero."""
    left, right = np.asarray(first, np.float64), np.asarray(second, np.float64)
    norms = np.linalg.norm(left, axis=1) * np.linalg.norm(right, axis=1)
    return np.einsum("nd,nd->n", left, right) / np.maximum(norms, 1e-12)


def compare_probabilities(
    expected: Outputs, found: Outputs, label_values: Sequence[float] | None
) -> dict[str, float]:
    """Differences of rows of probabilities (N, C), and of the verdicts drawn from them."""
    difference = np.abs(expected - found)
    measured = {
        "probability_difference_mean": float(difference.mean()),
        "probability_difference_max": float(difference.max()),
        "equal_labels": float((expected.argmax(1) == found.argmax(1)).mean()),
    }
    if label_values is not None:
        pair = (valence(expected, label_values), valence(found, label_values))
        measured["valence_correlation"] = float(np.corrcoef(*pair)[0, 1])
        measured["valence_difference_max"] = float(np.abs(pair[0] - pair[1]).max())
    return measured


def _check_same_model(bundle: Bundle, model: TextModel) -> None:
    metadata, task = bundle.metadata, model.task
    pairs = {
        "task": (metadata.task, task.kind),
        "labels": (metadata.labels, task.labels),
        "config": (metadata.config, model.config),
        "vocabulary": (metadata.tokenizer.sha256, model.tokenizer.sha256),
        "pooling": (metadata.pooling, task.pooling),
        "max_length": (metadata.max_length, task.max_length),
    }
    for name, (in_bundle, in_folder) in pairs.items():
        if in_bundle != in_folder:
            raise ValueError(
                f"The bundle was not built from this model folder: its {name} is "
                f"{in_bundle!r:.80}, the folder's is {in_folder!r:.80}."
            )
