"""The encoder with pooling: a text in, one vector out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import keras
import numpy as np
from keras import KerasTensor, ops
from numpy.typing import NDArray

from bert_tf.config import BertConfig
from bert_tf.layers.text_pooling import first_token, mean_pooling
from bert_tf.models.bert_backbone import BertBackbone, Inputs
from bert_tf.models.prediction import check_parts, predict_in_length_order
from bert_tf.models.task import Task
from bert_tf.text.tokenizer import BertTokenizer

# Axis letters: N texts in all, B texts in a batch, H hidden units.


class BertEmbedder(keras.Model):
    """Sentence vectors by pooling the token vectors (Reimers and Gurevych 2019)."""

    def __init__(
        self, backbone: BertBackbone, task: Task, tokenizer: BertTokenizer, **kwargs: Any
    ) -> None:
        """Put an encoder, a task of kind "embedding" and a tokenizer together.

        Raises:
            ValueError: if the parts do not fit each other.
        """
        super().__init__(**kwargs)
        check_parts(backbone.config, task, tokenizer, kind="embedding")
        self.backbone = backbone
        self.task = task
        self.tokenizer = tokenizer
        self.built = True

    @property
    def config(self) -> BertConfig:
        """The encoder's config."""
        return self.backbone.config

    @property
    def output_dim(self) -> int:
        """How many numbers come out for a text."""
        return self.backbone.config.hidden_dim

    def call(self, inputs: Inputs, training: bool | None = None) -> KerasTensor:
        """Vectors (B, H); unit length if the task says so."""
        hidden = self.backbone(inputs, training=training)
        if self.task.pooling == "mean":
            pooled = mean_pooling(hidden, inputs["padding_mask"])
        else:
            pooled = first_token(hidden)
        pooled = ops.cast(pooled, "float32")
        if self.task.normalize:
            norm = ops.sqrt(ops.sum(ops.square(pooled), axis=-1, keepdims=True))
            pooled = pooled / ops.maximum(norm, 1e-12)
        return pooled

    def encode(self, texts: Sequence[str], *, batch_size: int = 64) -> NDArray[np.float32]:
        """One vector a text, (N, H), in the order of the texts."""
        return predict_in_length_order(self, texts, batch_size=batch_size)
