"""Any task over texts in the shape that a training loop knows."""

from __future__ import annotations

import dataclasses
import json
import math
from collections.abc import Mapping, Sequence
from functools import lru_cache
from hashlib import sha256
from typing import Any

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from bert_tf.data.examples import Examples
from bert_tf.data.length_batches import length_batches, padded_length
from bert_tf.models.bert_classifier import BertClassifier
from bert_tf.models.bert_embedder import BertEmbedder
from bert_tf.training.finetune_settings import FinetuneSettings
from bert_tf.training.tasks.text_task import TextTask, column_inputs
from bert_tf.training.training_task import Batch, Evaluation

# Axis letters: B texts in a batch.

_MASKS = 1  # tells this stream of random numbers from others of the same step
_NOT_DECIDING = ("checkpoint_steps",)  # settings that do not change the result


class FineTuning:
    """Epochs over shuffled batches of similar length, with an evaluation after each.

    Implements `TrainingTask`.
    """

    unit = "texts"

    def __init__(
        self,
        task: TextTask[Any],
        model: BertClassifier | BertEmbedder,
        train: Examples,
        dev: Examples | None,
        settings: FinetuneSettings,
    ) -> None:
        """Tokenize the training texts once.

        Args:
            task: what is learned.
            model: with the start weights.
            train: what to learn from.
            dev: what to judge by after each epoch; None: the last epoch counts.
            settings: how.

        Raises:
            ValueError: if tokens are to be hidden and the vocabulary has no [MASK].
        """
        self.task, self.model, self.train, self.dev = task, model, train, dev
        self.settings = settings
        self.splittable = task.splittable
        mask_id = model.tokenizer.mask_id
        if mask_id is None and settings.mask_rate:
            raise ValueError("mask_rate must be 0 for a vocabulary without [MASK].")
        self._mask_id = mask_id or 0
        self._ids = [model.tokenizer.token_ids(column) for column in train.texts]
        self._lengths = [sum(map(len, ids)) for ids in zip(*self._ids, strict=True)]
        self._weights = task.row_weights(train, model.task.labels)
        self._batches = lru_cache(maxsize=1)(self._batches_of)
        self.steps_an_epoch = math.ceil(len(train) / settings.batch_size)
        self.total_steps = self.steps_an_epoch * settings.epochs

    @property
    def evaluation_steps(self) -> Sequence[int]:
        """The end of each epoch."""
        if self.dev is None:
            return ()
        return range(self.steps_an_epoch, self.total_steps + 1, self.steps_an_epoch)

    def _batches_of(self, epoch: int) -> list[NDArray[np.int64]]:
        settings = self.settings
        return length_batches(
            self._lengths, batch_size=settings.batch_size, seed=settings.seed, epoch=epoch
        )

    def batch(self, step: int) -> Batch:
        """The inputs, targets and weights of a step's texts."""
        settings = self.settings
        epoch, place = divmod(step, self.steps_an_epoch)
        rows = self._batches(epoch)[place]
        batch: dict[str, NDArray[np.int32] | NDArray[np.float32]] = {}
        for column in range(len(self._ids)):
            inputs = self._assemble(rows, column)
            if settings.mask_rate:
                rng = np.random.default_rng([settings.seed, step, column, _MASKS])
                inputs["token_ids"] = self._some_hidden(inputs["token_ids"], rng)
            batch |= column_inputs(inputs, column)
        batch |= {name: array[rows] for name, array in self.train.arrays.items()}
        return {**batch, "weights": self._weights[rows] / np.float32(len(rows))}

    def _assemble(self, rows: NDArray[np.int64], column: int) -> dict[str, NDArray[np.int32]]:
        chosen = [self._ids[column][row] for row in rows]
        limit = self.model.task.max_length
        longest = min(max(len(ids) for ids in chosen) + 2, limit)
        width = padded_length(longest, multiple=self.settings.length_multiple, max_length=limit)
        tokenizer = self.model.tokenizer
        return tokenizer.assemble(chosen, max_length=limit, pad_to=width).as_inputs()

    def _some_hidden(
        self, token_ids: NDArray[np.int32], rng: np.random.Generator
    ) -> NDArray[np.int32]:
        tokenizer = self.model.tokenizer
        kept = (tokenizer.pad_id, tokenizer.cls_id, tokenizer.sep_id)
        hidden = (rng.random(token_ids.shape) < self.settings.mask_rate) & ~np.isin(token_ids, kept)
        return np.where(hidden, np.int32(self._mask_id), token_ids)

    def loss(self, batch: Mapping[str, tf.Tensor]) -> tuple[tf.Tensor, dict[str, tf.Tensor]]:
        """The task's loss."""
        return self.task.loss(self.model, batch)

    def evaluate(self) -> Evaluation | None:
        """The task's measure on dev."""
        if self.dev is None:
            return None
        report = self.task.measure(self.model, self.dev)
        name = self.task.metric_of(report)
        return Evaluation(value=report.value(name), name=name, scalars=dict(report.scalars()))

    def units(self, batch: Batch) -> int:
        """Texts, or pairs of them."""
        return len(batch["weights"])

    def fingerprint(self) -> str:
        """A hash of all that decides the result: settings, task, data, start weights.

        The head is left out: the seed among the settings decides it.
        """
        described, backbone = self.model.task, self.model.backbone
        settings = dataclasses.asdict(self.settings)
        traits = {
            "settings": {k: v for k, v in settings.items() if k not in _NOT_DECIDING},
            "task": dataclasses.asdict(self.task),
            "kind": described.kind,
            "labels": described.labels,
            "label_values": described.label_values,
            "value": [described.value_mean, described.value_scale],
            "max_length": described.max_length,
            "pooling": described.pooling,
            "vocabulary": self.model.tokenizer.sha256,
            "config": backbone.config.to_dict(),
            "dtype": backbone.compute_dtype,
        }
        hasher = sha256(json.dumps(traits, sort_keys=True, default=str).encode())
        for examples in (self.train, *([] if self.dev is None else [self.dev])):
            hasher.update(json.dumps([examples.texts, examples.groups]).encode())
            for name in sorted(examples.arrays):
                hasher.update(name.encode() + examples.arrays[name].tobytes())
        hasher.update(self._weights.tobytes())
        for variable in backbone.weights:
            hasher.update(np.asarray(variable).tobytes())
        return hasher.hexdigest()
