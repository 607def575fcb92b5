"""Multi-head self-attention with one fused projection."""

from __future__ import annotations

from typing import Any

import keras
from keras import KerasTensor, ops

from bert_tf.config import BertConfig
from bert_tf.layers.byte_dropout import ByteDropout

# Axis letters: B texts, T tokens (asking), S tokens (asked), H hidden units, A heads,
# D units a head.


def attention_bias(padding_mask: KerasTensor, dtype: str) -> KerasTensor:
    """Zero where a token is real, a large negative number where it is padding.

    Args:
        padding_mask: (B, S), 1 = a real token.
        dtype: the type the attention scores are computed in.

    Returns:
        (B, 1, 1, S), to be added to the scores.
    """
    lowest = -3e4 if dtype == "float16" else -1e9  # exp() of it is exactly 0
    bias = (1.0 - ops.cast(padding_mask, "float32")) * lowest
    return ops.cast(ops.expand_dims(ops.expand_dims(bias, 1), 1), dtype)


@keras.saving.register_keras_serializable(package="bert_tf")
class SelfAttention(keras.layers.Layer):
    """Scaled dot-product attention (Vaswani et al. 2017, section 3.2).

    Query, key and value share one kernel of shape (H, 3 H), in this order.
    """

    def __init__(self, config: BertConfig, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.config = config
        initializer = keras.initializers.TruncatedNormal(stddev=config.initializer_range)
        self.query_key_value = keras.layers.Dense(
            3 * config.hidden_dim, kernel_initializer=initializer, name="query_key_value"
        )
        self.output_projection = keras.layers.Dense(
            config.hidden_dim, kernel_initializer=initializer, name="output_projection"
        )
        self.dropout = ByteDropout(config.attention_dropout, name="dropout")

    def build(self, input_shape: Any = None) -> None:
        self.query_key_value.build((None, None, self.config.hidden_dim))
        self.output_projection.build((None, None, self.config.hidden_dim))
        self.built = True

    def call(
        self, hidden: KerasTensor, bias: KerasTensor, training: bool | None = None
    ) -> KerasTensor:
        """What each token gathers from the others, (B, T, H), for `hidden` of that shape."""
        heads, head_dim = self.config.num_heads, self.config.head_dim
        batch, length = ops.shape(hidden)[0], ops.shape(hidden)[1]
        projected = self.query_key_value(hidden)  # (B, T, 3H)
        projected = ops.reshape(projected, (batch, length, 3, heads, head_dim))
        projected = ops.transpose(projected, (2, 0, 3, 1, 4))  # (3, B, A, T, D)
        query, key, value = ops.unstack(projected, 3, axis=0)  # (B, A, T, D) each
        query = query * ops.cast(head_dim**-0.5, query.dtype)
        scores = ops.matmul(query, ops.transpose(key, (0, 1, 3, 2)))  # (B, A, T, S)
        weights = ops.softmax(scores + bias, axis=-1)  # (B, A, T, S)
        weights = self.dropout(weights, training=training)
        mixed = ops.matmul(weights, value)  # (B, A, T, D)
        mixed = ops.transpose(mixed, (0, 2, 1, 3))  # (B, T, A, D)
        mixed = ops.reshape(mixed, (batch, length, heads * head_dim))  # (B, T, H)
        return self.output_projection(mixed)

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "config": self.config.to_dict()}

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> SelfAttention:
        return cls(BertConfig.from_dict(config.pop("config")), **config)
