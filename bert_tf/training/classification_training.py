"""Fine-tuning of a classifier: the loop, its evaluations and its checkpoints."""

from __future__ import annotations

import dataclasses
import json
import math
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from bert_tf.data.classification_examples import ClassificationExamples
from bert_tf.data.length_batches import length_batches, padded_length
from bert_tf.models.bert_classifier import BertClassifier
from bert_tf.training.checkpoint_manager import Checkpoint, CheckpointError, CheckpointManager
from bert_tf.training.classification_evaluation import (
    METRICS,
    ClassificationReport,
    Metric,
    evaluate_classification,
)
from bert_tf.training.classification_step import make_classification_step
from bert_tf.training.interruption import catch_interruption
from bert_tf.training.optimizer import make_optimizer
from bert_tf.training.progress import TrainingProgress
from bert_tf.training.training_state import capture, restore


class TrainingInterruptedError(Exception):
    """Somebody stopped the run; its state is saved and the same command goes on."""


class TrainingDivergedError(RuntimeError):
    """The loss is no number any more; the last good checkpoint is kept."""


@dataclass(frozen=True, kw_only=True)
class FinetuneSettings:
    """How to fine-tune; with the data and the start weights it decides the result."""

    epochs: int = 3  # passes over the training texts
    batch_size: int = 32  # texts a step
    learning_rate: float = 1e-4  # peak of the schedule
    warmup_share: float = 0.1  # share of the steps in which the rate rises
    weight_decay: float = 0.01  # AdamW's, not on biases and LayerNorm
    clip_norm: float = 1.0  # longest global gradient
    value_loss_weight: float = 0.0  # weight of the expectation's squared error
    metric: Metric = "accuracy"  # what dev is judged by
    patience: int = 2  # epochs without a better dev metric before stopping; 0 = never
    checkpoint_steps: int = 200  # steps between resumable checkpoints
    length_multiple: int = 8  # batches are padded to a multiple of so many tokens
    seed: int = 1  # of order, dropout and head

    def __post_init__(self) -> None:
        for name in ("epochs", "batch_size", "checkpoint_steps", "length_multiple"):
            if getattr(self, name) < 1:
                raise ValueError(f"{name} must be at least 1, received {getattr(self, name)}.")
        for name in ("learning_rate", "clip_norm"):
            if not 0 < getattr(self, name) < math.inf:
                raise ValueError(f"{name} must be positive, received {getattr(self, name)}.")
        for name in ("weight_decay", "value_loss_weight", "patience", "seed"):
            if not 0 <= getattr(self, name) < math.inf:
                raise ValueError(f"{name} must not be negative, received {getattr(self, name)}.")
        if self.metric not in METRICS:
            raise ValueError(
                f"metric must be one of {', '.join(METRICS)}, received {self.metric!r}."
            )
        if not 0 <= self.warmup_share < 1:
            raise ValueError(f"warmup_share must be in [0, 1), received {self.warmup_share}.")


@dataclass(frozen=True, kw_only=True)
class FinetuneResult:
    """What a finished run leaves beside the trained model."""

    best_epoch: int  # the epoch, from 1, whose weights the model now has
    reports: list[ClassificationReport]  # dev after each epoch of this process
    steps: int  # optimizer steps done


