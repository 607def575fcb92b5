"""From the vectors of hidden tokens to scores over the vocabulary."""

from __future__ import annotations

from typing import Any

import keras
from keras import KerasTensor, ops

from bert_tf.config import BertConfig

# Axis letters: N guesses in all, H hidden units, V tokens of the vocabulary.


@keras.saving.register_keras_serializable(package="bert_tf")
class MaskedLmHead(keras.layers.Layer):
    """Dense, GELU, LayerNorm, then the word table itself (Devlin et al. 2018, section 3.1).

    The table is the one of the embeddings (Press and Wolf 2017); only a bias is added.
    """

    def __init__(self, config: BertConfig, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.config = config
        self.transform = keras.layers.Dense(
            config.hidden_dim,
            kernel_initializer=keras.initializers.TruncatedNormal(stddev=config.initializer_range),
            name="transform",
        )
        self.layer_norm = keras.layers.LayerNormalization(
            epsilon=config.layer_norm_epsilon, name="layer_norm"
        )

    def build(self, input_shape: Any = None) -> None:
        self.transform.build((None, self.config.hidden_dim))
        self.layer_norm.build((None, self.config.hidden_dim))
        self.output_bias = self.add_weight(
            name="output_bias",
            shape=(self.config.vocabulary_size,),
            initializer="zeros",
            autocast=False,
        )
        self.built = True

    def call(self, hidden: KerasTensor, word_table: KerasTensor) -> KerasTensor:
        """Logits (N, V) in float32 for vectors (N, H) and the table (V, H)."""
        inner = self.transform(hidden)  # (N, H)
        inner = ops.gelu(inner, approximate=self.config.activation == "gelu_tanh")
        inner = self.layer_norm(inner)
        table = ops.cast(word_table, inner.dtype)
        logits = ops.matmul(inner, ops.transpose(table))  # (N, V)
        return ops.cast(logits, "float32") + self.output_bias

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "config": self.config.to_dict()}

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> MaskedLmHead:
        return cls(BertConfig.from_dict(config.pop("config")), **config)
