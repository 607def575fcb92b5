"""The training benchmark's side of keras-hub: `BertTextClassifier` and `BertMaskedLM`.

It is treated generously: ids and masks are made before the clock starts, batches come out of
memory, nothing is measured but the loss, and its own default optimizer (Adam, without decay or
clipping) has less to do than ours.

Axis letters: B texts, T tokens, H hidden units, P guesses a row.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

import keras
import keras_hub
import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from benchmarks.training_contest import MASK_RATE
from benchmarks.training_data import TINY, TrainingData, tiny_config
from benchmarks.training_job import WARMUP, Job, Pass
from bert_tf.config import BertConfig
from bert_tf.training.optimizer import WarmupLinearDecay
from bert_tf.training.precision import dtype_policy

Weights = Mapping[str, NDArray[np.float32]]


class HubTrainer:
    """Implements `Trainer` by `fit`."""

    def __init__(self, job: Job, data: TrainingData) -> None:
        """Build the model, give it the start weights, and lay out the batches."""
        self.job, self.data = job, data.first(job.texts).shuffled(job.seed)
        keras.utils.set_random_seed(job.seed)
        arrays = dict(np.load(job.start))
        policy = dtype_policy(job.precision)
        self.backbone = make_backbone(encoder_config(data), dtype=policy)
        assign_encoder(self.backbone, arrays)
        self._inputs = self.data.tokenizer.assemble(
            self.data.ids, max_length=job.length, pad_to=job.length
        ).as_inputs()
        if job.work == "finetune":
            self.model = keras_hub.models.BertTextClassifier(
                self.backbone, num_classes=data.num_classes, preprocessor=None
            )
            assign_classifier(self.model, arrays)
            parts: tuple[Any, ...] = (self._inputs, np.asarray(self.data.labels, np.int32))
        else:
            self.model = keras_hub.models.BertMaskedLM(self.backbone, preprocessor=None)
            assign_masked_lm(self.model, arrays)
            parts = self._masked()
        self._steps = len(self.data.texts) // job.rows
        self._real = self._inputs["padding_mask"].reshape(-1, job.length).sum(axis=1)
        batches = tf.data.Dataset.from_tensor_slices(parts)
        batches = batches.batch(job.rows, drop_remainder=True).cache()
        self._batches = batches.prefetch(tf.data.AUTOTUNE)
        self._compile()

    def _compile(self) -> None:
        total = self._steps * self.job.passes
        schedule = WarmupLinearDecay(
            self.job.learning_rate, warmup_steps=int(total * WARMUP), total_steps=total
        )
        nothing = "metrics" if self.job.work == "finetune" else "weighted_metrics"
        self.model.compile(
            optimizer=keras.optimizers.Adam(schedule), jit_compile=self.job.xla, **{nothing: None}
        )

    def _masked(self) -> tuple[Any, ...]:
        """Inputs, labels and weights as `BertMaskedLMPreprocessor` makes them."""
        tokenizer = self.data.tokenizer
        special = (tokenizer.cls_id, tokenizer.sep_id, tokenizer.pad_id, tokenizer.unk_id)
        masker = keras_hub.layers.MaskedLMMaskGenerator(
            vocabulary_size=tokenizer.vocabulary_size,
            mask_selection_rate=MASK_RATE,
            mask_token_id=tokenizer.mask_id,
            mask_selection_length=self.job.guesses,
            unselectable_token_ids=[*special, tokenizer.mask_id],
        )
        found = masker(self._inputs["token_ids"])
        inputs = {
            **self._inputs,
            "token_ids": np.asarray(found["token_ids"], np.int32),
            "mask_positions": np.asarray(found["mask_positions"], np.int32),
        }
        weights = np.asarray(found["mask_weights"], np.float32)
        return inputs, np.asarray(found["mask_ids"], np.int32), weights

    def check_outputs(self) -> NDArray[Any]:
        """As `Trainer.check_outputs`."""
        batch = self.data.check_batch().as_inputs()
        if self.job.work == "finetune":
            return np.asarray(keras.ops.cast(self.model(batch, training=False), "float32"))
        hidden = self.backbone(batch, training=False)["sequence_output"]
        hidden = np.asarray(keras.ops.cast(hidden, "float32"))
        return hidden * batch["padding_mask"][..., None]

    def train(self, steps: int | None) -> Pass:
        """As `Trainer.train`."""
        count = min(steps or self._steps, self._steps)
        batches = self._batches.take(count)
        start = time.perf_counter()
        history = self.model.fit(batches, epochs=1, verbose=0)
        seconds = time.perf_counter() - start
        rows = count * self.job.rows
        real = int(self._real[:rows].sum())
        return Pass(
            seconds=seconds,
            steps=count,
            units=rows if self.job.work == "finetune" else real,
            real_tokens=real,
            places=rows * self.job.length,
            loss=float(history.history["loss"][-1]),
        )

    def predict(self) -> NDArray[Any]:
        """As `Trainer.predict`."""
        inputs = self.data.tokenizer.assemble(
            self.data.dev_ids, max_length=self.job.length, pad_to=self.job.length
        ).as_inputs()
        logits = self.model.predict(inputs, batch_size=self.job.rows, verbose=0)
        return np.asarray(logits, np.float32).argmax(axis=1)


def encoder_config(data: TrainingData) -> BertConfig:
    """The sizes of the start weights."""
    size = data.tokenizer.vocabulary_size
    if data.start == TINY:
        return tiny_config(size)
    return BertConfig.named("minilm-l6", vocabulary_size=size)


def make_backbone(config: BertConfig, *, dtype: str) -> keras.Model:
    """keras-hub's encoder of the same size."""
    return keras_hub.models.BertBackbone(
        vocabulary_size=config.vocabulary_size,
        num_layers=config.num_layers,
        num_heads=config.num_heads,
        hidden_dim=config.hidden_dim,
        intermediate_dim=config.intermediate_dim,
        dropout=config.dropout,
        max_sequence_length=config.max_sequence_length,
        dtype=dtype,
    )


