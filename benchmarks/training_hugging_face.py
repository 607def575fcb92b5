"""The training benchmark's side of PyTorch: `transformers.Trainer` on the same weights.

Its own defaults (fused AdamW, scaled dot-product attention, clipping at 1), nothing logged or
saved. Only the epoch itself is timed, not the preparation before it.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Mapping
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from transformers import (
    BertConfig,
    BertForSequenceClassification,
    Trainer,
    TrainerCallback,
    TrainingArguments,
    set_seed,
)
from transformers.utils import logging as transformers_logging

from benchmarks.training_data import TINY, TrainingData, tiny_config
from benchmarks.training_job import WARMUP, Job, Pass
from bert_tf.config import BertConfig as OurConfig
from bert_tf.text.encoded_batch import EncodedBatch

Weights = Mapping[str, NDArray[np.float32]]


class _Clock(TrainerCallback):
    """The time between begin and end of the epoch."""

    def on_epoch_begin(self, *_: Any, **__: Any) -> None:
        self.start = time.perf_counter()

    def on_epoch_end(self, *_: Any, **__: Any) -> None:
        self.seconds = time.perf_counter() - self.start


class HuggingFaceTrainer:
    """Implements our `Trainer` by theirs."""

    def __init__(self, job: Job, data: TrainingData) -> None:
        """Build the model, give it the start weights, and lay out the texts."""
        torch.set_num_threads(len(os.sched_getaffinity(0)))
        transformers_logging.set_verbosity_error()
        set_seed(job.seed)
        self.job, self.data = job, data.first(job.texts)
        self._tokenizer = data.tokenizer
        self.model = make_classifier(our_config(data), classes=data.num_classes)
        self.model.load_state_dict(state_dict(dict(np.load(job.start))), strict=True)
        longest = job.length - 2
        self._rows = [
            {"input_ids": ids[:longest], "labels": label}
            for ids, label in zip(self.data.ids, self.data.labels, strict=True)
        ]
        self._folder = tempfile.TemporaryDirectory()
        self._counts: list[tuple[int, int, int]] = []  # texts, real tokens, places of each batch

    def _collate(self, rows: list[dict[str, Any]]) -> dict[str, torch.Tensor]:
        """As `DataCollatorWithPadding`, without the detour over lists of strings."""
        batch = self._assemble([row["input_ids"] for row in rows])
        real, places = int(batch.padding_mask.sum()), batch.padding_mask.size
        self._counts.append((len(rows), real, places))
        return {**_tensors(batch), "labels": torch.tensor([row["labels"] for row in rows])}

    def _assemble(self, ids: list[list[int]]) -> EncodedBatch:
        length = self.job.length
        return self._tokenizer.assemble(
            ids, max_length=length, pad_to=length if self.job.fixed else None
        )

    def _trainer(self, steps: int | None) -> tuple[Trainer, _Clock]:
        clock = _Clock()
        arguments = TrainingArguments(
            output_dir=self._folder.name,
            per_device_train_batch_size=self.job.rows,
            num_train_epochs=1,
            max_steps=steps or -1,
            learning_rate=self.job.learning_rate,
            warmup_steps=WARMUP,
            weight_decay=0.01,
            use_cpu=True,
            bf16=self.job.precision == "bfloat16",
            train_sampling_strategy="random" if self.job.fixed else "group_by_length",
            seed=self.job.seed,
            logging_strategy="no",
            save_strategy="no",
            report_to=[],
            disable_tqdm=True,
            remove_unused_columns=False,
            dataloader_pin_memory=False,
        )
        trainer = Trainer(
            model=self.model,
            args=arguments,
            train_dataset=self._rows,
            data_collator=self._collate,
            callbacks=[clock],
        )
        return trainer, clock

    def check_outputs(self) -> NDArray[Any]:
        """As our `Trainer.check_outputs`."""
        self.model.eval()
        with torch.inference_mode(), self._autocast():
            return self.model(**_tensors(self.data.check_batch())).logits.float().numpy()

    def train(self, steps: int | None) -> Pass:
        """As our `Trainer.train`."""
        # A fresh trainer each time: one that is used again wraps the model again.
        trainer, clock = self._trainer(steps)
        self._counts.clear()
        found = trainer.train()
        # The loader is a batch ahead of the steps where these end before the texts.
        texts, real, places = map(sum, zip(*self._counts[: found.global_step], strict=True))
        return Pass(
            seconds=clock.seconds,
            steps=found.global_step,
            units=texts,
            real_tokens=real,
            places=places,
            loss=float(found.training_loss),
        )

    def predict(self) -> NDArray[Any]:
        """As our `Trainer.predict`."""
        self.model.eval()
        found = []
        with torch.inference_mode(), self._autocast():
            for at in range(0, len(self.data.dev_ids), self.job.rows):
                batch = self._assemble(self.data.dev_ids[at : at + self.job.rows])
                found.append(self.model(**_tensors(batch)).logits.argmax(dim=1).numpy())
        return np.concatenate(found)

    def _autocast(self) -> torch.autocast:
        enabled = self.job.precision == "bfloat16"
        return torch.autocast("cpu", dtype=torch.bfloat16, enabled=enabled)


def our_config(data: TrainingData) -> OurConfig:
    """The sizes of the start weights."""
    size = data.tokenizer.vocabulary_size
    if data.start == TINY:
        return tiny_config(size)
    return OurConfig.named("minilm-l6", vocabulary_size=size)


def make_classifier(config: OurConfig, *, classes: int) -> BertForSequenceClassification:
    """Hugging Face's classifier of the same size."""
    return BertForSequenceClassification(
        BertConfig(
            vocab_size=config.vocabulary_size,
            hidden_size=config.hidden_dim,
            num_hidden_layers=config.num_layers,
            num_attention_heads=config.num_heads,
            intermediate_size=config.intermediate_dim,
            max_position_embeddings=config.max_sequence_length,
            type_vocab_size=config.num_segments,
            hidden_act="gelu",
            layer_norm_eps=config.layer_norm_epsilon,
            hidden_dropout_prob=config.dropout,
            attention_probs_dropout_prob=config.attention_dropout,
            num_labels=classes,
        )
    )


