"""Tiny models and opinions on films that they can learn."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import keras
import numpy as np
import pytest

from bert_tf.data.examples import Examples


@pytest.fixture(scope="session")
def tiny_model(tiny_vocabulary: list[str]) -> Callable[..., Any]:
    """A function that makes a model of a kind, always with the same weights."""

    def make(kind: str, *, num_layers: int = 1, pooling: str = "cls",
             dropout: float = 0.1, **fields: Any) -> Any:  # fmt: skip
        from bert_tf.config import BertConfig
        from bert_tf.models.bert_backbone import BertBackbone
        from bert_tf.models.bert_classifier import BertClassifier
        from bert_tf.models.bert_embedder import BertEmbedder
        from bert_tf.models.task import Task
        from bert_tf.text.tokenizer import BertTokenizer

        keras.utils.set_random_seed(5)
        config = BertConfig(
            vocabulary_size=len(tiny_vocabulary),
            hidden_dim=16,
            num_layers=num_layers,
            num_heads=2,
            intermediate_dim=32,
            max_sequence_length=16,
            initializer_range=0.2,
            dropout=dropout,
            attention_dropout=dropout,
        )
        task = Task(kind=kind, name="toy", language="en", max_length=16, pooling=pooling, **fields)
        head = BertEmbedder if kind == "embedding" else BertClassifier
        return head(BertBackbone(config), task, BertTokenizer(tiny_vocabulary))

    return make


@pytest.fixture(scope="session")
def opinions() -> Callable[..., Examples]:
    """A function that makes so many sentences with the class bad or good and a value."""

    def make(count: int, seed: int) -> Examples:
        rng = np.random.default_rng(seed)
        words = (("bad", "awful", "boring"), ("good", "great", "fine"))
        fillers = ("the film", "it", "this cat", "that dog")
        classes = rng.integers(0, 2, count)
        texts = [
            f"{fillers[rng.integers(0, 4)]} is {words[kind][rng.integers(0, 3)]}"
            for kind in classes
        ]
        return Examples(
            texts=(texts,),
            arrays={
                "targets": np.eye(2, dtype=np.float32)[classes],
                "values": np.asarray(classes, np.float32) * 2 - 1,
            },
            ids=[str(index) for index in range(count)],
        )

    return make
