"""The loop of every training: steps, evaluations, checkpoints, and an exact way back."""

from __future__ import annotations

import dataclasses
import math
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from bert_tf.training.checkpoint_manager import Checkpoint, CheckpointError, CheckpointManager
from bert_tf.training.divergence import (
    MAX_OVERFLOWS,
    check_evaluation,
    check_measured,
    check_weights,
)
from bert_tf.training.interruption import Interruption, catch_interruption
from bert_tf.training.optimizer import BertOptimizer
from bert_tf.training.run_lock import run_lock
from bert_tf.training.training_log import TrainingLog
from bert_tf.training.training_state import capture, restore
from bert_tf.training.training_task import Batch, Evaluation, ReportsRates, TrainingTask

BEST = "best"  # the checkpoint of the weights that dev liked most

TrainStep = Callable[[Batch], dict[str, float]]


class TrainingInterruptedError(Exception):
    """Somebody stopped the run; its state is saved and the same command goes on."""


class OtherRunError(ValueError):
    """The folder holds a run that this one does not continue."""


@dataclass(frozen=True, kw_only=True)
class LoopSettings:
    """When to save, what to keep, when to stop early."""

    checkpoint_steps: int = 200  # steps between resumable checkpoints; 0 = by time alone
    checkpoint_seconds: float = 0.0  # seconds between them; 0 = by steps alone
    keep: int = 2  # newest checkpoints kept, beside the best
    patience: int = 0  # evaluations without a better value before stopping; 0 = never
    restore_best: bool = True  # end with the best evaluation's weights, not with the last
    log_steps: int = 10  # steps between the points of TensorBoard's curves

    def __post_init__(self) -> None:
        for name in ("keep", "log_steps"):
            if getattr(self, name) < 1:
                raise ValueError(f"{name} must be at least 1, received {getattr(self, name)}.")
        for name in ("checkpoint_steps", "checkpoint_seconds", "patience"):
            if not 0 <= getattr(self, name) < math.inf:
                raise ValueError(f"{name} must not be negative, received {getattr(self, name)}.")


@dataclass(frozen=True, kw_only=True)
class LoopResult:
    """What a finished run leaves beside the trained model."""

    steps: int  # optimizer steps done
    best_step: int | None  # steps that the best weights had; None if nothing was evaluated
    best_evaluation: Evaluation | None  # of those
    evaluations: dict[int, Evaluation]  # by steps done, earlier processes included


