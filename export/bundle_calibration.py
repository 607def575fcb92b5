"""A finished bundle whose probabilities mean what they say, without the model it was made from."""

from __future__ import annotations

import dataclasses
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bert_tf.data.classification_examples import Columns, read_classification
from bert_tf.models.task import Task
from bert_tf.training.calibration import HIGHEST, LOWEST, fit_temperature
from bert_tf.training.classification_evaluation import (
    ClassificationReport,
    evaluate_classification,
)
from bert_tf.training.metrics import calibration_error
from bert_tf.training.model_card import with_figures
from export.errors import ExportError
from export.golden_examples import rounded
from export.head_temperature import divide_logits
from export.runtime import bundle as reader
from export.runtime.bundle import Bundle, open_archive, read_bundle, seal_bundle
from export.runtime.engine import Engine
from export.runtime.golden import GOLDEN, Golden, GoldenExample
from export.runtime.graph_runner import GraphRunner
from export.runtime.manifest import MANIFEST
from export.runtime.metadata import METADATA, BundleMetadata
from export.runtime.proof import prove

# Axis letters: N texts, C classes.
Probabilities = NDArray[np.float32]
MIN_TEXTS = 100  # fewer do not tell a temperature
_ROUNDING = 1e-2  # of a head in float16; others stay below 1e-5


