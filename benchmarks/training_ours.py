"""The training benchmark's side of bert_tf: the same step that `bert-tf finetune` takes.

Axis letters: B texts, T tokens, H hidden units, C classes.
"""

from __future__ import annotations

import dataclasses
import tempfile
import time
from pathlib import Path
from typing import Any

import keras
import numpy as np
from numpy.typing import NDArray

from benchmarks.training_data import TINY, TrainingData, tiny_config
from benchmarks.training_job import WARMUP, Job, Pass
from bert_tf.data.corpus import Document
from bert_tf.data.examples import Examples
from bert_tf.data.pretraining_batches import PretrainingBatchSettings
from bert_tf.data.token_shard_writer import write_token_shards
from bert_tf.data.token_shards import TokenShards
from bert_tf.models.bert_backbone import BertBackbone
from bert_tf.models.bert_classifier import BertClassifier
from bert_tf.models.bert_pretrainer import BertPretrainer
from bert_tf.models.task import Task
from bert_tf.training.fine_tuning import FineTuning
from bert_tf.training.finetune_settings import FinetuneSettings
from bert_tf.training.optimizer import make_optimizer
from bert_tf.training.precision import dtype_policy
from bert_tf.training.start_weights import load_start_weights
from bert_tf.training.tasks.classification import Classification
from bert_tf.training.tasks.pretraining import PretrainingSettings, PretrainingTask
from bert_tf.training.train_step import TrainStep, make_train_step
from bert_tf.training.training_task import Batch, TrainingTask

PRODUCT = FinetuneSettings()  # what `bert-tf finetune` does unless told otherwise

TextModel = BertClassifier | BertPretrainer


