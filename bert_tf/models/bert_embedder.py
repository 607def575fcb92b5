"""The encoder with pooling: a text in, one vector out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Unpack

import keras
from keras import KerasTensor, ops

from bert_tf.config import BertConfig
from bert_tf.layers.text_pooling import first_token, mean_pooling
from bert_tf.models.bert_backbone import BertBackbone, Inputs
from bert_tf.models.check_parts import check_parts
from bert_tf.models.encoding import EncodeChoices, encode_texts
from bert_tf.models.task import Task
from bert_tf.models.text_model_config import text_model_config, text_model_parts
from bert_tf.text.tokenizer import BertTokenizer

# Axis letters: N texts in all, B texts in a batch, H hidden units.


@keras.saving.register_keras_serializable(package="bert_tf")
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

    def encode(self, texts: Sequence[str] | str, **choices: Unpack[EncodeChoices]) -> Any:
        """One vector a text, or what else `encode_texts` offers."""
        return encode_texts(self, texts, **choices)

    def get_config(self) -> dict[str, Any]:
        return text_model_config(self)

    @classmethod
    def from_config(cls, config: dict[str, Any], custom_objects: Any = None) -> BertEmbedder:
        return cls(**text_model_parts(config))
