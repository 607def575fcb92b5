"""From files of labelled texts to a model folder: the whole task of classification."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

import keras
import numpy as np

from bert_tf.atomic_file import atomic_path
from bert_tf.data.classification_examples import (
    ClassificationExamples,
    Columns,
    find_labels,
    read_classification,
)
from bert_tf.data.split import ids_digest, split_of
from bert_tf.data.table_reader import DataError
from bert_tf.models.bert_classifier import BertClassifier
from bert_tf.models.model_folder import check_target, load_model, save_model
from bert_tf.models.task import Pooling, Task, check_labels
from bert_tf.training.classification_evaluation import (
    ClassificationReport,
    evaluate_classification,
)
from bert_tf.training.classification_training import (
    ClassificationTraining,
    FinetuneSettings,
    seed_everything,
)
from bert_tf.training.model_card import classification_card
from bert_tf.training.precision import Precision, dtype_policy
from bert_tf.training.start_weights import StartWeights, load_start_weights


@dataclass(frozen=True, kw_only=True)
class ClassificationTask:
    """What to learn from which files."""

    train: Path  # labelled texts
    dev: Path | None  # labelled texts; None = a tenth of `train`, chosen by hash
    start: str  # see `load_start_weights`
    output: Path  # folder of the run; the model lands in `output / "model"`
    name: str  # of the model
    language: str = "en"  # BCP 47
    columns: Columns = field(default_factory=Columns)
    labels: tuple[str, ...] | None = None  # None = what the label column holds
    label_values: tuple[float, ...] | None = None  # a number a class
    max_length: int = 256  # tokens
    pooling: Pooling = "mean"
    precision: Precision = "auto"
    data_licence: str = "unknown"
    data_provenance: str = "files given by the user"


def finetune_classification(
    what: ClassificationTask, settings: FinetuneSettings, *, quiet: bool = False
) -> tuple[Path, ClassificationReport]:
    """Fine-tune, evaluate on dev in float32, and write the model folder.

    Returns:
        The model folder and the report on dev.

    Raises:
        DataError: for files that cannot be used.
        TrainingInterruptedError: after Ctrl-C; calling again with the same arguments goes on.
    """
    check_target(what.output / "model")
    labels, train, dev = _read_data(what)
    before = keras.config.dtype_policy()
    keras.config.set_dtype_policy(dtype_policy(what.precision))
    try:
        seed_everything(settings.seed)
        start = load_start_weights(what.start)
        task = _make_task(what, labels, train, settings, start)
        model = BertClassifier(start.backbone, task, start.tokenizer)
        training = ClassificationTraining(model, train, dev, settings, what.output, quiet=quiet)
        training.run()
        folder = what.output / "model"
        save_model(model, folder)
    finally:
        keras.config.set_dtype_policy(before)
    report = measure_and_document(folder, dev)
    with atomic_path(what.output / "evaluation.json") as path:
        content = {"dev": dataclasses.asdict(report)}
        path.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
    return folder, report


def check_data(what: ClassificationTask) -> dict[str, Any]:
    """Read and check the files without training: labels and counts.

    Raises:
        DataError: for files that cannot be used.
    """
    labels, train, dev = _read_data(what)
    return {
        "labels": list(labels),
        "train_texts": len(train),
        "dev_texts": len(dev),
        "train_share_a_label": [round(float(x), 4) for x in train.targets.mean(axis=0)],
    }


def _read_data(
    what: ClassificationTask,
) -> tuple[tuple[str, ...], ClassificationExamples, ClassificationExamples]:
    if what.labels is None and what.columns.distribution is not None:
        raise DataError("A distribution column needs the labels named, in their order.")
    labels = what.labels or find_labels(what.train, what.columns)
    check_labels(labels, what.label_values)
    train = read_classification(what.train, what.columns, labels)
    if what.dev is not None:
        return labels, train, read_classification(what.dev, what.columns, labels)
    held_out = np.asarray([split_of(text) == "dev" for text in train.texts])
    if not held_out.any():  # a small file: every tenth text
        held_out = np.arange(len(train)) % 10 == 0
    if held_out.all():
        raise DataError(f"{what.train} holds too few texts ({len(train)}) to hold some back.")
    return labels, select(train, np.flatnonzero(~held_out)), select(train, np.flatnonzero(held_out))


def select(examples: ClassificationExamples, rows: np.ndarray) -> ClassificationExamples:
    """The examples at these rows, in this order."""
    return ClassificationExamples(
        texts=[examples.texts[row] for row in rows],
        targets=examples.targets[rows],
        values=None if examples.values is None else examples.values[rows],
        groups=None if examples.groups is None else [examples.groups[row] for row in rows],
        ids=[examples.ids[row] for row in rows],
    )


def _make_task(
    what: ClassificationTask,
    labels: Sequence[str],
    train: ClassificationExamples,
    settings: FinetuneSettings,
    start: StartWeights,
) -> Task:
    return Task(
        kind="classification",
        name=what.name,
        language=what.language,
        max_length=min(what.max_length, start.backbone.config.max_sequence_length),
        pooling=what.pooling,
        labels=tuple(labels),
        label_values=what.label_values,
        licence={"weights": start.licence, "data": what.data_licence},
        provenance={
            "start": start.provenance,
            "data": what.data_provenance,
            "train_file_sha256": sha256(what.train.read_bytes()).hexdigest(),
            "training_ids_sha256": ids_digest(train.ids),
            "training_texts": len(train),
            "settings": dataclasses.asdict(settings),
            "precision": str(keras.config.dtype_policy().name),
        },
    )


def measure_and_document(
    folder: Path, examples: ClassificationExamples, *, name: str = "dev"
) -> ClassificationReport:
    """Measure a saved classifier in float32; its task and card get the figures.

    Args:
        folder: the model folder; rewritten.
        examples: what to measure on.
        name: what the figures are called, such as "dev" or "test".

    Raises:
        ValueError: if the folder holds no classifier.
    """
    model: Any = load_model(folder)
    if not isinstance(model, BertClassifier):
        raise ValueError(f"{folder} holds an embedding model; a classifier is needed.")
    report = evaluate_classification(
        model.predict_proba(examples.texts), examples, model.task.label_values
    )
    metrics = {**model.task.metrics, name: dataclasses.asdict(report)}
    model.task = dataclasses.replace(model.task, metrics=metrics)
    save_model(model, folder, card=classification_card(model.task, report, report_name=name))
    return report