class OurTrainer:
    """Implements `Trainer`."""

    def __init__(self, job: Job, data: TrainingData) -> None:
        """Load the start weights and lay out the batches."""
        self.job, self.data = job, data.first(job.texts)
        keras.utils.set_random_seed(job.seed)
        keras.config.set_dtype_policy(dtype_policy(job.precision))
        self.model = self._make_model()
        self._take_head()
        self.task: TrainingTask = (
            self._fine_tuning() if job.work == "finetune" else self._pretraining()
        )
        self._steps = self._steps_a_pass()
        self._done = 0  # of a masked language model, which goes on where it stopped
        self._step = self._make_step()

    def _make_model(self) -> TextModel:
        tokenizer = self.data.tokenizer
        if self.data.start == TINY:
            backbone = BertBackbone(tiny_config(tokenizer.vocabulary_size))
        else:
            backbone = load_start_weights(self.data.start).backbone
        return model_on(backbone, self.job, self.data)

    def _take_head(self) -> None:
        """The classes that all engines start with; our first run made them, whatever the seed."""
        if isinstance(self.model, BertClassifier) and Path(self.job.start).exists():
            with np.load(self.job.start) as arrays:
                for name in ("pooler", "classifier"):
                    dense = getattr(self.model, name)
                    dense.kernel.assign(arrays[f"{name}/kernel"])
                    dense.bias.assign(arrays[f"{name}/bias"])

    def _fine_tuning(self) -> FineTuning:
        data, job = self.data, self.job
        targets = np.eye(data.num_classes, dtype=np.float32)
        train, dev = (
            Examples(
                texts=(texts,),
                arrays={"targets": targets[labels]},
                ids=[str(number) for number in range(len(texts))],
            )
            for texts, labels in (
                (data.texts, data.labels),
                (data.dev_texts, data.dev_labels),
            )
        )
        settings = FinetuneSettings(
            epochs=job.passes,
            batch_size=job.rows,
            learning_rate=self.job.learning_rate,
            warmup=WARMUP,
            length_multiple=job.length if job.fixed else PRODUCT.length_multiple,
            xla=job.xla,
            seed=job.seed,
        )
        return FineTuning(Classification(), self.model, train, dev, settings)

    def _pretraining(self) -> PretrainingTask:
        job = self.job
        documents = (Document(sentences=[text]) for text in self.data.texts if text.strip())
        self._corpus = tempfile.TemporaryDirectory()
        folder = Path(self._corpus.name) / "corpus"
        write_token_shards(documents, self.data.tokenizer, folder)
        batches = PretrainingBatchSettings(
            rows=job.rows, length=job.length, next_sentence=False, seed=job.seed
        )
        steps = job.passes * self._steps_a_pass()
        settings = PretrainingSettings(batches=batches, steps=steps, dev_share=1e-9)
        return PretrainingTask(self.model, TokenShards.open(folder), settings)

    def _steps_a_pass(self) -> int:
        if self.job.work == "finetune":
            return -(-len(self.data.texts) // self.job.rows)
        tokens = sum(len(ids) + 2 for ids in self.data.ids)
        return max(1, tokens // (self.job.rows * self.job.length))

    def _make_step(self) -> TrainStep:
        total = self.job.passes * self._steps
        product = ("weight_decay", "clip_norm", "epsilon") if self.job.work == "finetune" else ()
        optimizer = make_optimizer(
            self.model.trainable_variables,
            learning_rate=self.job.learning_rate,
            warmup_steps=int(total * WARMUP),
            total_steps=total,
            **{name: getattr(PRODUCT, name) for name in product},
        )
        return make_train_step(self.task, optimizer, xla=self.job.xla)

    def check_outputs(self) -> NDArray[Any]:
        """As `Trainer.check_outputs`."""
        return outputs_of(self.model, self.data)

    def train(self, steps: int | None) -> Pass:
        """As `Trainer.train`; a fine-tuning reads the same epoch each time."""
        count = steps or self._steps
        first = self._done if self.job.work == "mlm" else 0
        self._done += count
        units = real = places = 0
        losses = []
        start = time.perf_counter()
        for number in range(first, first + count):
            batch: Batch = self.task.batch(number)
            losses.append(self._step(batch)["loss"])
            units += self.task.units(batch)
            real += int(batch["padding_mask"].sum())
            places += batch["padding_mask"].size
        return Pass(
            seconds=time.perf_counter() - start,
            steps=count,
            units=units,
            real_tokens=real,
            places=places,
            loss=float(np.mean(losses)),
        )

    def predict(self) -> NDArray[Any]:
        """As `Trainer.predict`."""
        if not isinstance(self.model, BertClassifier):
            raise ValueError("Only a fine-tuned model has classes to predict.")
        return self.model.predict_proba(self.data.dev_texts).argmax(axis=1)

    def export(self, path: Path) -> None:
        """Write the weights and what they answer, for the other engines to start from.

        keras-hub's BERT knows GELU by its tanh approximation only, so the answers are given
        in both forms: "outputs" and "outputs_tanh".
        """
        config = dataclasses.replace(self.model.config, activation="gelu_tanh")
        twin = model_on(BertBackbone(config), self.job, self.data)
        twin.set_weights(self.model.get_weights())
        arrays = encoder_arrays(self.model.backbone) | head_arrays(self.model)
        arrays |= {"outputs": self.check_outputs(), "outputs_tanh": outputs_of(twin, self.data)}
        np.savez(path, allow_pickle=False, **arrays)


def model_on(backbone: BertBackbone, job: Job, data: TrainingData) -> TextModel:
    """The encoder with the head of the job's work."""
    described: dict[str, Any] = {"name": "benchmark", "language": "en", "max_length": job.length}
    if job.work == "mlm":
        task = Task(kind="pretraining", pooling="mean", **described)
        return BertPretrainer(backbone, task, data.tokenizer)
    labels = tuple(f"class {number}" for number in range(data.num_classes))
    task = Task(kind="classification", pooling="cls", labels=labels, **described)
    return BertClassifier(backbone, task, data.tokenizer)


def outputs_of(model: TextModel, data: TrainingData) -> NDArray[np.float32]:
    """See `Trainer.check_outputs`."""
    batch = data.check_batch().as_inputs()
    if isinstance(model, BertClassifier):
        return np.asarray(model(batch, training=False), np.float32)
    hidden = keras.ops.cast(model.backbone(batch, training=False), "float32")
    return np.where(batch["padding_mask"][..., None] > 0, np.asarray(hidden), np.float32(0))


def encoder_arrays(backbone: BertBackbone) -> dict[str, NDArray[np.float32]]:
    """The encoder's weights by plain names; kernels are (in, out), query to value apart."""
    tables = backbone.embeddings
    found = {
        "word": tables.word_table,
        "position": tables.position_table,
        "segment": tables.segment_table,
        **_norm("embeddings/norm", tables.layer_norm),
    }
    arrays = {name: np.asarray(value, np.float32) for name, value in found.items()}
    for number, block in enumerate(backbone.blocks):
        joined = block.attention.query_key_value
        for part, kernel, bias in zip(
            ("query", "key", "value"),
            np.split(np.asarray(joined.kernel), 3, axis=1),
            np.split(np.asarray(joined.bias), 3),
            strict=True,
        ):
            arrays |= {f"{number}/{part}/kernel": kernel, f"{number}/{part}/bias": bias}
        for name, dense in (
            ("output", block.attention.output_projection),
            ("intermediate", block.intermediate),
            ("forward", block.feed_forward_output),
        ):
            arrays |= _dense(f"{number}/{name}", dense)
        arrays |= _norm(f"{number}/attention_norm", block.attention_layer_norm)
        arrays |= _norm(f"{number}/forward_norm", block.feed_forward_layer_norm)
    return arrays


def head_arrays(model: TextModel) -> dict[str, NDArray[np.float32]]:
    """The head's weights by plain names."""
    if isinstance(model, BertClassifier):
        return _dense("pooler", model.pooler) | _dense("classifier", model.classifier)
    head = model.masked_lm_head
    bias = {"guess/bias": np.asarray(head.output_bias)}
    return _dense("transform", head.transform) | _norm("guess/norm", head.layer_norm) | bias


def _dense(name: str, dense: Any) -> dict[str, NDArray[np.float32]]:
    return {f"{name}/kernel": np.asarray(dense.kernel), f"{name}/bias": np.asarray(dense.bias)}


def _norm(name: str, norm: Any) -> dict[str, NDArray[np.float32]]:
    return {f"{name}/gamma": np.asarray(norm.gamma), f"{name}/beta": np.asarray(norm.beta)}