def state_dict(arrays: Weights) -> dict[str, torch.Tensor]:
    """The weights named by `encoder_arrays` in Hugging Face's names; kernels are (out, in)."""
    found: dict[str, NDArray[np.float32]] = {
        "bert.embeddings.word_embeddings.weight": arrays["word"],
        "bert.embeddings.position_embeddings.weight": arrays["position"],
        "bert.embeddings.token_type_embeddings.weight": arrays["segment"],
        **_norm("bert.embeddings.LayerNorm", arrays, "embeddings/norm"),
        **_dense("bert.pooler.dense", arrays, "pooler"),
        **_dense("classifier", arrays, "classifier"),
    }
    number = 0
    while f"{number}/query/kernel" in arrays:
        layer = f"bert.encoder.layer.{number}"
        for part in ("query", "key", "value"):
            found |= _dense(f"{layer}.attention.self.{part}", arrays, f"{number}/{part}")
        found |= _dense(f"{layer}.attention.output.dense", arrays, f"{number}/output")
        found |= _norm(f"{layer}.attention.output.LayerNorm", arrays, f"{number}/attention_norm")
        found |= _dense(f"{layer}.intermediate.dense", arrays, f"{number}/intermediate")
        found |= _dense(f"{layer}.output.dense", arrays, f"{number}/forward")
        found |= _norm(f"{layer}.output.LayerNorm", arrays, f"{number}/forward_norm")
        number += 1
    return {name: torch.from_numpy(np.array(array)) for name, array in found.items()}


def _dense(target: str, arrays: Weights, name: str) -> dict[str, NDArray[np.float32]]:
    kernel, bias = arrays[f"{name}/kernel"], arrays[f"{name}/bias"]
    return {f"{target}.weight": kernel.T, f"{target}.bias": bias}


def _norm(target: str, arrays: Weights, name: str) -> dict[str, NDArray[np.float32]]:
    gamma, beta = arrays[f"{name}/gamma"], arrays[f"{name}/beta"]
    return {f"{target}.weight": gamma, f"{target}.bias": beta}


def _tensors(batch: EncodedBatch) -> dict[str, torch.Tensor]:
    return {
        "input_ids": torch.from_numpy(batch.token_ids.astype(np.int64)),
        "attention_mask": torch.from_numpy(batch.padding_mask.astype(np.int64)),
        "token_type_ids": torch.from_numpy(batch.segment_ids.astype(np.int64)),
    }