def assign_encoder(backbone: Any, arrays: Weights) -> None:
    """Copy the encoder's weights, named as by `encoder_arrays`."""
    backbone.token_embedding.embeddings.assign(arrays["word"])
    backbone.position_embedding.position_embeddings.assign(arrays["position"])
    backbone.segment_embedding.embeddings.assign(arrays["segment"])
    _assign_norm(backbone.embeddings_layer_norm, arrays, "embeddings/norm")
    for number, layer in enumerate(backbone.transformer_layers):
        attention = layer._self_attention_layer
        for part in ("query", "key", "value", "output"):
            _assign_dense(getattr(attention, f"_{part}_dense"), arrays, f"{number}/{part}")
        _assign_norm(layer._self_attention_layer_norm, arrays, f"{number}/attention_norm")
        _assign_dense(layer._feedforward_intermediate_dense, arrays, f"{number}/intermediate")
        _assign_dense(layer._feedforward_output_dense, arrays, f"{number}/forward")
        _assign_norm(layer._feedforward_layer_norm, arrays, f"{number}/forward_norm")


def assign_classifier(model: Any, arrays: Weights) -> None:
    """Copy the pooler, which keras-hub counts to the encoder, and the classes."""
    _assign_dense(model.backbone.pooled_dense, arrays, "pooler")
    _assign_dense(model.output_dense, arrays, "classifier")


def assign_masked_lm(model: Any, arrays: Weights) -> None:
    """Copy the head that guesses tokens."""
    head = model.masked_lm_head
    _assign_dense(head._intermediate_dense, arrays, "transform")
    _assign_norm(head._intermediate_layer_norm, arrays, "guess/norm")
    head._bias.assign(arrays["guess/bias"])


def _assign_dense(dense: Any, arrays: Weights, name: str) -> None:
    """Kernels of attention have the heads as an axis of their own; the order is the same."""
    for part in ("kernel", "bias"):
        variable = getattr(dense, part)
        variable.assign(arrays[f"{name}/{part}"].reshape(variable.shape))


def _assign_norm(norm: Any, arrays: Weights, name: str) -> None:
    norm.gamma.assign(arrays[f"{name}/gamma"])
    norm.beta.assign(arrays[f"{name}/beta"])
