"""Pre-training: guess hidden tokens, and whether one text follows another."""

from __future__ import annotations

import dataclasses
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from bert_tf.data.pretraining_batches import PretrainingBatches, PretrainingBatchSettings
from bert_tf.data.token_shards import TokenShards
from bert_tf.models.bert_pretrainer import BertPretrainer
from bert_tf.training.model_flops import training_flops
from bert_tf.training.optimizer import OptimizerKind
from bert_tf.training.training_task import Batch, Evaluation

# Axis letters: R rows a batch, L tokens a row, P guesses a row, Q sequences a row,
# V tokens of the vocabulary.


@dataclass(frozen=True, kw_only=True)
class PretrainingSettings:
    """How long, on what rows, and how often to look at dev."""

    batches: PretrainingBatchSettings  # rows, masks, pairs
    steps: int  # optimizer steps
    next_sentence_weight: float = 1.0  # weight of that loss beside the masked tokens'
    learning_rate: float = 1e-3  # peak of the schedule
    warmup_share: float = 0.05  # share of the steps in which the rate rises
    weight_decay: float = 0.01  # not on biases and LayerNorm
    clip_norm: float = 1.0  # longest global gradient
    optimizer: OptimizerKind = "adamw"
    dev_share: float = 0.01  # share of the documents that are held back
    dev_batches: int = 20  # batches an evaluation reads
    evaluations: int = 10  # of dev, spread over the run

    def __post_init__(self) -> None:
        for name in ("steps", "dev_batches", "evaluations"):
            if getattr(self, name) < 1:
                raise ValueError(f"{name} must be at least 1, received {getattr(self, name)}.")
        if not 0 < self.dev_share < 1:
            raise ValueError(f"dev_share must be in (0, 1), received {self.dev_share}.")
        for name in ("learning_rate", "clip_norm"):
            if not 0 < getattr(self, name) < math.inf:
                raise ValueError(f"{name} must be positive, received {getattr(self, name)}.")
        for name in ("next_sentence_weight", "weight_decay"):
            if not 0 <= getattr(self, name) < math.inf:
                raise ValueError(f"{name} must not be negative, received {getattr(self, name)}.")
        if not 0 <= self.warmup_share < 1:
            raise ValueError(f"warmup_share must be in [0, 1), received {self.warmup_share}.")


