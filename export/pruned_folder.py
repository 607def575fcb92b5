"""A model with fewer words: rows of its tables gathered, written as a model folder."""

from __future__ import annotations

import dataclasses
import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np

from bert_tf.atomic_folder import atomic_folder
from bert_tf.file_hash import file_sha256
from bert_tf.models.bert_backbone import BertBackbone
from bert_tf.models.model_folder import CARD, WEIGHTS, TextModel, load_model, write_model
from bert_tf.models.task import TASK
from export.runtime.bundle import LICENCE
from export.vocabulary_pruning import PieceIds, prune_tokenizer

# Axis letters: V tokens of the whole vocabulary, K tokens that are kept, H hidden units.

PROVENANCE = "vocabulary_pruning"  # the list of a task's provenance that a pruning adds to
# What has a row or a number a token: the embeddings, and the bias of a masked language model,
# whose other weights over the vocabulary are the embeddings themselves.
_A_TOKEN_EACH = ("word_table", "output_bias")
_HEADING = "## Pruned vocabulary"


def prune_model(model: TextModel, kept: PieceIds) -> TextModel:
    """A model of the same kind with the rows of these tokens alone.

    Args:
        model: stays as it is.
        kept: ids (K,), ascending; a token's new id is its place among them.

    Returns:
        A model whose answers to the remapped ids are those of `model`, bit for bit. A head that
        guesses tokens gives the scores of those that are left.
    """
    config = dataclasses.replace(model.config, vocabulary_size=len(kept))
    tokenizer = prune_tokenizer(model.tokenizer, kept)
    pruned = type(model)(BertBackbone(config), model.task, tokenizer)
    for old, new in zip(model.weights, pruned.weights, strict=True):
        values = np.asarray(old)
        new.assign(values[kept] if old.name in _A_TOKEN_EACH else values)  # (V, ...) to (K, ...)
    return pruned


def write_pruned_folder(
    source: Path, output: Path, kept: PieceIds, *, record: dict[str, Any]
) -> None:
    """Prune a model folder into another one, which appears whole or not at all.

    The licence stays; what was measured before moves from the metrics into the record, since it
    was measured on other weights.

    Args:
        source: a model folder.
        output: where to; an older model folder is replaced.
        kept: ids (K,), ascending.
        record: what to say in provenance and model card of how the ids were chosen.

    Raises:
        FileNotFoundError: if this is no model folder.
        FileExistsError: if something else lies at `output`.
        ValueError: if the folder is damaged.
    """
    model = prune_model(load_model(source), kept)
    task = model.task
    entry = {"weights_sha256": file_sha256(source / WEIGHTS), **record}
    if task.metrics:
        entry["metrics_before"] = task.metrics
    earlier = task.provenance.get(PROVENANCE)
    entries = [*(earlier if isinstance(earlier, list) else []), entry]
    provenance = {**task.provenance, PROVENANCE: entries}
    model.task = dataclasses.replace(task, provenance=provenance, metrics={})
    card = _card(source, task.name, entry)
    with atomic_folder(output, marker=TASK) as inside:
        write_model(model, inside, card=card)
        if (source / LICENCE).is_file():
            shutil.copyfile(source / LICENCE, inside / LICENCE)


def _card(source: Path, name: str, entry: dict[str, Any]) -> str:
    """The card of the whole model, and what was taken from it."""
    path = source / CARD
    before = path.read_text(encoding="utf-8") if path.is_file() else f"# {name}\n"
    shown = json.dumps(entry, indent=2, ensure_ascii=False)
    return (
        f"{before.rstrip()}\n\n{_HEADING}\n\n"
        f"Of {entry['tokens_before']:,} tokens {entry['tokens_after']:,} were kept, those that a "
        "corpus needs and the single characters; every other weight is as it was. Until it is "
        "measured anew (bert-tf evaluate --save), the figures in this card are those of the whole "
        "vocabulary. Texts unlike the corpus are cut into more and shorter pieces than before.\n\n"
        f"```json\n{shown}\n```\n"
    )
