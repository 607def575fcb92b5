"""Builds two quantized bundles of random weights by the real path; run in its own process.

usage: python make_real_bundles.py OUTPUT_FOLDER
"""

import sys
from pathlib import Path

import keras

from bert_tf.config import BertConfig
from bert_tf.models.bert_backbone import BertBackbone
from bert_tf.models.bert_classifier import BertClassifier
from bert_tf.models.bert_embedder import BertEmbedder
from bert_tf.models.task import Task
from bert_tf.text.tokenizer import BertTokenizer
from export.build import build
from export.recipes import RECIPES

WORDS = ["good", "bad", "fair", "film", "the", "a", "not", "very", "plot", "cast", "and", "but"]
TOKENS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *WORDS, "##s", ".", "!", ","]


def main(folder: Path) -> None:
    keras.utils.set_random_seed(11)
    config = BertConfig(
        vocabulary_size=len(TOKENS),
        hidden_dim=64,
        num_layers=2,
        num_heads=4,
        intermediate_dim=128,
        max_sequence_length=128,
        initializer_range=0.2,
    )
    common = {"language": "en", "max_length": 96, "pooling": "mean"}
    tasks = {
        "real-embedder": Task(kind="embedding", name="real-embedder", **common),
        "real-classifier": Task(
            kind="classification",
            name="real-classifier",
            labels=("left", "middle", "right"),
            label_values=(-1.0, 0.0, 1.0),
            normalize=False,
            **common,
        ),
    }
    for name, task in tasks.items():
        kind = BertClassifier if task.kind == "classification" else BertEmbedder
        model = kind(BertBackbone(config), task, BertTokenizer(TOKENS))
        content, _ = build(model, RECIPES["dynamic_wi8_afp32"], papers={})
        (folder / f"{name}.tflite").write_bytes(content)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
