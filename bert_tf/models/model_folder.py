"""A trained model as a folder: config, vocabulary, weights, task, model card."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from bert_tf.config import BertConfig
from bert_tf.models.bert_backbone import BertBackbone
from bert_tf.models.bert_classifier import BertClassifier
from bert_tf.models.bert_embedder import BertEmbedder
from bert_tf.models.task import TASK, load_task
from bert_tf.text.tokenizer import BertTokenizer

TextModel = BertClassifier | BertEmbedder

CONFIG, WEIGHTS, CARD = "config.json", "model.weights.h5", "README.md"


def save_model(model: TextModel, folder: Path, *, card: str | None = None) -> None:
    """Write a model folder, whole or not at all.

    The files are written beside the folder first and moved when complete; a folder that
    was there before is replaced only then.

    Args:
        model: the model; its `task` and `tokenizer` travel with it.
        folder: where to; its parent must exist or can be made.
        card: the text of the model card, Markdown.
    """
    folder = Path(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    temporary = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    try:
        model.config.save(temporary / CONFIG)
        model.tokenizer.save(temporary)
        model.save_weights(temporary / WEIGHTS)
        model.task.save(temporary / TASK)
        text = card if card is not None else f"# {model.task.name}\n"
        (temporary / CARD).write_text(text, encoding="utf-8")
        temporary.chmod(0o755)
        _replace_folder(temporary, folder)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def _replace_folder(source: Path, target: Path) -> None:
    if target.exists():
        old = target.with_name(f".{target.name}.old-{os.getpid()}")
        os.replace(target, old)
        os.replace(source, target)
        shutil.rmtree(old)
    else:
        os.replace(source, target)


def load_model(folder: Path) -> TextModel:
    """Read what `save_model` wrote.

    Raises:
        FileNotFoundError: if a file of the folder is missing.
        ValueError: if a file is damaged or the files do not belong together.
    """
    folder = Path(folder)
    task = load_task(folder)
    for name in (CONFIG, WEIGHTS, "vocab.txt"):
        if not (folder / name).is_file():
            raise FileNotFoundError(f"The model folder {folder} lacks {name}.")
    backbone = BertBackbone(BertConfig.load(folder / CONFIG))
    tokenizer = BertTokenizer.from_folder(folder)
    kind = BertClassifier if task.kind == "classification" else BertEmbedder
    model: TextModel = kind(backbone, task, tokenizer)
    try:
        model.load_weights(folder / WEIGHTS)
    except (OSError, KeyError, ValueError) as error:
        raise ValueError(
            f"{folder / WEIGHTS} does not hold this model's weights: {error}"
        ) from error
    return model