class TrainingLoop:
    """One run in one output folder; goes on exactly where an earlier one stopped."""

    def __init__(
        self,
        task: TrainingTask,
        step: TrainStep,
        optimizer: BertOptimizer,
        folder: Path,
        settings: LoopSettings,
        *,
        quiet: bool = False,
        chief: bool = True,
    ) -> None:
        """Prepare a run; nothing is read or written before `run`.

        Args:
            task: what to learn, with the start weights in its model.
            step: takes one optimizer step on a batch; see `make_train_step`.
            optimizer: the one that `step` uses.
            folder: the run's; gets `checkpoints/` and `tensorboard/`.
            settings: when to save and stop.
            quiet: show no progress.
            chief: whether this process writes; of several that train one model together one
                does, and the others read its checkpoints.
        """
        self.task, self.settings = task, settings
        self.quiet, self.chief = quiet or not chief, chief
        self.folder = Path(folder)
        self.checkpoints = CheckpointManager(folder=self.folder / "checkpoints", keep=settings.keep)
        self.resumed_step = 0  # from which step `run` went on; 0 for a new run
        self._step, self._optimizer = step, optimizer
        self._fingerprint = ""
        self._done = 0  # optimizer steps
        self._judged = 0  # steps that the last evaluation saw
        self._overflows = 0  # steps in a row that the loss scale skipped
        self._saved_at = 0.0  # clock of the last checkpoint
        self._evaluations: dict[int, Evaluation] = {}

    def run(self) -> LoopResult:
        """Train to the end.

        Raises:
            TrainingInterruptedError: after Ctrl-C or SIGTERM, with the state saved.
            TrainingDivergedError: if loss, gradient or weights became infinite or no number.
            OtherRunError: if the folder holds a run with other settings, data or weights.
            RunLockedError: if another process trains in this folder.
            OSError: if a checkpoint cannot be written; older ones stay.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        with run_lock(self.folder) if self.chief else nullcontext():
            self._resume()
            log = TrainingLog(
                self.folder / "tensorboard" if self.chief else None,
                total_steps=self.task.total_steps,
                done_steps=self._done,
                unit=self.task.unit,
                log_steps=self.settings.log_steps,
                quiet=self.quiet,
            )
            with catch_interruption() as stop, ThreadPoolExecutor(1) as feeder, log:
                self._run(stop, feeder, log)
            return self._finish()

    def _run(self, stop: Interruption, feeder: ThreadPoolExecutor, log: TrainingLog) -> None:
        coming: Future[Batch] | None = None
        while True:
            if self._done > self._judged and self._done in self.task.evaluation_steps:
                self._evaluate(log)
                self._save(log)
                self._stop_if(stop)
            if self._done >= self.task.total_steps or self._is_stale():
                return
            batch = coming.result() if coming is not None else self.task.batch(self._done)
            if self._done + 1 < self.task.total_steps:
                coming = feeder.submit(self.task.batch, self._done + 1)
            self._take_step(batch, log)
            if stop.requested or self._checkpoint_is_due():
                self._save(log)
            self._stop_if(stop)

    def _take_step(self, batch: Batch, log: TrainingLog) -> None:
        rate = self._optimizer.learning_rate
        start = time.perf_counter()
        measured = self._step(batch)
        seconds = time.perf_counter() - start
        self._check(measured, rate)
        self._done += 1
        task = self.task
        log.step_done(
            self._done,
            measured=measured,
            rates=task.rates(batch, seconds) if isinstance(task, ReportsRates) else {},
            learning_rate=rate,
            units=task.units(batch),
            seconds=seconds,
        )

    def _check(self, measured: dict[str, float], rate: float) -> None:
        """A loss scale finds its size by overflows: those skipped a step and broke nothing."""
        scaled = self._optimizer.loss_scale is not None
        overflown = scaled and not math.isfinite(measured.get("gradient_norm", 0.0))
        self._overflows = self._overflows + 1 if overflown else 0
        if overflown and self._overflows < MAX_OVERFLOWS:
            measured = {k: v for k, v in measured.items() if k != "gradient_norm"}
        check_measured(measured, step=self._done + 1, learning_rate=rate)

    def _checkpoint_is_due(self) -> bool:
        if self._done in self.task.evaluation_steps:
            return False  # the evaluation that comes first belongs into it
        every, seconds = self.settings.checkpoint_steps, self.settings.checkpoint_seconds
        return (
            self._done == self.task.total_steps
            or bool(every and self._done % every == 0)
            or bool(seconds and time.monotonic() - self._saved_at >= seconds)
        )

    def _stop_if(self, stop: Interruption) -> None:
        if stop.requested:
            raise TrainingInterruptedError(
                f"Stopped at step {self._done} of {self.task.total_steps}."
            )

    def _evaluate(self, log: TrainingLog) -> None:
        evaluation = self.task.evaluate()
        self._judged = self._done
        if evaluation is None:
            return
        rate = self._optimizer.learning_rate
        values = {evaluation.name: evaluation.value, **evaluation.scalars}
        check_evaluation(values, step=self._done, learning_rate=rate)
        self._evaluations[self._done] = evaluation
        is_best = self._best_step() == self._done
        if is_best and self.settings.restore_best and self.chief:
            arrays = capture(self.task.model)
            check_weights(arrays, step=self._done, learning_rate=rate)
            marks = {"fingerprint": self._fingerprint}
            best = Checkpoint(step=self._done, arrays=arrays, values=marks)
            self.checkpoints.save(best, name=BEST)
        log.evaluated(self._done, evaluation, is_best=is_best)

    def _best_step(self) -> int | None:
        """The first of the steps with the highest value."""
        found = self._evaluations
        return max(found, key=lambda step: found[step].value, default=None)

    def _is_stale(self) -> bool:
        best = self._best_step()
        if not self.settings.patience or best is None:
            return False
        return sum(step > best for step in self._evaluations) >= self.settings.patience

    def _save(self, log: TrainingLog) -> None:
        if not self.chief:
            return
        arrays = capture(self.task.model, self._optimizer)
        check_weights(arrays, step=self._done, learning_rate=self._optimizer.learning_rate)
        values: dict[str, Any] = {
            "fingerprint": self._fingerprint,
            "judged": self._judged,
            "overflows": self._overflows,
            "evaluations": [
                [step, dataclasses.asdict(found)] for step, found in self._evaluations.items()
            ],
        }
        self.checkpoints.save(Checkpoint(step=self._done, arrays=arrays, values=values))
        self._saved_at = time.monotonic()
        log.flush()

    def _resume(self) -> None:
        """Go back to the newest checkpoint, if it is one of this very run."""
        self._saved_at = time.monotonic()
        kept = f"patience={self.settings.patience}"  # decides the result as the task's do
        self._fingerprint = sha256(f"{self.task.fingerprint()} {kept}".encode()).hexdigest()
        checkpoint = self.checkpoints.latest()
        if checkpoint is None:
            return
        if checkpoint.values.get("fingerprint") != self._fingerprint:
            raise OtherRunError(
                f"{self.folder} holds a run with other settings, data or start weights. "
                "Choose another output folder, or delete this one."
            )
        restore(checkpoint.arrays, self.task.model, self._optimizer)
        self._done = self.resumed_step = checkpoint.step
        self._judged = checkpoint.values["judged"]
        self._overflows = checkpoint.values["overflows"]
        self._evaluations = {
            step: Evaluation(**found) for step, found in checkpoint.values["evaluations"]
        }

    def _finish(self) -> LoopResult:
        best = self._best_step()
        if best is not None and self.settings.restore_best and self.chief:
            kept = self.checkpoints.named(BEST)
            if kept is None or kept.values.get("fingerprint") != self._fingerprint:
                raise CheckpointError(
                    f"The best weights in {self.checkpoints.folder} are damaged; delete the "
                    "output folder and train again."
                )
            restore(kept.arrays, self.task.model)
        return LoopResult(
            steps=self._done,
            best_step=best,
            best_evaluation=None if best is None else self._evaluations[best],
            evaluations=dict(self._evaluations),
        )
