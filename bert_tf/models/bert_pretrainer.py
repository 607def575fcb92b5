"""The encoder with the two heads it is pre-trained with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Unpack

import keras
from keras import KerasTensor, ops

from bert_tf.config import BertConfig
from bert_tf.layers.masked_lm_head import MaskedLmHead
from bert_tf.models.bert_backbone import BertBackbone, Inputs
from bert_tf.models.check_parts import check_parts
from bert_tf.models.encoding import EncodeChoices, encode_texts
from bert_tf.models.task import Task
from bert_tf.models.text_model_config import text_model_config, text_model_parts
from bert_tf.text.tokenizer import BertTokenizer

# Axis letters: R rows, L tokens a row, P guesses a row, Q sequences a row, H hidden units,
# V tokens of the vocabulary.


@keras.saving.register_keras_serializable(package="bert_tf")
class BertPretrainer(keras.Model):
    """Masked language model and next-sentence prediction (Devlin et al. 2018, section 3.1)."""

    def __init__(
        self, backbone: BertBackbone, task: Task, tokenizer: BertTokenizer, **kwargs: Any
    ) -> None:
        """Put an encoder, a task of kind "pretraining" and a tokenizer together.

        Raises:
            ValueError: if the parts do not fit each other.
        """
        super().__init__(**kwargs)
        config = backbone.config
        check_parts(config, task, tokenizer, kind="pretraining")
        initializer = keras.initializers.TruncatedNormal(stddev=config.initializer_range)
        self.backbone = backbone
        self.task = task
        self.tokenizer = tokenizer
        self.masked_lm_head = MaskedLmHead(config, name="masked_lm_head")
        self.pooler = keras.layers.Dense(
            config.hidden_dim, activation="tanh", kernel_initializer=initializer, name="pooler"
        )
        self.next_sentence = keras.layers.Dense(
            2, kernel_initializer=initializer, dtype="float32", name="next_sentence"
        )
        self.build()

    def build(self, input_shape: Any = None) -> None:
        width = (None, self.config.hidden_dim)
        self.masked_lm_head.build(width)
        self.pooler.build(width)
        self.next_sentence.build(width)
        self.built = True

    @property
    def config(self) -> BertConfig:
        """The encoder's config."""
        return self.backbone.config

    def call(self, inputs: Inputs, training: bool | None = None) -> dict[str, KerasTensor]:
        """Scores of hidden tokens and of sentence pairs.

        Args:
            inputs: the encoder's, and mask_positions (R, P), cls_positions (R, Q): places in
                their row.
            training: whether to drop units.

        Returns:
            "mask_logits" (R, P, V) and "pair_logits" (R, Q, 2), class 0 = the second text follows
            the first, each only if its positions are given. Both float32.
        """
        hidden = self.backbone(inputs, training=training)  # (R, L, H)
        scores: dict[str, KerasTensor] = {}
        if "mask_positions" in inputs:
            chosen = _gather(hidden, inputs["mask_positions"])  # (R P, H)
            logits = self.masked_lm_head(chosen, self.backbone.embeddings.word_table)
            rows, guesses = ops.shape(inputs["mask_positions"])
            scores["mask_logits"] = ops.reshape(logits, (rows, guesses, -1))
        if "cls_positions" in inputs:
            firsts = self.pooler(_gather(hidden, inputs["cls_positions"]))  # (R Q, H)
            rows, sequences = ops.shape(inputs["cls_positions"])
            scores["pair_logits"] = ops.reshape(self.next_sentence(firsts), (rows, sequences, 2))
        return scores

    def encode(self, texts: Sequence[str] | str, **choices: Unpack[EncodeChoices]) -> Any:
        """Vectors of the encoder under the heads; see `encode_texts` for every choice."""
        return encode_texts(self, texts, **choices)

    def get_config(self) -> dict[str, Any]:
        return text_model_config(self)

    @classmethod
    def from_config(cls, config: dict[str, Any], custom_objects: Any = None) -> BertPretrainer:
        return cls(**text_model_parts(config))


def _gather(hidden: KerasTensor, positions: KerasTensor) -> KerasTensor:
    """The vectors (R P, H) at positions (R, P) of rows (R, L, H)."""
    rows, length, width = ops.shape(hidden)
    starts = ops.expand_dims(ops.arange(rows, dtype="int32") * length, 1)  # (R, 1)
    flat = ops.reshape(positions + starts, (-1,))
    return ops.take(ops.reshape(hidden, (-1, width)), flat, axis=0)
