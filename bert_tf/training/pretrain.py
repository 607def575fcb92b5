"""From a tokenized corpus to a model folder with a pre-trained encoder: the whole of it."""

from __future__ import annotations

import dataclasses
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import keras
import tensorflow as tf

from bert_tf.checkpoints.hugging_face import import_hugging_face_heads
from bert_tf.config import BertConfig
from bert_tf.data.token_shards import TokenShards
from bert_tf.layers.sinusoid_table import sinusoid_table
from bert_tf.models.bert_backbone import BertBackbone
from bert_tf.models.bert_pretrainer import BertPretrainer
from bert_tf.models.model_folder import check_target, load_model, save_model
from bert_tf.models.task import TASK, Task
from bert_tf.training.device_peak import peak_flops
from bert_tf.training.distribution import is_chief
from bert_tf.training.model_card import pretraining_card
from bert_tf.training.optimizer import make_optimizer
from bert_tf.training.precision import Precision, computing_in
from bert_tf.training.start_weights import MINILM_START, load_start_weights
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
    sinusoidal_positions: bool = False  # a new encoder's position table begins with sines
    micro_batches: int = 1  # parts of a batch, one after another
    precision: Precision = "auto"
    xla: bool = False  # compile the whole step; for GPUs
    checkpoint_seconds: float = 120.0  # between resumable checkpoints
    corpus_licence: str = "unknown"

    def __post_init__(self) -> None:
        if (self.config is None) == (self.start is None):
            raise ValueError("Give either a config for a new encoder or weights to start from.")
        if self.sinusoidal_positions and self.config is None:
            raise ValueError("Sinusoidal positions are for a new encoder; the start has its own.")


def steps_of_epochs(shards: TokenShards, settings: PretrainingSettings, epochs: float) -> int:
    """About how many steps read the corpus so many times, special tokens counted.

    Raises:
        ValueError: if the number is not positive.
    """
    if not 0 < epochs < math.inf:
        raise ValueError(f"epochs must be positive, received {epochs}.")
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
    folder = run.output / "model"
    check_target(folder)
    shards = TokenShards.open(run.corpus, verify=True)
    with computing_in(run.precision) as dtype:
        keras.utils.set_random_seed(run.settings.batches.seed)
        peak, device = peak_flops(dtype, strategy.num_replicas_in_sync)
        with strategy.scope():
            task = PretrainingTask(_make_model(run, shards), shards, run.settings, peak_flops=peak)
            chief = is_chief(strategy)
            loop = _make_loop(run, task, scale_loss=dtype == "float16", quiet=quiet, chief=chief)
            measured = loop.run()
        if chief:
            _save(run, task.model, measured, device)
    return folder, measured


def _make_loop(
    run: PretrainingRun, task: PretrainingTask, *, scale_loss: bool, quiet: bool, chief: bool
) -> TrainingLoop:
    settings = run.settings
    optimizer = make_optimizer(
        task.model.trainable_variables,
        learning_rate=settings.learning_rate,
        warmup_steps=int(settings.steps * settings.warmup_share),
        total_steps=settings.steps,
        weight_decay=settings.weight_decay,
        clip_norm=settings.clip_norm,
        kind=settings.optimizer,
        scale_loss=scale_loss,
    )
    step = make_train_step(task, optimizer, micro_batches=run.micro_batches, xla=run.xla)
    loop = LoopSettings(
        checkpoint_steps=0, checkpoint_seconds=run.checkpoint_seconds, restore_best=False
    )
    return TrainingLoop(task, step, optimizer, run.output, loop, quiet=quiet, chief=chief)


def _make_model(run: PretrainingRun, shards: TokenShards) -> BertPretrainer:
    """A new encoder, or the one to go on with; with its old heads where it has them."""
    if run.config is not None:
        backbone = new_backbone(run.config, sinusoidal_positions=run.sinusoidal_positions)
        licence, origin = "Apache-2.0", None
    else:
        start = load_start_weights(str(run.start))
        shards.check_tokenizer(start.tokenizer)
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
    if run.start is not None and run.start != MINILM_START:
        _take_old_heads(model, Path(run.start))
    return model


def new_backbone(config: BertConfig, *, sinusoidal_positions: bool) -> BertBackbone:
    """Random weights; the table of positions is random or begins with sines."""
    backbone = BertBackbone(config)
    if sinusoidal_positions:
        table = backbone.embeddings.position_table
        table.assign(sinusoid_table(*table.shape, deviation=config.initializer_range))
    return backbone


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
    return {
        "start": origin or "random weights",
        "corpus": {
            "sources": shards.manifest.sources,
            "fingerprint": shards.fingerprint,
            **dataclasses.asdict(shards.manifest.counts),
        },
        "settings": dataclasses.asdict(run.settings),
        "sinusoidal_positions": run.sinusoidal_positions,
        "precision": str(keras.config.dtype_policy().name),
    }


def _save(run: PretrainingRun, model: BertPretrainer, result: LoopResult, device: str) -> None:
    last = max(result.evaluations, default=None)
    scalars = dict(result.evaluations[last].scalars) if last is not None else {}
    model.task = dataclasses.replace(
        model.task, metrics={"dev": scalars, "steps": result.steps, "device": device}
    )
    save_model(model, run.output / "model", card=pretraining_card(model.task))
