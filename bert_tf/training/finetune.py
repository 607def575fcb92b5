"""From files of labelled texts to a model folder, whatever the task."""

from __future__ import annotations

import dataclasses
import json
import logging
import math
from pathlib import Path
from typing import Any

import keras

from bert_tf.atomic_file import atomic_path
from bert_tf.data.examples import Examples, hold_back
from bert_tf.data.split import ids_digest
from bert_tf.file_hash import file_sha256
from bert_tf.models.bert_backbone import BertBackbone
from bert_tf.models.model_folder import CARD, check_target, load_model, save_model, stub_card
from bert_tf.models.task import Task
from bert_tf.training.adversary import Adversary
from bert_tf.training.distribution import is_chief, make_deterministic, make_strategy
from bert_tf.training.fine_tuning import FineTuning
from bert_tf.training.finetune_files import FinetuneFiles
from bert_tf.training.finetune_settings import FinetuneSettings
from bert_tf.training.model_card import task_card, with_figures
from bert_tf.training.optimizer import make_optimizer
from bert_tf.training.precision import computing_in
from bert_tf.training.report import Report
from bert_tf.training.start_weights import StartWeights, load_start_weights
from bert_tf.training.tasks.text_task import TextTask
from bert_tf.training.train_step import make_train_step
from bert_tf.training.training_loop import LoopSettings, TrainingLoop

_log = logging.getLogger(__name__)


def finetune(
    task: TextTask[Any], files: FinetuneFiles, settings: FinetuneSettings, *, quiet: bool = False
) -> tuple[Path, Report]:
    """Fine-tune, measure on dev in float32, and write the model folder.

    Returns:
        The model folder and the report on dev, whose texts were learned too with `learn_dev`.

    Raises:
        DataError: for files that cannot be used.
        TrainingInterruptedError: after Ctrl-C; calling again with the same arguments goes on.
    """
    folder = files.output / "model"
    check_target(folder)
    train, dev, labels = _read(task, files)
    if not files.learn_dev and (both := dev.count_in(train)):
        _log.warning(
            "%d of %d dev texts are training texts as well: the figures of dev promise too much.",
            both,
            len(dev),
        )
    strategy = make_strategy(files.devices)
    if files.deterministic:
        make_deterministic()
    with computing_in(files.precision), strategy.scope():
        keras.utils.set_random_seed(settings.seed)
        start = load_start_weights(files.start, random_weights=files.random_weights)
        described = _describe(task, files, settings, train, labels, start)
        model = task.make_model(start.backbone, described, start.tokenizer)
        freeze(model.backbone, layers=settings.freeze_layers, embeddings=settings.freeze_embeddings)
        tuning = FineTuning(task, model, train, None if files.learn_dev else dev, settings)
        make_loop(tuning, files.output, quiet=quiet, chief=is_chief(strategy)).run()
        if is_chief(strategy):
            save_model(model, folder)
    if not is_chief(strategy):
        return folder, tuning.task.measure(model, dev)
    report = measure_and_document(task, folder, dev, name=measured_name(files))
    with atomic_path(files.output / "evaluation.json") as path:
        content = {measured_name(files): dataclasses.asdict(report)}
        path.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
    return folder, report


def measured_name(files: FinetuneFiles) -> str:
    """What the texts that are measured at the end are called."""
    return "learned texts" if files.learn_dev else "dev"


def check_data(
    task: TextTask[Any], files: FinetuneFiles, settings: FinetuneSettings
) -> dict[str, Any]:
    """Read and check the files without training: labels, counts and steps.

    Raises:
        DataError: for files that cannot be used.
    """
    train, dev, labels = _read(task, files)
    found: dict[str, Any] = {"labels": list(labels)} if labels else {}
    found |= {"train_texts": len(train), "dev_texts": len(dev)}
    found["dev_texts_also_in_train"] = dev.count_in(train)
    found["steps"] = settings.epochs * math.ceil(len(train) / settings.batch_size)
    if "targets" in train.arrays:
        shares = train.arrays["targets"].mean(axis=0)
        found["train_share_a_label"] = [round(float(share), 4) for share in shares]
    return found


