"""The encoder with a head that gives numbers: class probabilities, labels, or a value."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Unpack

import keras
import numpy as np
from keras import KerasTensor, ops
from numpy.typing import NDArray

from bert_tf.config import BertConfig
from bert_tf.layers.counter_dropout import CounterDropout
from bert_tf.layers.text_pooling import first_token, mean_pooling
from bert_tf.models.bert_backbone import BertBackbone, Inputs
from bert_tf.models.check_parts import check_parts
from bert_tf.models.encoding import EncodeChoices, encode_texts
from bert_tf.models.prediction import predict_in_length_order
from bert_tf.models.task import Task
from bert_tf.models.text_model_config import text_model_config, text_model_parts
from bert_tf.text.tokenizer import BertTokenizer

# Axis letters: N texts in all, B texts in a batch, H hidden units, C outputs (classes, labels, 1).

# kind of task: what turns the head's outputs (B, C) into answers
_ANSWERS: dict[str, Callable[[Any], Any]] = {
    "classification": lambda logits: ops.softmax(logits, axis=-1),
    "multi_label": ops.sigmoid,
    "regression": lambda values: values,
}


@keras.saving.register_keras_serializable(package="bert_tf")
class BertClassifier(keras.Model):
    """Classification (Devlin et al. 2018, section 4.1), several labels a text, or regression.

    The kind of the task decides: one of several classes (softmax), any of several labels
    (a sigmoid each), or one number.

    With pooling "cls" the vector of [CLS] passes the tanh layer called pooler, as in the
    paper; with "mean" the head reads the mean of the token vectors.
    """

    def __init__(
        self, backbone: BertBackbone, task: Task, tokenizer: BertTokenizer, **kwargs: Any
    ) -> None:
        """Put an encoder, a task of a kind named above and a tokenizer together.

        Raises:
            ValueError: if the parts do not fit each other.
        """
        super().__init__(**kwargs)
        config = backbone.config
        kind = task.kind if task.kind in _ANSWERS else "classification"
        check_parts(config, task, tokenizer, kind=kind)
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
        self.dropout = CounterDropout(config.dropout, name="dropout")
        self.classifier = keras.layers.Dense(
            len(task.labels) or 1,
            kernel_initializer=initializer,
            dtype="float32",
            name="classifier",
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
        return len(self.task.labels) or 1

    def call(self, inputs: Inputs, training: bool | None = None) -> KerasTensor:
        """Logits, (B, C); for a regression the value itself, (B, 1)."""
        hidden = self.backbone(inputs, training=training)
        if self.pooler is None:
            pooled = mean_pooling(hidden, inputs["padding_mask"])
        else:
            pooled = self.pooler(first_token(hidden))
        outputs = self.classifier(self.dropout(pooled, training=training))
        if self.task.kind == "regression":
            return outputs * self.task.value_scale + self.task.value_mean
        return outputs

    def predict_proba(self, texts: Sequence[str], *, batch_size: int = 64) -> NDArray[np.float32]:
        """The probability of each class or label for each text, (N, C).

        Raises:
            ValueError: if this is a regression.
        """
        if self.task.kind == "regression":
            raise ValueError("A regression gives values, not probabilities: use predict_values.")
        return self._answers(texts, batch_size)

    def predict_values(self, texts: Sequence[str], *, batch_size: int = 64) -> NDArray[np.float32]:
        """The value of each text, (N,).

        Raises:
            ValueError: if this is no regression.
        """
        if self.task.kind != "regression":
            raise ValueError("A classifier gives probabilities, not values: use predict_proba.")
        return self._answers(texts, batch_size)[:, 0]

    def _answers(self, texts: Sequence[str], batch_size: int) -> NDArray[np.float32]:
        outputs = predict_in_length_order(self, texts, batch_size=batch_size)
        return np.asarray(_ANSWERS[self.task.kind](outputs), np.float32)

    def encode(self, texts: Sequence[str] | str, **choices: Unpack[EncodeChoices]) -> Any:
        """Vectors of the encoder under the head; see `encode_texts` for every choice."""
        return encode_texts(self, texts, **choices)

    def get_config(self) -> dict[str, Any]:
        return text_model_config(self)

    @classmethod
    def from_config(cls, config: dict[str, Any], custom_objects: Any = None) -> BertClassifier:
        return cls(**text_model_parts(config))


def valence(probabilities: NDArray[np.float32], label_values: Sequence[float]) -> NDArray[Any]:
    """The expectation of the classes' values, (N,), for probabilities of shape (N, C)."""
    return probabilities @ np.asarray(label_values, np.float32)