class ClassificationTraining:
    """One run of fine-tuning in one output folder; goes on where an earlier one stopped."""

    def __init__(
        self,
        model: BertClassifier,
        train: ClassificationExamples,
        dev: ClassificationExamples,
        settings: FinetuneSettings,
        folder: Path,
        *,
        quiet: bool = False,
    ) -> None:
        if settings.metric == "valence_r" and (
            dev.values is None or model.task.label_values is None
        ):
            raise ValueError(
                "metric must be one of accuracy, macro_f1, cross_entropy for data without a value "
                "column and labels without values, received 'valence_r'."
            )
        if settings.value_loss_weight and (train.values is None or model.task.label_values is None):
            raise ValueError(
                "value_loss_weight must be 0 for data without a value column and labels without "
                f"values, received {settings.value_loss_weight}."
            )
        self.model, self.train, self.dev = model, train, dev
        self.settings = settings
        self.quiet = quiet
        self.checkpoints = CheckpointManager(folder=Path(folder) / "checkpoints")
        self._log_folder = Path(folder) / "tensorboard"
        self._ids = model.tokenizer.token_ids(train.texts)
        self._steps_an_epoch = math.ceil(len(train) / settings.batch_size)
        self._total_steps = self._steps_an_epoch * settings.epochs
        self._optimizer = make_optimizer(
            model.trainable_variables,
            learning_rate=settings.learning_rate,
            warmup_steps=int(self._total_steps * settings.warmup_share),
            total_steps=self._total_steps,
            weight_decay=settings.weight_decay,
            clip_norm=settings.clip_norm,
        )
        self._done = 0  # optimizer steps
        self._epochs_measured = 0  # epochs whose weights dev has judged
        self._best = -math.inf  # dev metric, higher is better
        self._best_epoch = 0
        self._fingerprint = self._make_fingerprint()
        self._resume()

    def _make_fingerprint(self) -> str:
        """A hash of all that decides the result: settings, task, data, start weights.

        The head is left out: the seed among the settings decides it.
        """
        task, backbone = self.model.task, self.model.backbone
        traits = {
            "settings": dataclasses.asdict(self.settings),
            "labels": task.labels,
            "label_values": task.label_values,
            "max_length": task.max_length,
            "pooling": task.pooling,
            "vocabulary": self.model.tokenizer.sha256,
            "config": backbone.config.to_dict(),
            "dtype": backbone.compute_dtype,
        }
        hasher = sha256(json.dumps(traits, sort_keys=True).encode())
        for examples in (self.train, self.dev):
            hasher.update(json.dumps([examples.texts, examples.groups]).encode())
            hasher.update(examples.targets.tobytes())
            if examples.values is not None:
                hasher.update(examples.values.tobytes())
        for variable in backbone.trainable_variables:
            hasher.update(np.asarray(variable).tobytes())
        return hasher.hexdigest()

    def _resume(self) -> None:
        checkpoint = self.checkpoints.latest()
        if checkpoint is None:
            return
        if checkpoint.values.get("fingerprint") != self._fingerprint:
            raise CheckpointError(
                f"{self.checkpoints.folder.parent} holds a run with other settings, data or "
                "start weights. Choose another output folder, or delete this one."
            )
        restore(checkpoint.arrays, self.model, self._optimizer)
        self._done = checkpoint.step
        self._best = checkpoint.values["best"]
        self._best_epoch = checkpoint.values["best_epoch"]
        self._epochs_measured = checkpoint.values["epochs_measured"]

    @property
    def resumed_step(self) -> int:
        """The step from which this run goes on; 0 for a new one."""
        return self._done

    def run(self) -> FinetuneResult:
        """Train to the end; the model then has the weights of the best epoch.

        Raises:
            TrainingInterruptedError: after Ctrl-C, with the state saved.
            TrainingDivergedError: if the loss became infinite or no number.
        """
        step = make_classification_step(
            self.model, self._optimizer, value_loss_weight=self.settings.value_loss_weight
        )
        reports: list[ClassificationReport] = []
        writer = tf.summary.create_file_writer(str(self._log_folder))
        shown = TrainingProgress(self._total_steps, done_steps=self._done, quiet=self.quiet)
        with catch_interruption() as interruption, shown, writer.as_default():
            while self._epochs_measured < self.settings.epochs and not self._is_stale():
                epoch = self._epochs_measured
                self._run_epoch(epoch, step, shown, lambda: interruption.requested)
                reports.append(self._evaluate(epoch, shown))
                self._epochs_measured += 1
                self._save()
        self._restore_best()
        return FinetuneResult(best_epoch=self._best_epoch, reports=reports, steps=self._done)

    def _is_stale(self) -> bool:
        without_gain = self._epochs_measured - self._best_epoch
        return 0 < self.settings.patience <= without_gain and self._best_epoch > 0

    def _run_epoch(
        self,
        epoch: int,
        step: Callable[..., Any],
        shown: TrainingProgress,
        stop: Callable[[], bool],
    ) -> None:
        batches = length_batches(
            [len(ids) for ids in self._ids],
            batch_size=self.settings.batch_size,
            seed=self.settings.seed,
            epoch=epoch,
        )
        for rows in batches[self._done - epoch * self._steps_an_epoch :]:
            loss = float(step(*self._inputs(rows)))
            if not math.isfinite(loss):
                raise TrainingDivergedError(
                    f"The loss became {loss} at step {self._done + 1}. Lower the learning rate "
                    f"(now {self.settings.learning_rate}); the last good state is kept."
                )
            self._done += 1
            tf.summary.scalar("train/loss", loss, step=self._done)
            shown.advance(texts=len(rows), loss=loss)
            if stop():
                self._save()
                raise TrainingInterruptedError(
                    f"Stopped at step {self._done} of {self._total_steps}."
                )
            if self._done % self.settings.checkpoint_steps == 0:
                self._save()

    def _inputs(self, rows: np.ndarray) -> list[Any]:
        chosen = [self._ids[row] for row in rows]
        limit = self.model.task.max_length
        longest = min(max(len(ids) for ids in chosen) + 2, limit)
        width = padded_length(longest, multiple=self.settings.length_multiple, max_length=limit)
        batch = self.model.tokenizer.assemble(chosen, max_length=limit, pad_to=width)
        values = (
            self.train.values[rows]
            if self.train.values is not None
            else np.zeros(len(rows), np.float32)
        )
        arrays = [batch.token_ids, batch.segment_ids, batch.padding_mask]
        return [tf.constant(a) for a in [*arrays, self.train.targets[rows], values]]

    def _evaluate(self, epoch: int, shown: TrainingProgress) -> ClassificationReport:
        probabilities = self.model.predict_proba(self.dev.texts)
        report = evaluate_classification(probabilities, self.dev, self.model.task.label_values)
        value = report.value(self.settings.metric)
        if not (math.isfinite(value) and np.isfinite(probabilities).all()):
            raise TrainingDivergedError(
                f"The weights after epoch {epoch + 1} answer with no numbers. Lower the learning "
                f"rate (now {self.settings.learning_rate})."
            )
        better = value > self._best
        if better:
            self._best, self._best_epoch = value, epoch + 1
            best = Checkpoint(step=self._done, arrays=capture(self.model))
            self.checkpoints.save(best, name="best")
        for name in ("accuracy", "macro_f1", "cross_entropy", "valence_r"):
            if getattr(report, name) is not None:
                tf.summary.scalar(f"dev/{name}", getattr(report, name), step=self._done)
        shown.say(
            f"epoch {epoch + 1}: dev {self.settings.metric} {abs(value):.4f}"
            f"{' (best so far)' if better else ''}, accuracy {report.accuracy:.4f}"
        )
        return report

    def _save(self) -> None:
        values = {
            "fingerprint": self._fingerprint,
            "best": self._best,
            "best_epoch": self._best_epoch,
            "epochs_measured": self._epochs_measured,
        }
        arrays = capture(self.model, self._optimizer)
        self.checkpoints.save(Checkpoint(step=self._done, arrays=arrays, values=values))

    def _restore_best(self) -> None:
        best = self.checkpoints.named("best")
        if best is None:
            raise CheckpointError(
                f"The best weights in {self.checkpoints.folder} are damaged; delete the output "
                "folder and train again."
            )
        restore(best.arrays, self.model)


def seed_everything(seed: int) -> None:
    """Make weights, dropout and order depend on one number."""
    keras.utils.set_random_seed(seed)
