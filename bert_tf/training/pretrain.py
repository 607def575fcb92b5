"""From a tokenized corpus to a model folder with a pre-trained encoder: the whole of it."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import keras
import tensorflow as tf

from bert_tf.checkpoints.hugging_face import import_hugging_face_heads
from bert_tf.config import BertConfig
from bert_tf.data.token_shards import TokenShards
from bert_tf.models.bert_backbone import BertBackbone
from bert_tf.models.bert_pretrainer import BertPretrainer
from bert_tf.models.model_folder import check_target, load_model, save_model
from bert_tf.models.task import TASK, Task
from bert_tf.training.device_peak import peak_flops
from bert_tf.training.distribution import is_chief
from bert_tf.training.model_card import pretraining_card
from bert_tf.training.optimizer import OptimizerKind, make_optimizer
from bert_tf.training.precision import Precision, dtype_policy
from bert_tf.training.start_weights import load_start_weights
from bert_tf.training.tasks.pretraining import PretrainingSettings, PretrainingTask
from bert_tf.training.train_step import make_train_step
from bert_tf.training.training_loop import LoopResult, LoopSettings, TrainingLoop


@dataclass(frozen=True, kw_only=True)
class PretrainingRun:
    """What to pre-train on which corpus, and how."""

    corpus: Path  # folder of token shards
    output: Path  # folder of the run; the model lands in `output / "model"`
    name: str  # of the model
    language: str  # BCP 47
    config: BertConfig | None  # of a new encoder; None = go on with `start`
    start: str | None  # see `load_start_weights`; None = random weights
    settings: PretrainingSettings  # rows, masks, steps
    learning_rate: float = 1e-3  # peak of the schedule
    warmup_share: float = 0.05  # share of the steps in which the rate rises
    weight_decay: float = 0.01  # not on biases and LayerNorm
    clip_norm: float = 1.0  # longest global gradient
    optimizer: OptimizerKind = "adamw"
    micro_batches: int = 1  # parts of a batch, one after another
    precision: Precision = "auto"
    xla: bool = False  # compile the whole step; for GPUs
    checkpoint_seconds: float = 120.0  # between resumable checkpoints
    corpus_licence: str = "unknown"

    def __post_init__(self) -> None:
        if (self.config is None) == (self.start is None):
            raise ValueError("Give either a config for a new encoder or weights to start from.")
        if not 0 <= self.warmup_share < 1:
            raise ValueError(f"warmup_share must be in [0, 1), received {self.warmup_share}.")
        for name in ("learning_rate", "clip_norm"):
            if not 0 < getattr(self, name) < float("inf"):
                raise ValueError(f"{name} must be positive, received {getattr(self, name)}.")


def steps_of_epochs(shards: TokenShards, settings: PretrainingSettings, epochs: float) -> int:
    """About how many steps read the corpus so many times, special tokens counted."""
    counts, batches = shards.manifest.counts, settings.batches
    examples = max(counts.documents, counts.tokens / batches.length)
    tokens = counts.tokens + 3 * examples
    return max(1, round(epochs * tokens / (batches.rows * batches.length)))


def pretrain(
    run: PretrainingRun, *, strategy: tf.distribute.Strategy | None = None, quiet: bool = False
) -> tuple[Path, LoopResult]:
    """Pre-train and write the model folder; goes on where an earlier call stopped.

    Returns:
        The model folder and what the loop measured.

    Raises:
        DataError: for a corpus that cannot be used.
        ValueError: for parts that do not fit each other.
        TrainingInterruptedError: after Ctrl-C; calling again with the same arguments goes on.
    """
    strategy = strategy or tf.distribute.get_strategy()
    check_target(run.output / "model")
    shards = TokenShards.open(run.corpus, verify=True)
    before = keras.config.dtype_policy()
    keras.config.set_dtype_policy(dtype_policy(run.precision))
    try:
        keras.utils.set_random_seed(run.settings.batches.seed)
        peak, device = peak_flops(keras.config.dtype_policy().compute_dtype)
        settings = dataclasses.replace(run.settings, peak_flops=peak)
        with strategy.scope():
            model = _make_model(run, shards)
            task = PretrainingTask(model, shards, settings)
            optimizer = make_optimizer(
                model.trainable_variables,
                learning_rate=run.learning_rate,
                warmup_steps=int(settings.steps * run.warmup_share),
                total_steps=settings.steps,
                weight_decay=run.weight_decay,
                clip_norm=run.clip_norm,
                kind=run.optimizer,
                scale_loss=keras.config.dtype_policy().compute_dtype == "float16",
            )
            step = make_train_step(task, optimizer, micro_batches=run.micro_batches, xla=run.xla)
            loop = TrainingLoop(
                task,
                step,
                optimizer,
                run.output,
                LoopSettings(
                    checkpoint_steps=0,
                    checkpoint_seconds=run.checkpoint_seconds,
                    restore_best=False,
                ),
                quiet=quiet,
                chief=is_chief(strategy),
            )
            result = loop.run()
        if is_chief(strategy):
            _save(run, model, result, device)
    finally:
        keras.config.set_dtype_policy(before)
    return run.output / "model", result


def _make_model(run: PretrainingRun, shards: TokenShards) -> BertPretrainer:
    """A new encoder, or the one to go on with; with its old heads where it has them."""
    if run.config is not None:
        backbone, licence, origin = BertBackbone(run.config), "Apache-2.0", None
    else:
        start = load_start_weights(str(run.start))
        backbone, licence, origin = start.backbone, start.licence, start.provenance
    task = Task(
        kind="pretraining",
        name=run.name,
        language=run.language,
        max_length=backbone.config.max_sequence_length,
        pooling="mean",
        licence={"weights": licence, "data": run.corpus_licence},
        provenance=_provenance(run, shards, origin),
    )
    model = BertPretrainer(backbone, task, shards.tokenizer)
    if run.start is not None:
        _take_old_heads(model, Path(run.start))
    return model


def _take_old_heads(model: BertPretrainer, start: Path) -> None:
    if (start / TASK).is_file():
        old = load_model(start)
        if isinstance(old, BertPretrainer):
            model.set_weights(old.get_weights())
    elif (start / "model.safetensors").is_file():
        import_hugging_face_heads(model, start)


def _provenance(
    run: PretrainingRun, shards: TokenShards, origin: dict[str, Any] | None
) -> dict[str, Any]:
    settings = dataclasses.asdict(run.settings)
    settings.pop("peak_flops")
    optimizer = {
        name: getattr(run, name)
        for name in ("optimizer", "learning_rate", "warmup_share", "weight_decay", "clip_norm")
    }
    return {
        "start": origin or "random weights",
        "corpus": {
            "sources": shards.manifest.sources,
            "fingerprint": shards.fingerprint,
            **dataclasses.asdict(shards.manifest.counts),
        },
        "settings": {**settings, **optimizer},
        "precision": str(keras.config.dtype_policy().name),
    }


def _save(run: PretrainingRun, model: BertPretrainer, result: LoopResult, device: str) -> None:
    last = max(result.evaluations, default=None)
    scalars = dict(result.evaluations[last].scalars) if last is not None else {}
    model.task = dataclasses.replace(
        model.task, metrics={"dev": scalars, "steps": result.steps, "device": device}
    )
    save_model(model, run.output / "model", card=pretraining_card(model.task))
