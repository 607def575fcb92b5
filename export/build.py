"""From a Keras model to a sealed bundle, in order."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from bert_tf.models.model_folder import TextModel, load_model
from export.answer_probe import AnswerProbe, text_rows
from export.calibration import calibrate
from export.convert import convert
from export.errors import ExportError
from export.golden_examples import float_outputs, golden_texts, make_golden
from export.graph_inspection import GraphFacts, inspect_graph
from export.kernel_rounding import KernelRounder
from export.layer_choice import Progress, choose_layers, narrowed_graph
from export.legacy_runtime import legacy_objections
from export.mask_operators import keep_mask_float
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
from export.runtime.golden import Golden
from export.runtime.graph_runner import GraphRunner
from export.runtime.metadata import BundleMetadata
from export.serving_model import build_serving_graph
from export.tolerance_check import MIN_TEXTS, check_on_golden, check_on_texts, require_within
from export.watched_texts import WatchedTexts

_JUDGED = 300  # texts that a choice of layers looks at; more cost time and change little
_LEARNED = 1000  # texts that kernels of four bits are rounded on; with 300 they are a little worse
_SEED = 0
FLOAT_TOLERANCE = 1e-4  # the unquantized graph against Keras; more is a fault, not rounding


def build_from_folder(
    folder: Path,
    recipe: Recipe,
    *,
    texts: Sequence[str] | None = None,
    progress: Progress | None = None,
    enforce_tolerance: bool = True,
) -> tuple[bytes, BuildReport]:
    """Load a model folder and build its bundle; arguments and errors as for `build`.

    Raises:
        FileNotFoundError: if this is no model folder.
        ValueError: if it is damaged.
    """
    papers = read_papers(folder)
    return build(
        load_model(folder),
        recipe,
        papers=papers,
        texts=texts,
        progress=progress,
        enforce_tolerance=enforce_tolerance,
    )


def build(
    model: TextModel,
    recipe: Recipe,
    *,
    papers: dict[str, bytes],
    texts: Sequence[str] | None = None,
    progress: Progress | None = None,
    enforce_tolerance: bool = True,
) -> tuple[bytes, BuildReport]:
    """Convert, quantize, prove and pack.

    Args:
        model: a trained model.
        recipe: how to store the weights.
        papers: model card and licence, by name.
        texts: real ones, at least `MIN_TEXTS`; needed by a recipe that chooses layers or is
            calibrated. The answers are then compared on those that are left, else on golden texts.
        progress: told how many kernels, or texts, of how many were measured.
        enforce_tolerance: refuse a graph beyond the recipe's tolerance; else it is only reported.

    Returns:
        The bundle's bytes and what is worth knowing about them.

    Raises:
        ExportError: if the graph cannot be built of built-in operators, does not compute what the
            Keras model computes, or is beyond the recipe's tolerance.
        ValueError: if the recipe needs texts and there are none, or too few are given.
    """
    given = _watched(recipe, texts)
    bundle_task(model.task)  # refuses before the long work
    serving = build_serving_graph(model)
    converted = convert(serving.function)
    metadata = bundle_metadata(model, serving, recipe)
    float_difference = _check_conversion(model, converted, metadata)
    small = _small(
        model,
        converted,
        recipe,
        metadata,
        texts=given or (),
        progress=progress,
        enforce_tolerance=enforce_tolerance,
    )
    files = tuple(member_files(metadata, papers))
    graph = write_container(small, metadata, files)
    if recipe.for_legacy_runtime and (objections := legacy_objections(graph)):
        raise ExportError(f"tflite-runtime 2.14 cannot run the graph: {'; '.join(objections)}.")
    runner = GraphRunner(graph, metadata)
    golden = make_golden(model, runner, tolerance=recipe.golden_tolerance[metadata.task])
    if given is None:
        check = check_on_golden(golden, metadata)
    else:
        check = check_on_texts(converted, graph, metadata, model.tokenizer, given)
    if enforce_tolerance:
        require_within(check, metadata)
    vocabulary = model.tokenizer.vocabulary_bytes()
    content = seal(graph, metadata, golden, vocabulary=vocabulary, papers=papers)
    facts = inspect_graph(graph)
    return content, BuildReport(
        name=metadata.name,
        task=metadata.task,
        recipe=recipe.name,
        size=len(content),
        float_size=len(converted),
        graph=facts,
        float_difference=float_difference,
        golden_difference=_golden_difference(golden),
        golden_texts=len(golden.examples),
        narrowed=_narrowed_kernels(recipe, facts),
        tolerance=check,
    )


def _watched(recipe: Recipe, texts: Sequence[str] | None) -> WatchedTexts | None:
    """The texts, so that it is known which of them the build reads."""
    if texts is None:
        if recipe.why_texts is not None:
            raise ValueError(f"The recipe {recipe.name} {recipe.why_texts}: give some (--data).")
        return None
    if len(texts) < MIN_TEXTS:
        raise ValueError(f"At least {MIN_TEXTS} texts are needed, received {len(texts)}.")
    return texts if isinstance(texts, WatchedTexts) else WatchedTexts(texts)


def _golden_difference(golden: Golden) -> float:
    """The largest difference between the bundle and Keras."""
    outputs = np.array([example.output for example in golden.examples])  # (N, D)
    reference = np.array([example.float_output for example in golden.examples])  # (N, D)
    return float(np.abs(outputs - reference).max())


def _narrowed_kernels(recipe: Recipe, facts: GraphFacts) -> int | None:
    """How many kernels are stored in the fewer bits of a recipe that chooses some."""
    if recipe.narrower is None:
        return None
    return facts.kernels.get(f"INT{recipe.narrower.bits}", 0)


def _small(
    model: TextModel,
    graph: bytes,
    recipe: Recipe,
    metadata: BundleMetadata,
    *,
    texts: Sequence[str],
    progress: Progress | None,
    enforce_tolerance: bool,
) -> bytes:
    """The quantized graph; first what the recipe leaves open is settled on the texts."""
    if recipe.narrower is not None:
        judged, learned = _two_parts(texts)
        probe = AnswerProbe(graph, metadata, model.tokenizer, judged)
        rows = text_rows(model.tokenizer, learned, max_length=metadata.max_length)
        rounder = KernelRounder(graph, rows, block=recipe.narrower.block)
        names = choose_layers(
            graph, recipe, probe, rounder, progress=progress, enforce_tolerance=enforce_tolerance
        )
        return narrowed_graph(graph, recipe, names, rounder)
    if recipe.after_gelu is not None:
        recipe = rule_outliers(graph, recipe)
    if not recipe.calibrated:
        return quantize(graph, recipe)
    recipe = keep_mask_float(graph, recipe)
    length = metadata.max_length
    ranges = calibrate(graph, recipe, model.tokenizer, texts, max_length=length, progress=progress)
    return quantize(graph, recipe, ranges)


def _two_parts(texts: Sequence[str]) -> tuple[list[str], list[str]]:
    """Texts to judge layers by, and others to round them on, drawn the same way each time.

    Where too few are left, the same ones do for both.
    """
    order = np.random.default_rng(_SEED).permutation(len(texts))  # files are often sorted
    judged = [texts[place] for place in order[:_JUDGED]]
    learned = [texts[place] for place in order[_JUDGED : _JUDGED + _LEARNED]]
    return judged, learned if len(learned) >= MIN_TEXTS else judged


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
