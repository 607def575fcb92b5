"""The texts that every engine of the training benchmark learns from, and their ids.

Axis letters: N texts.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from bert_tf.config import BertConfig
from bert_tf.text.encoded_batch import EncodedBatch
from bert_tf.text.tokenizer import BertTokenizer

TINY = "tiny"  # start weights of a random encoder, for trying the machinery
CHECK_TEXTS = 8  # on which the engines must agree before anything is timed
CHECK_LENGTH = 64  # tokens those are cut to, [CLS] and [SEP] counted
_WORDS = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *(f"w{number}" for number in range(60)))


@dataclass(frozen=True, kw_only=True)
class TrainingData:
    """Texts of one class each, in the order in which all engines are given them."""

    start: str  # see `load_start_weights`, or TINY
    tokenizer_folder: str  # with vocab.txt and the casing
    num_classes: int
    texts: list[str]  # (N,) to learn from
    ids: list[list[int]]  # (N,) their word pieces, without [CLS] and [SEP]
    labels: list[int]  # (N,) classes
    dev_texts: list[str]
    dev_ids: list[list[int]]
    dev_labels: list[int]

    def __post_init__(self) -> None:
        for part in ("", "dev_"):
            sizes = {len(getattr(self, part + name)) for name in ("texts", "ids", "labels")}
            if len(sizes) != 1 or 0 in sizes:
                raise ValueError(f"{part}texts, ids and labels must be equally many: {sizes}.")

    @property
    def tokenizer(self) -> BertTokenizer:
        """The tokenizer that made the ids."""
        return BertTokenizer.from_folder(Path(self.tokenizer_folder))

    def first(self, count: int) -> TrainingData:
        """Only the first training texts."""
        parts = {name: getattr(self, name)[:count] for name in ("texts", "ids", "labels")}
        return dataclasses.replace(self, **parts)

    def shuffled(self, seed: int) -> TrainingData:
        """The training texts in an order of the seed's, for an engine that reads as they come."""
        order = np.random.default_rng(seed).permutation(len(self.texts))
        parts = {
            name: [getattr(self, name)[place] for place in order]
            for name in ("texts", "ids", "labels")
        }
        return dataclasses.replace(self, **parts)

    def check_batch(self) -> EncodedBatch:
        """The dev texts whose outputs are compared between engines."""
        return self.tokenizer.assemble(
            self.dev_ids[:CHECK_TEXTS], max_length=CHECK_LENGTH, pad_to=CHECK_LENGTH
        )

    def save(self, path: Path) -> None:
        """Write as JSON."""
        path.write_text(json.dumps(dataclasses.asdict(self)), encoding="utf-8")

    @classmethod
    def load(cls, path: Path) -> TrainingData:
        """Read what `save` wrote."""
        return cls(**json.loads(path.read_text(encoding="utf-8")))


def vader_data(folder: Path, *, weights: Path, texts: int, dev_texts: int) -> TrainingData:
    """VADER as `bert-tf prepare vader` wrote it; a text's class is the one most raters chose.

    Args:
        folder: with train.jsonl and dev.jsonl.
        weights: the folder of MiniLM, for its vocabulary.
        texts: how many to learn from, drawn over all domains.
        dev_texts: how many of dev.

    Raises:
        SystemExit: if the files are missing or too small.
    """
    tokenizer = BertTokenizer.from_folder(weights)
    train, dev = _read(folder / "train.jsonl", texts), _read(folder / "dev.jsonl", dev_texts)
    classes = 1 + max(label for _, label in [*train, *dev])
    return _data("minilm", weights, tokenizer, classes, train, dev)


def _read(path: Path, count: int) -> list[tuple[str, int]]:
    if not path.is_file():
        raise SystemExit(
            f"{path} is missing; make it: bert-tf prepare vader --output {path.parent}"
        )
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]
    if len(rows) < count:
        raise SystemExit(f"{path} holds {len(rows)} texts; {count} were asked for.")
    order = np.random.default_rng(1).permutation(len(rows))[:count]
    return [(rows[at]["text"], int(np.argmax(rows[at]["distribution"]))) for at in order]


def tiny_data(folder: Path, *, texts: int, dev_texts: int) -> TrainingData:
    """Invented texts of two classes that differ in their words; needs nothing from outside."""
    tokenizer = BertTokenizer(_WORDS)
    tokenizer.save(folder)
    rng = np.random.default_rng(1)

    def sample(count: int) -> list[tuple[str, int]]:
        found = []
        for _ in range(count):
            label, size = int(rng.integers(2)), int(rng.integers(3, 40))
            words = rng.integers(30 * label, 30 * label + 30, size=size)
            found.append((" ".join(f"w{word}" for word in words), label))
        return found

    return _data(TINY, folder, tokenizer, 2, sample(texts), sample(dev_texts))


def _data(
    start: str,
    folder: Path,
    tokenizer: BertTokenizer,
    classes: int,
    train: Sequence[tuple[str, int]],
    dev: Sequence[tuple[str, int]],
) -> TrainingData:
    parts: dict[str, Any] = {}
    for name, rows in (("", train), ("dev_", dev)):
        found = [text for text, _ in rows]
        parts |= {f"{name}texts": found, f"{name}ids": tokenizer.token_ids(found)}
        parts[f"{name}labels"] = [label for _, label in rows]
    return TrainingData(start=start, tokenizer_folder=str(folder), num_classes=classes, **parts)


def tiny_config(vocabulary_size: int) -> BertConfig:
    """The encoder behind TINY."""
    return BertConfig(
        vocabulary_size=vocabulary_size,
        hidden_dim=32,
        num_layers=2,
        num_heads=2,
        intermediate_dim=64,
        max_sequence_length=128,
    )
