"""From a Keras model to a sealed bundle, in order."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from bert_tf.models.model_folder import TextModel, load_model
from export.calibration import calibrate
from export.convert import convert
from export.errors import ExportError
from export.golden_examples import float_outputs, golden_texts, make_golden
from export.graph_inspection import inspect_graph
from export.layer_choice import AnswerProbe, Progress, choose_layers
from export.legacy_runtime import legacy_objections
from export.outlier_kernels import rule_outliers
from export.pack import (
    bundle_metadata,
    bundle_task,
    member_files,
    read_papers,
    seal,
    write_container,
)
from export.quantize import quantize
from export.recipes import Recipe
from export.report import BuildReport
from export.runtime.graph_runner import GraphRunner
from export.runtime.metadata import BundleMetadata
from export.serving_model import build_serving_graph

FLOAT_TOLERANCE = 1e-4  # the unquantized graph against Keras; more is a fault, not rounding


def build_from_folder(
    folder: Path,
    recipe: Recipe,
    *,
    texts: Sequence[str] | None = None,
    progress: Progress | None = None,
) -> tuple[bytes, BuildReport]:
    """Load a model folder and build its bundle; arguments and errors as for `build`.

    Raises:
        FileNotFoundError: if this is no model folder.
        ValueError: if it is damaged.
    """
    papers = read_papers(folder)
    return build(load_model(folder), recipe, papers=papers, texts=texts, progress=progress)


def build(
    model: TextModel,
    recipe: Recipe,
    *,
    papers: dict[str, bytes],
    texts: Sequence[str] | None = None,
    progress: Progress | None = None,
) -> tuple[bytes, BuildReport]:
    """Convert, quantize, prove and pack.

    Args:
        model: a trained model.
        recipe: how to store the weights.
        papers: model card and licence, by name.
        texts: real ones; needed by a recipe that chooses layers or is calibrated.
        progress: told how many kernels, or texts, of how many were measured.

    Returns:
        The bundle's bytes and what is worth knowing about them.

    Raises:
        ExportError: if the graph cannot be built of built-in operators, or does not compute what
            the Keras model computes.
        ValueError: if the recipe needs texts and there are too few.
    """
    if recipe.why_texts is not None and texts is None:
        raise ValueError(f"The recipe {recipe.name} {recipe.why_texts}: give some (--data).")
    bundle_task(model.task)  # refuses before the long work
    serving = build_serving_graph(model)
    converted = convert(serving.function)
    metadata = bundle_metadata(model, serving, recipe)
    float_difference = _check_conversion(model, converted, metadata)
    small = _small(model, converted, recipe, metadata, texts=texts or (), progress=progress)
    files = tuple(member_files(metadata, papers))
    graph = write_container(small, metadata, files)
    if recipe.for_legacy_runtime and (objections := legacy_objections(graph)):
        raise ExportError(f"tflite-runtime 2.14 cannot run the graph: {'; '.join(objections)}.")
    runner = GraphRunner(graph, metadata)
    golden = make_golden(model, runner, tolerance=recipe.golden_tolerance[metadata.task])
    vocabulary = model.tokenizer.vocabulary_bytes()
    content = seal(graph, metadata, golden, vocabulary=vocabulary, papers=papers)
    outputs = np.array([example.output for example in golden.examples])
    reference = np.array([example.float_output for example in golden.examples])
    return content, BuildReport(
        name=metadata.name,
        task=metadata.task,
        recipe=recipe.name,
        size=len(content),
        float_size=len(converted),
        graph=inspect_graph(graph),
        float_difference=float_difference,
        golden_difference=float(np.abs(outputs - reference).max()),
        golden_texts=len(golden.examples),
    )


def _small(
    model: TextModel,
    graph: bytes,
    recipe: Recipe,
    metadata: BundleMetadata,
    *,
    texts: Sequence[str],
    progress: Progress | None,
) -> bytes:
    """The quantized graph; first what the recipe leaves open is settled on the texts."""
    if recipe.narrower is not None:
        probe = AnswerProbe(graph, metadata, model.tokenizer, texts)
        recipe = choose_layers(graph, recipe, probe, progress=progress)
    if recipe.after_gelu is not None:
        recipe = rule_outliers(graph, recipe)
    if not recipe.calibrated:
        return quantize(graph, recipe)
    length = metadata.max_length
    ranges = calibrate(graph, recipe, model.tokenizer, texts, max_length=length, progress=progress)
    return quantize(graph, recipe, ranges)


def _check_conversion(model: TextModel, graph: bytes, metadata: BundleMetadata) -> float:
    """The largest difference between the unquantized graph and Keras, on the golden texts.

    One padded batch, so that the mask is put to the test too.
    """
    texts = list(golden_texts(model.task.max_length))
    batch = model.tokenizer.batch(texts, max_length=model.task.max_length)
    found = GraphRunner(graph, metadata).run(batch.token_ids, batch.padding_mask)  # (N, D)
    difference = float(np.abs(found - float_outputs(model, texts)).max())
    if not difference <= FLOAT_TOLERANCE:
        raise ExportError(
            f"The converted graph differs from the Keras model by {difference:.2e}, at most "
            f"{FLOAT_TOLERANCE:.0e} is rounding. The model has parts that the device graph lacks."
        )
    return difference
