"""A trained model as a folder: config, vocabulary, weights, task, model card."""

from __future__ import annotations

import os
from pathlib import Path

from bert_tf.atomic_folder import atomic_folder, check_replaceable
from bert_tf.config import BertConfig
from bert_tf.models.bert_backbone import BertBackbone
from bert_tf.models.bert_classifier import BertClassifier
from bert_tf.models.bert_embedder import BertEmbedder
from bert_tf.models.bert_pretrainer import BertPretrainer
from bert_tf.models.check_parts import check_parts
from bert_tf.models.folder_manifest import check_manifest, write_manifest
from bert_tf.models.task import TASK, Task, load_task
from bert_tf.text.tokenizer import BertTokenizer

TextModel = BertClassifier | BertEmbedder | BertPretrainer

CONFIG, WEIGHTS, CARD = "config.json", "model.weights.h5", "README.md"
# Every other kind is a way to train the head of a classifier.
_KINDS: dict[str, type[TextModel]] = {"embedding": BertEmbedder, "pretraining": BertPretrainer}
# The manifest holds these; the card may be edited.
_CHECKED = (CONFIG, WEIGHTS, "vocab.txt", "tokenizer.json", TASK)


def save_model(model: TextModel, folder: Path, *, card: str | None = None) -> None:
    """Write a model folder, whole or not at all.

    The files are written beside the folder first and moved when complete; a model that was
    there before is replaced only then. What else lies in its folder (a licence, a bundle)
    comes along.

    A folder that holds something else is never replaced: its files may be somebody's only ones.

    Args:
        model: the model; its `task` and `tokenizer` travel with it.
        folder: where to; its parent must exist or can be made.
        card: the text of the model card, Markdown; None keeps the one that is there.

    Raises:
        FileExistsError: if something lies there that is no model folder.
        OSError: if the disk is full or the folder cannot be written.
    """
    if card is None and not os.path.lexists(Path(folder) / CARD):
        card = stub_card(model.task)
    with atomic_folder(folder, marker=TASK, keep_others=True) as inside:
        write_model(model, inside, card=card)


def write_model(model: TextModel, folder: Path, *, card: str | None) -> None:
    """Write the files of a model into a folder that is there.

    Args:
        model: the model.
        folder: theirs alone, such as one of `atomic_folder`.
        card: the text of the model card; None writes none.
    """
    model.config.save(folder / CONFIG)
    model.tokenizer.save(folder)
    model.save_weights(folder / WEIGHTS)
    model.task.save(folder / TASK)
    write_manifest(folder, _CHECKED)
    if card is not None:
        (folder / CARD).write_text(card, encoding="utf-8")


def stub_card(task: Task) -> str:
    """The card of a model of which nobody has said anything yet."""
    return f"# {task.name}\n"


def check_target(folder: Path) -> None:
    """Refuse a place where `save_model` would destroy what is no model folder.

    Raises:
        FileExistsError: if a file is there, or a folder with other things in it.
    """
    check_replaceable(folder, marker=TASK)


def load_model(folder: Path) -> TextModel:
    """Read what `save_model` wrote.

    Lengths and hashes are compared with the folder's manifest first; a folder of an earlier
    version without one is read all the same.

    Raises:
        FileNotFoundError: if a file of the folder is missing.
        ValueError: if a file is damaged or the files do not belong together.
    """
    folder = Path(folder)
    task = load_task(folder)
    for name in (CONFIG, WEIGHTS, "vocab.txt"):
        if not (folder / name).is_file():
            raise FileNotFoundError(f"The model folder {folder} lacks {name}.")
    check_manifest(folder, _CHECKED)
    config = BertConfig.load(folder / CONFIG)
    tokenizer = BertTokenizer.from_folder(folder)
    check_parts(config, task, tokenizer, kind=task.kind)  # before memory goes to the tables
    _check_length(folder / WEIGHTS, config)
    backbone = BertBackbone(config)
    kind = _KINDS.get(task.kind, BertClassifier)
    model: TextModel = kind(backbone, task, tokenizer)
    try:
        model.load_weights(folder / WEIGHTS)
    except (OSError, LookupError, TypeError, ValueError, RuntimeError) as error:  # h5py: any
        raise ValueError(
            f"{folder / WEIGHTS} does not hold this model's weights: {error}"
        ) from error
    return model


def _check_length(weights: Path, config: BertConfig) -> None:
    """Refuse a config whose tables and kernels the file cannot hold.

    Raises:
        ValueError: before memory for them is taken.
    """
    width = config.hidden_dim
    tables = config.vocabulary_size + config.max_sequence_length + config.num_segments
    kernels = config.num_layers * (4 * width + 2 * config.intermediate_dim)
    needed = 4 * width * (tables + kernels)  # float32
    length = weights.stat().st_size
    if length < needed:
        raise ValueError(
            f"{weights} does not hold this model's weights: {CONFIG} describes an encoder of "
            f"{needed} bytes or more, the file has {length}."
        )
