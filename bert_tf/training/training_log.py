"""What a run tells while it runs: TensorBoard's scalars and a progress line."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import TracebackType

import tensorflow as tf

from bert_tf.training.progress import TrainingProgress
from bert_tf.training.training_task import Evaluation

_NOT_SHOWN = ("gradient_norm",)  # on the progress line; TensorBoard has it


class TrainingLog:
    """Writes TensorBoard's files into a folder and shows progress on standard error."""

    def __init__(
        self,
        folder: Path | None,
        *,
        total_steps: int,
        done_steps: int,
        unit: str,
        log_steps: int,
        quiet: bool,
    ) -> None:
        """Begin to tell.

        Args:
            folder: for TensorBoard's files; None writes none.
            total_steps: of the whole run.
            done_steps: by earlier processes.
            unit: what is counted a second.
            log_steps: steps between the points of a curve.
            quiet: show no progress line.
        """
        self._writer = (
            tf.summary.create_noop_writer()
            if folder is None
            else tf.summary.create_file_writer(str(folder))
        )
        self._unit, self._log_steps = unit, log_steps
        self._shown = TrainingProgress(total_steps, unit=unit, done_steps=done_steps, quiet=quiet)

    def __enter__(self) -> TrainingLog:
        self._shown.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._shown.__exit__(kind, error, traceback)
        self._writer.close()

    def step_done(
        self,
        step: int,
        *,
        measured: Mapping[str, float],
        rates: Mapping[str, float],
        learning_rate: float,
        units: int,
        seconds: float,
    ) -> None:
        """Tell of one step, from 1: what it measured and how long it took."""
        shown = {name: value for name, value in measured.items() if name not in _NOT_SHOWN}
        self._shown.advance(units=units, seconds=seconds, scalars={**shown, **rates})
        if step % self._log_steps:
            return
        scalars = {
            **measured,
            **rates,
            "learning_rate": learning_rate,
            f"{self._unit}_per_second": units / max(1e-9, seconds),
        }
        with self._writer.as_default():
            for name, value in scalars.items():
                tf.summary.scalar(f"train/{name}", value, step=step)

    def evaluated(self, step: int, evaluation: Evaluation, *, is_best: bool) -> None:
        """Tell of one evaluation."""
        values = {evaluation.name: evaluation.value, **evaluation.scalars}
        with self._writer.as_default():
            for name, value in values.items():
                tf.summary.scalar(f"dev/{name}", value, step=step)
        first = f"{evaluation.name} {values.pop(evaluation.name):.4f}"
        best = " (best so far)" if is_best else ""
        more = "".join(f", {name} {value:.4f}" for name, value in values.items())
        self._shown.say(f"step {step}: dev {first}{best}{more}")

    def flush(self) -> None:
        """Write what TensorBoard has so far."""
        self._writer.flush()