@dataclass(frozen=True, kw_only=True)
class BundleCalibration:
    """What a temperature did to a bundle."""

    name: str  # of the bundle
    data: str  # name of the file it was fitted on
    texts: int
    temperature: float
    calibration_error_before: float
    calibration_error_after: float
    measured: ClassificationReport  # on the same texts, afterwards

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON values."""
        return asdict(self)

    def render(self) -> str:
        """One line for people."""
        return (
            f"{self.name}: temperature {self.temperature:.3f}, fitted on {self.texts} texts of "
            f"{self.data}; expected calibration error {self.calibration_error_before:.4f} before, "
            f"{self.calibration_error_after:.4f} after."
        )


def calibrate_bundle(source: Path, data: Path, columns: Columns) -> tuple[bytes, BundleCalibration]:
    """Fit a temperature on labelled texts and fold it into the bundle's head.

    The weights of the encoder keep every bit, the order of the classes of a text never changes.
    Golden examples, figures and model card follow.

    Args:
        source: a classifier's bundle.
        data: texts that the model has not learned from; .csv or .jsonl.
        columns: of the file; a distribution counts as the share of people for each class.

    Returns:
        The new bundle's bytes and what is worth knowing about them.

    Raises:
        BundleError: if the file is no bundle.
        ExportError: if it is no classifier, its head cannot be scaled, or the texts do not tell a
            temperature.
        DataError: if the texts cannot be read.
    """
    bundle = prove(source)
    content, graph_size, files = open_archive(bundle.content)
    if bundle.metadata.task != "classification":
        raise ExportError(
            f"Only a classification can be calibrated; {source} is of task {bundle.metadata.task}."
        )
    examples = read_classification(data, columns, bundle.metadata.labels)
    texts, targets = list(examples.texts[0]), examples.arrays["targets"]
    before = _answers(bundle, texts)
    temperature = _fitted(before, targets)
    after = sharpen(before, temperature)
    report = evaluate_classification(after, examples, bundle.metadata.label_values)
    found = {
        "temperature": temperature,
        "calibration_error_before": calibration_error(before, targets),
        "calibration_error_after": calibration_error(after, targets),
    }
    note = {"data": data.name, "texts": len(examples), **found}
    metadata = _noted(bundle.metadata, note, {data.stem: asdict(report)})
    graph = divide_logits(content[:graph_size], temperature)
    members = {name: member for name, member in files.items() if name != MANIFEST}
    members[METADATA] = metadata.to_bytes()
    members[GOLDEN] = _golden(bundle, graph, temperature).to_bytes()
    if reader.MODEL_CARD in members:
        card = members[reader.MODEL_CARD].decode("utf-8", "replace")
        task = _task(metadata)
        words = with_figures(card, task, report, report_name=data.stem)
        members[reader.MODEL_CARD] = words.encode("utf-8")
    sealed = seal_bundle(graph, members)
    _check(sealed, texts, after)
    return sealed, BundleCalibration(
        name=metadata.name, data=data.name, texts=len(examples), measured=report, **found
    )


def _answers(bundle: Bundle, texts: list[str]) -> Probabilities:
    """What the bundle says, (N, C), if the texts are enough and have something to read."""
    if len(texts) < MIN_TEXTS:
        raise ExportError(
            f"At least {MIN_TEXTS} texts are needed to fit a temperature, received {len(texts)}."
        )
    with Engine(bundle) as engine:
        outputs = engine.outputs(texts)
    if len(blank := np.flatnonzero(outputs.tokens == 0)):
        raise ExportError(
            f"{len(blank)} of the texts hold nothing that the model reads, first "
            f"{texts[blank[0]]!a}; leave them out."
        )
    return outputs.values


def _fitted(probabilities: Probabilities, targets: NDArray[np.float32]) -> float:
    temperature = fit_temperature(probabilities, targets)
    if not LOWEST * 1.01 < temperature < HIGHEST * 0.99:
        raise ExportError(
            f"No temperature fits these texts best: the search ended at {temperature:.3g}. The "
            "model makes no mistake on them, or hardly ever hits; give more and other texts."
        )
    return temperature


def sharpen(probabilities: Probabilities, temperature: float) -> Probabilities:
    """The probabilities (N, C) of logits divided by a temperature; above 1 they get flatter."""
    logits = np.log(np.maximum(np.asarray(probabilities, np.float64), 1e-30)) / temperature
    powers = np.exp(logits - logits.max(axis=-1, keepdims=True))
    result: Probabilities = (powers / powers.sum(axis=-1, keepdims=True)).astype(np.float32)
    return result


def _noted(
    metadata: BundleMetadata, note: dict[str, Any], metrics: dict[str, Any]
) -> BundleMetadata:
    """The metadata that says what was done. Figures of the probabilities before it go."""
    earlier = metadata.provenance.get("calibration")
    entries = [*(earlier if isinstance(earlier, list) else []), note]
    provenance = {**metadata.provenance, "calibration": entries}
    return dataclasses.replace(metadata, provenance=provenance, metrics=metrics)


def _golden(bundle: Bundle, graph: bytes, temperature: float) -> Golden:
    runner = GraphRunner(graph, bundle.metadata)
    examples = []
    for example in bundle.golden.examples:
        output = runner.run(np.array([example.token_ids], np.int32))[0]  # (C,)
        expected = sharpen(np.array([example.float_output], np.float32), temperature)[0]
        examples.append(
            GoldenExample(
                text=example.text,
                token_ids=example.token_ids,
                output=rounded(output),
                float_output=rounded(expected),
            )
        )
    room = max(1.0, 1 / temperature)  # sharper probabilities differ more between processors
    tolerance = min(1.0, room * bundle.golden.tolerance)
    return Golden(tolerance=tolerance, examples=tuple(examples))


def _task(metadata: BundleMetadata) -> Task:
    """As far as a model card asks."""
    return Task(
        kind=metadata.task,
        name=metadata.name,
        language=metadata.language,
        max_length=metadata.max_length,
        pooling=metadata.pooling,
        labels=metadata.labels,
        label_values=metadata.label_values,
        licence=metadata.licence,
        provenance=metadata.provenance,
    )


def _check(sealed: bytes, texts: list[str], expected: Probabilities) -> None:
    """The new file answers what was computed beside it, or it is not given out."""
    with Engine(read_bundle(sealed)) as engine:
        found = engine.outputs(texts).values  # (N, C)
    largest = float(np.abs(found - expected).max())
    if not largest <= _ROUNDING:
        raise ExportError(
            f"The calibrated graph differs from what its temperature gives by {largest:.2e}; at "
            f"most {_ROUNDING:.0e} is rounding. Calibrate the model folder instead."
        )