class PretrainingTask:
    """Masked language model, alone or with next-sentence prediction, on packed rows."""

    unit = "tokens"
    splittable = True

    def __init__(
        self,
        model: BertPretrainer,
        shards: TokenShards,
        settings: PretrainingSettings,
        *,
        peak_flops: float | None = None,
    ) -> None:
        """Hold some documents back and lay out the batches.

        Args:
            model: with the start weights.
            shards: the corpus.
            settings: what to learn from it, and how long.
            peak_flops: of the device, a second; None = utilisation is not told.

        Raises:
            ShardError: if the corpus was cut by another tokenizer.
            ValueError: if rows are longer than the model's positions, or the corpus too small.
        """
        shards.check_tokenizer(model.tokenizer)
        batches = settings.batches
        if batches.length > model.config.max_sequence_length:
            raise ValueError(
                f"length must be at most the {model.config.max_sequence_length} positions of the "
                f"model, received {batches.length}."
            )
        order = np.random.default_rng([batches.seed, 3]).permutation(shards.num_documents)
        held = max(1, round(settings.dev_share * len(order)))
        if held >= len(order):
            raise ValueError(f"The corpus has {len(order)} documents, too few to hold one back.")
        self.model, self.settings, self._shards = model, settings, shards
        self._peak_flops = peak_flops
        self._train = PretrainingBatches(shards, np.sort(order[held:]), batches)
        self._train.batch(0)  # too small a corpus is told now and not in the middle
        dev = dataclasses.replace(batches, rows=1, seed=batches.seed + 1)
        held_rows = PretrainingBatches(shards, np.sort(order[:held]), dev).rows_of_first_stretch
        dev = dataclasses.replace(dev, rows=min(batches.rows, held_rows))
        self._dev = PretrainingBatches(shards, np.sort(order[:held]), dev)

    @property
    def total_steps(self) -> int:
        """Optimizer steps of the whole run."""
        return self.settings.steps

    @cached_property
    def evaluation_steps(self) -> tuple[int, ...]:
        """Spread evenly; the last one is the end."""
        count = min(self.settings.evaluations, self.settings.steps)
        return tuple(round(self.settings.steps * part / count) for part in range(1, count + 1))

    def batch(self, step: int) -> dict[str, NDArray[np.generic]]:
        """See `PretrainingBatches.batch`."""
        return self._train.batch(step)

    def units(self, batch: Batch) -> int:
        """Tokens that are not padding."""
        return int(batch["padding_mask"].sum())

    def rates(self, batch: Batch, seconds: float) -> dict[str, float]:
        """The share of padding, and of the device's peak that was used."""
        found = {"padding": 1.0 - self.units(batch) / batch["padding_mask"].size}
        if self._peak_flops:
            flops = training_flops(
                self.model.config,
                tokens=batch["token_ids"].size,
                length=batch["token_ids"].shape[1],
                guesses=batch["mask_positions"].size,
                pairs=batch["cls_positions"].size if "cls_positions" in batch else 0,
            )
            found["mfu"] = flops / seconds / self._peak_flops
        return found

    def loss(self, batch: Mapping[str, tf.Tensor]) -> tuple[tf.Tensor, dict[str, tf.Tensor]]:
        """See `pretraining_loss`."""
        return pretraining_loss(
            self.model, batch, self.settings.next_sentence_weight, training=True
        )

    @cached_property
    def _measure(self) -> tf.types.experimental.PolymorphicFunction:
        return tf.function(
            lambda batch: pretraining_loss(self.model, batch, 1.0, training=False)[1],
            autograph=False,
            reduce_retracing=True,
        )

    def evaluate(self) -> Evaluation:
        """The masked-token loss on held-back documents; the same batches every time."""
        sums: dict[str, float] = {}
        for number in range(self.settings.dev_batches):
            batch = {name: tf.constant(a) for name, a in self._dev.batch(number).items()}
            for name, value in self._measure(batch).items():
                sums[name] = sums.get(name, 0.0) + float(value) / self.settings.dev_batches
        return Evaluation(value=-sums["mlm_loss"], name="minus_mlm_loss", scalars=sums)

    def fingerprint(self) -> str:
        """A sha256 of settings, corpus, config, precision and start weights."""
        traits = [
            dataclasses.asdict(self.settings),
            self._shards.fingerprint,
            self.model.config.to_dict(),
            self.model.backbone.compute_dtype,
        ]
        hasher = sha256(json.dumps(traits, sort_keys=True).encode())
        for variable in self.model.trainable_variables:
            hasher.update(np.asarray(variable).tobytes())
        return hasher.hexdigest()


def pretraining_loss(
    model: BertPretrainer,
    batch: Mapping[str, tf.Tensor],
    next_sentence_weight: float,
    *,
    training: bool,
) -> tuple[tf.Tensor, dict[str, tf.Tensor]]:
    """Cross-entropy of guesses plus that of pairs, if the batch has them; and what was right.

    Args:
        model: the encoder with both heads.
        batch: see `PretrainingBatches.batch`.
        next_sentence_weight: of the pairs' loss beside the guesses'.
        training: whether to drop units.
    """
    scores = model(dict(batch), training=training)
    loss, right = _cross_entropy(scores["mask_logits"], batch["mask_labels"], batch["mask_weights"])
    parts = {"mlm_loss": loss, "mlm_accuracy": right}
    if "pair_labels" in batch:
        pair_loss, pair_right = _cross_entropy(
            scores["pair_logits"], batch["pair_labels"], batch["pair_weights"]
        )
        parts |= {"nsp_loss": pair_loss, "nsp_accuracy": pair_right}
        loss += next_sentence_weight * pair_loss
    return loss, parts


def _cross_entropy(
    logits: tf.Tensor, labels: tf.Tensor, weights: tf.Tensor
) -> tuple[tf.Tensor, tf.Tensor]:
    """Weighted sums of the loss and of right answers, for logits (R, P, V), others (R, P)."""
    losses = tf.nn.sparse_softmax_cross_entropy_with_logits(labels, logits)
    right = tf.equal(tf.argmax(logits, -1, output_type=tf.int32), labels)
    return (
        tf.reduce_sum(losses * weights),
        tf.reduce_sum(tf.cast(right, tf.float32) * weights),
    )