def make_loop(
    tuning: FineTuning, folder: Path, *, quiet: bool = False, chief: bool = True
) -> TrainingLoop:
    """Optimizer, step and loop of a fine-tuning.

    Raises:
        ValueError: if the task's batches cannot be cut into micro-batches and it is asked for.
    """
    settings = tuning.settings
    optimizer = make_optimizer(
        tuning.model.trainable_variables,
        learning_rate=settings.learning_rate,
        warmup_steps=int(tuning.total_steps * settings.warmup),
        total_steps=tuning.total_steps,
        weight_decay=settings.weight_decay,
        clip_norm=settings.clip_norm,
        epsilon=settings.epsilon,
        layer_decay=settings.layer_decay,
        scale_loss=tuning.model.backbone.compute_dtype == "float16",
    )
    word_table = tuning.model.backbone.embeddings.word_table
    norm = settings.adversarial_norm
    step = make_train_step(
        tuning,
        optimizer,
        micro_batches=settings.micro_batches,
        xla=settings.xla,
        adversary=Adversary(word_table, norm) if norm else None,
    )
    loop = LoopSettings(checkpoint_steps=settings.checkpoint_steps, patience=settings.patience)
    return TrainingLoop(tuning, step, optimizer, folder, loop, quiet=quiet, chief=chief)


def freeze(backbone: BertBackbone, *, layers: int, embeddings: bool) -> None:
    """Keep the lowest blocks and the embeddings as they are.

    Raises:
        ValueError: if there are not so many blocks.
    """
    if layers > len(backbone.blocks):
        raise ValueError(
            f"freeze_layers must be at most {len(backbone.blocks)}, the blocks of this encoder; "
            f"received {layers}."
        )
    for block in backbone.blocks[:layers]:
        block.trainable = False
    if embeddings:
        backbone.embeddings.trainable = False


def measure_and_document(
    task: TextTask[Any],
    folder: Path,
    examples: Examples,
    *,
    name: str = "dev",
    keep_words: bool = False,
) -> Report:
    """Measure a saved model in float32; its task and card get the figures.

    Args:
        task: of the model's kind.
        folder: the model folder; rewritten.
        examples: what to measure on.
        name: what the figures are called, such as "dev" or "test".
        keep_words: change nothing in the card but its figures; a newly trained model gets a new
            card, for the words of the old one are about another model.
    """
    model: Any = load_model(folder)
    path = folder / CARD
    words = path.read_text(encoding="utf-8") if keep_words and path.is_file() else ""
    report = task.measure(model, examples)
    figures = dataclasses.asdict(report)
    model.task = dataclasses.replace(model.task, metrics={**model.task.metrics, name: figures})
    if words in ("", stub_card(model.task)):
        card = task_card(task, model.task, report, report_name=name)
    else:
        card = with_figures(words, model.task, report, report_name=name)
    save_model(model, folder, card=card)
    return report


def _read(task: TextTask[Any], files: FinetuneFiles) -> tuple[Examples, Examples, tuple[str, ...]]:
    train, labels = task.read_train(files.train)
    if files.dev is not None:
        dev = task.read_dev(files.dev, labels)
        if files.learn_dev:
            train = train.followed_by(task.read_more(files.dev, labels))
    elif files.learn_dev:
        dev = train
    else:
        train, dev = hold_back(train, files.train)
    task.check(files.train, train, dev, labels)
    return train, dev, labels


def _describe(
    task: TextTask[Any],
    files: FinetuneFiles,
    settings: FinetuneSettings,
    train: Examples,
    labels: tuple[str, ...],
    start: StartWeights,
) -> Task:
    chosen = {k: v for k, v in dataclasses.asdict(task).items() if k not in task.reading}
    chosen = {k: v.name if isinstance(v, Path) else v for k, v in chosen.items()}
    return Task(
        kind=task.kind,
        name=files.name or task.kind,
        language=files.language,
        max_length=min(files.max_length, start.backbone.config.max_sequence_length),
        pooling=files.pooling,
        **task.head(train, labels),
        licence={"weights": start.licence, "data": files.data_licence},
        provenance={
            "start": start.provenance,
            "data": files.data_source,
            "train_file_sha256": file_sha256(files.train),
            "training_ids_sha256": ids_digest(train.ids),
            "training_texts": len(train),
            "settings": {**dataclasses.asdict(settings), **chosen},
            "precision": str(keras.config.dtype_policy().name),
        },
    )
