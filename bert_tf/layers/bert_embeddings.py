"""Word, position and segment vectors, summed and normalised."""

from __future__ import annotations

from typing import Any

import keras
from keras import KerasTensor, ops

from bert_tf.config import BertConfig
from bert_tf.layers.counter_dropout import CounterDropout

# Axis letters: B texts, T tokens, H hidden units.


@keras.saving.register_keras_serializable(package="bert_tf")
class BertEmbeddings(keras.layers.Layer):
    """The input layer of BERT (Devlin et al. 2018, section 3 and figure 2)."""

    def __init__(self, config: BertConfig, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.config = config
        self.layer_norm = keras.layers.LayerNormalization(
            epsilon=config.layer_norm_epsilon, name="layer_norm"
        )
        self.dropout = CounterDropout(config.dropout, name="dropout")

    def build(self, input_shape: Any = None) -> None:
        width = self.config.hidden_dim
        self.word_table = self._table("word_table", self.config.vocabulary_size)
        self.position_table = self._table("position_table", self.config.max_sequence_length)
        self.segment_table = self._table("segment_table", self.config.num_segments)
        self.layer_norm.build((None, None, width))
        self.built = True

    def _table(self, name: str, rows: int) -> keras.Variable:
        return self.add_weight(
            name=name,
            shape=(rows, self.config.hidden_dim),
            autocast=False,  # a cast of the whole table costs more than the rows a step reads
            initializer=keras.initializers.TruncatedNormal(stddev=self.config.initializer_range),
        )

    def call(
        self,
        token_ids: KerasTensor,
        segment_ids: KerasTensor,
        position_ids: KerasTensor | None = None,
        training: bool | None = None,
    ) -> KerasTensor:
        """Vectors of shape (B, T, H) for ids of shape (B, T).

        Without `position_ids` the tokens of each row are counted from 0.
        """
        words = ops.take(self.word_table, token_ids, axis=0)  # (B, T, H)
        if position_ids is None:
            positions = self.position_table[: ops.shape(token_ids)[1]]  # (T, H)
        else:
            positions = ops.take(self.position_table, position_ids, axis=0)  # (B, T, H)
        segments = ops.take(self.segment_table, segment_ids, axis=0)  # (B, T, H)
        total = ops.cast(words + segments + positions, self.compute_dtype)  # (B, T, H)
        return self.dropout(self.layer_norm(total), training=training)

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "config": self.config.to_dict()}

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> BertEmbeddings:
        return cls(BertConfig.from_dict(config.pop("config")), **config)
