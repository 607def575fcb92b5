"""The whole comparison: build every recipe, let each answer, measure each, put them together."""

from __future__ import annotations

import importlib.metadata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bert_tf.file_hash import file_sha256
from bert_tf.models.model_folder import TextModel, load_model
from export.build import build
from export.errors import ExportError
from export.failures import failure_text, failures
from export.golden_examples import float_outputs
from export.pack import bundle_task, read_papers
from export.pareto.disagreement import find_disagreements
from export.pareto.kept_builds import KeptBuilds, model_hash
from export.pareto.measurement import ROUNDS, Speed, Trial, measure_speeds, try_bundle
from export.pareto.recommendation import Bounds
from export.pareto.report import FailedRecipe, MeasuredRecipe, ParetoReport
from export.pareto.task_score import metric_for, task_score
from export.pareto.trial_data import TrialColumns, TrialData, read_trial_data
from export.recipes import Recipe, violations
from export.runtime.bundle import read_bundle
from export.runtime.processors import available_processors, processor_name
from export.texts import read_texts
from export.verify import MIN_TEXTS, compare_answers
from export.watched_texts import WatchedTexts

SHOWN = 20  # texts of disagreement a recipe
_TOOLS = ("ai-edge-litert", "ai-edge-quantizer", "tensorflow")
Progress = Callable[[str, int, int], None]  # what is done now, steps done, steps in all

# Axis letters: N texts, D values of the output.


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """What to compare, on what."""

    folder: Path  # of the model
    output: Path  # where bundles go, and come from if an earlier run built them
    recipes: tuple[Recipe, ...]
    data: Path  # texts to compare on
    columns: TrialColumns
    build_data: Path | None = None  # texts that recipes choose by; None = those of `data`
    bounds: Bounds
    seconds: float  # of measuring the speed of one bundle
    rounds: int = ROUNDS  # that these seconds are cut into
    shown: int = SHOWN  # texts of disagreement a recipe
    rebuild: bool = False  # build also what an earlier run has built


@dataclass(frozen=True, kw_only=True)
class _Answered:
    """A bundle that could be built and run."""

    recipe: Recipe
    path: Path
    kept: bool
    trial: Trial


class _Steps:
    """Counts the steps for the progress."""

    def __init__(self, progress: Progress, total: int) -> None:
        self._progress, self.total, self.done = progress, total, 0

    def begin(self, what: str) -> None:
        """Say what is being done."""
        self._progress(what, self.done, self.total)

    def end(self, count: int = 1) -> None:
        """Count what was done."""
        self.done += count


def compare(comparison: Comparison, *, progress: Progress = lambda *_: None) -> ParetoReport:
    """Build, run and measure every recipe.

    A recipe that cannot be built or run is listed with the reason and does not stop the others.

    Args:
        comparison: what to do.
        progress: told before each step.

    Raises:
        ExportError: if bundles cannot carry such a model.
        FileExistsError: if a bundle would replace a file of the user's.
        OSError: if a file cannot be read or written.
        ValueError: if the model folder or the data cannot be used.
    """
    each = len(comparison.recipes)
    steps = _Steps(progress, 1 + each * (2 + comparison.rounds))
    steps.begin("the float model")
    model = load_model(comparison.folder)
    bundle_task(model.task)  # refuses before the long work
    data, notes = _read_data(comparison, model)
    kept = KeptBuilds(folder=comparison.output, model_sha256=model_hash(comparison.folder))
    for recipe in comparison.recipes:
        kept.check_free(recipe)
    expected = float_outputs(model, list(data.texts))  # (N, D)
    steps.end()
    answered, failed = _answer_all(comparison, model, data, kept, steps)
    speeds = _measure_all(comparison, answered, steps)
    measured = []
    for bundle in answered:
        speed = speeds[bundle.recipe.name]
        if isinstance(speed, ExportError):
            failed.append(_failure(bundle.recipe, speed))
        else:
            measured.append(_measured(bundle, speed, expected, data, model, comparison.shown))
    return ParetoReport(
        model=model.task.name,
        task=model.task.kind,
        model_sha256=kept.model_sha256,
        data=comparison.data.name,
        data_sha256=file_sha256(comparison.data),
        texts=len(data.texts),
        metric=metric_for(model.task, data),
        processor=processor_name(),
        processors=available_processors(),
        versions={name: importlib.metadata.version(name) for name in _TOOLS},
        bounds=comparison.bounds,
        measured=tuple(measured),
        failed=tuple(failed),
        notes=(*notes, *_seen_texts(comparison, kept, answered)),
    )


