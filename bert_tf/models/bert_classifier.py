"""The encoder with a softmax head: a text in, one probability a class out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import keras
import numpy as np
from keras import KerasTensor, ops
from numpy.typing import NDArray

from bert_tf.config import BertConfig
from bert_tf.layers.byte_dropout import ByteDropout
from bert_tf.layers.text_pooling import first_token, mean_pooling
from bert_tf.models.bert_backbone import BertBackbone, Inputs
from bert_tf.models.prediction import check_parts, predict_in_length_order
from bert_tf.models.task import Task
from bert_tf.text.tokenizer import BertTokenizer

# Axis letters: N texts in all, B texts in a batch, H hidden units, C classes.


class BertClassifier(keras.Model):
    """Single-label classification (Devlin et al. 2018, section 4.1).

    With pooling "cls" the vector of [CLS] passes the tanh layer called pooler, as in the
    paper; with "mean" the head reads the mean of the token vectors.
    """

    def __init__(
        self, backbone: BertBackbone, task: Task, tokenizer: BertTokenizer, **kwargs: Any
    ) -> None:
        """Put an encoder, a task of kind "classification" and a tokenizer together.

        Raises:
            ValueError: if the parts do not fit each other.
        """
        super().__init__(**kwargs)
        config = backbone.config
        check_parts(config, task, tokenizer, kind="classification")
        initializer = keras.initializers.TruncatedNormal(stddev=config.initializer_range)
        self.backbone = backbone
        self.task = task
        self.tokenizer = tokenizer
        self.pooler = (
            keras.layers.Dense(
                config.hidden_dim,
                activation="tanh",
                kernel_initializer=initializer,
                name="pooler",
            )
            if task.pooling == "cls"
            else None
        )
        self.dropout = ByteDropout(config.dropout, name="dropout")
        self.classifier = keras.layers.Dense(
            len(task.labels), kernel_initializer=initializer, dtype="float32", name="classifier"
        )
        self.build()

    def build(self, input_shape: Any = None) -> None:
        width = (None, self.config.hidden_dim)
        if self.pooler is not None:
            self.pooler.build(width)
        self.classifier.build(width)
        self.built = True

    @property
    def config(self) -> BertConfig:
        """The encoder's config."""
        return self.backbone.config

    @property
    def output_dim(self) -> int:
        """How many numbers come out for a text."""
        return len(self.task.labels)

    def call(self, inputs: Inputs, training: bool | None = None) -> KerasTensor:
        """Logits, (B, C)."""
        hidden = self.backbone(inputs, training=training)
        if self.pooler is None:
            pooled = mean_pooling(hidden, inputs["padding_mask"])
        else:
            pooled = self.pooler(first_token(hidden))
        return self.classifier(self.dropout(pooled, training=training))

    def predict_proba(self, texts: Sequence[str], *, batch_size: int = 64) -> NDArray[np.float32]:
        """The probability of each class for each text, (N, C)."""
        logits = predict_in_length_order(self, texts, batch_size=batch_size)
        return np.asarray(ops.softmax(logits, axis=-1), np.float32)

    def encode(self, texts: Sequence[str], *, batch_size: int = 64) -> NDArray[np.float32]:
        """One pooled vector a text from the encoder under the head, (N, H), unit length."""
        from bert_tf.models.bert_embedder import BertEmbedder

        task = Task(
            kind="embedding",
            name=self.task.name,
            language=self.task.language,
            max_length=self.task.max_length,
            pooling=self.task.pooling,
        )
        embedder = BertEmbedder(self.backbone, task, self.tokenizer)
        return embedder.encode(texts, batch_size=batch_size)


def valence(probabilities: NDArray[np.float32], label_values: Sequence[float]) -> NDArray[Any]:
    """The expectation of the classes' values, (N,), for probabilities of shape (N, C)."""
    return probabilities @ np.asarray(label_values, np.float32)