def _read_data(comparison: Comparison, model: TextModel) -> tuple[TrialData, list[str]]:
    """The data without texts that no word piece can be made of, and notes on them."""
    data = read_trial_data(comparison.data, comparison.columns, model.task)
    notes = []
    pieces = model.tokenizer.token_ids(list(data.texts))
    rows = [row for row, ids in enumerate(pieces) if ids]
    if len(rows) < len(pieces):
        notes.append(f"{len(pieces) - len(rows)} texts hold no word piece and were left out.")
        data = data.select(rows)
    if len(rows) < MIN_TEXTS:
        notes.append(
            f"{len(rows)} texts say little about rare differences; take {MIN_TEXTS} or more."
        )
    return data, notes


def _seen_texts(
    comparison: Comparison, kept: KeptBuilds, answered: Sequence[_Answered]
) -> list[str]:
    """A note on recipes that were fitted to the texts they are measured on."""
    names = [each.recipe.name for each in answered if kept.looked_at_texts(each.recipe)]
    if comparison.build_data is not None or not names:
        return []
    return [
        f"Fitted to these very texts, so perhaps a little too good here: {', '.join(names)}. "
        "Give other texts with --build-data."
    ]


def _answer_all(
    comparison: Comparison, model: TextModel, data: TrialData, kept: KeptBuilds, steps: _Steps
) -> tuple[list[_Answered], list[FailedRecipe]]:
    source = comparison.build_data
    texts = data.texts if source is None else tuple(read_texts(source))
    papers = read_papers(comparison.folder)
    answered, failed = [], []
    for recipe in comparison.recipes:
        watched = WatchedTexts(texts)
        try:
            found = not comparison.rebuild and kept.holds(recipe, watched)
            if found:
                steps.begin(f"{recipe.name}: built by an earlier run, kept")
            else:
                steps.begin(f"{recipe.name}: building")
                content, _ = build(
                    model,
                    recipe,
                    papers=papers,
                    texts=None if recipe.why_texts is None else watched,
                    enforce_tolerance=False,  # its figures are wanted all the same
                )
                kept.keep(recipe, content, watched)
            steps.end()
            steps.begin(f"{recipe.name}: answering {len(data.texts)} texts")
            trial = try_bundle(kept.path(recipe), data.texts)
            answered.append(
                _Answered(recipe=recipe, path=kept.path(recipe), kept=found, trial=trial)
            )
            steps.end()
        except _failures() as error:
            failed.append(_failure(recipe, error))
            steps.begin(f"{recipe.name}: failed ({failed[-1].reason})")
    return answered, failed


def _failures() -> tuple[type[Exception], ...]:
    """What a recipe may meet on its way; a full disk or Ctrl-C stops everything."""
    return AttributeError, LookupError, TypeError, ValueError, *failures()


def _measure_all(
    comparison: Comparison, answered: Sequence[_Answered], steps: _Steps
) -> dict[str, Speed | ExportError]:
    steps.done = 1 + 2 * len(comparison.recipes)
    steps.total = steps.done + comparison.rounds * len(answered)
    steps.begin("speed of all in turns")

    def report(name: str) -> None:
        steps.end()
        steps.begin(f"speed of all in turns, {name} done")

    return measure_speeds(
        {bundle.recipe.name: bundle.path for bundle in answered},
        seconds=comparison.seconds,
        rounds=comparison.rounds,
        progress=report,
    )


def _measured(
    answered: _Answered,
    speed: Speed,
    expected: NDArray[np.float32],
    data: TrialData,
    model: TextModel,
    shown: int,
) -> MeasuredRecipe:
    bundle = read_bundle(answered.path)
    metadata, answers = bundle.metadata, answered.trial.answers
    figures = compare_answers(metadata, expected, answers)
    metric = metric_for(model.task, data)
    return MeasuredRecipe(
        recipe=answered.recipe.name,
        description=answered.recipe.description,
        file=answered.path.name,
        sha256=bundle.sha256,
        size=bundle.size,
        kept=answered.kept,
        peak_memory=answered.trial.peak_bytes,
        speed=speed,
        score=task_score(metric, answers, expected, data, metadata.label_values),
        measured=figures,
        violations=tuple(violations(figures, dict(metadata.recipe.tolerance))),
        disagreements=find_disagreements(answers, expected, data, metadata.labels, limit=shown),
    )


def _failure(recipe: Recipe, error: Exception) -> FailedRecipe:
    lines = (line.strip() for line in failure_text(error).splitlines())
    return FailedRecipe(
        recipe=recipe.name,
        description=recipe.description,
        reason=next(filter(None, lines), type(error).__name__),
    )
