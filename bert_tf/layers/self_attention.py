"""Multi-head self-attention with one fused projection."""

from __future__ import annotations

from typing import Any

import keras
import tensorflow as tf
from keras import KerasTensor, ops

from bert_tf.config import BertConfig
from bert_tf.layers.compiled import product
from bert_tf.layers.counter_dropout import CounterDropout
from bert_tf.layers.fused_softmax import attention_weights
from bert_tf.layers.head_split import split_heads

# Axis letters: B texts, T tokens (asking), S tokens (asked), H hidden units, A heads,
# D units a head.


def attention_bias(
    padding_mask: KerasTensor, dtype: str, sequence_ids: KerasTensor | None = None
) -> KerasTensor:
    """Zero where a token may look, a large negative number where it may not.

    Args:
        padding_mask: (B, S), 1 = a real token.
        dtype: the type the attention scores are computed in.
        sequence_ids: (B, S) where several texts are packed into one row: a token looks at
            those with its own number only (Krell et al. 2021, section 3.2).

    Returns:
        (B, 1, 1, S), or (B, 1, S, S) for packed rows, to be added to the scores.
    """
    lowest = -3e4 if dtype == "float16" else -1e9  # exp() of it is exactly 0
    if sequence_ids is None:
        seen = ops.expand_dims(padding_mask, 1)  # (B, 1, S)
    else:
        same = ops.equal(ops.expand_dims(sequence_ids, 2), ops.expand_dims(sequence_ids, 1))
        seen = ops.cast(same, "int32") * ops.expand_dims(padding_mask, 1)  # (B, S, S)
    bias = (1.0 - ops.cast(seen, "float32")) * lowest
    return ops.cast(ops.expand_dims(bias, 1), dtype)


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
        self.dropout = CounterDropout(config.attention_dropout, name="dropout")

    def build(self, input_shape: Any = None) -> None:
        self.query_key_value.build((None, None, self.config.hidden_dim))
        self.output_projection.build((None, None, self.config.hidden_dim))
        self.built = True

    def call(self, hidden: KerasTensor, bias: KerasTensor) -> KerasTensor:
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
        return self.output_projection(self._joined(ops.matmul(weights, value)))

    def mix_for_training(self, hidden: tf.Tensor, bias: tf.Tensor) -> tf.Tensor:
        """As `call`, with dropout and fused passes, up to the output projection's product.

        Its bias is left to the addition that follows.
        """
        projected = product(hidden, self.query_key_value.kernel)  # (B, T, 3H)
        query, key, value = split_heads(
            projected, self.query_key_value.bias, heads=self.config.num_heads
        )  # (B, A, T, D) each
        scores = tf.matmul(query, key, transpose_b=True)  # (B, A, T, S)
        weights = attention_weights(
            scores, bias, self.dropout.next_seed(), rate=self.dropout.rate
        )  # (B, A, T, S)
        mixed = self._joined(tf.matmul(weights, value))
        return product(mixed, self.output_projection.kernel)

    def _joined(self, mixed: KerasTensor) -> KerasTensor:
        """(B, A, T, D) to (B, T, H)."""
        batch, length = ops.shape(mixed)[0], ops.shape(mixed)[2]
        mixed = ops.transpose(mixed, (0, 2, 1, 3))  # (B, T, A, D)
        return ops.reshape(mixed, (batch, length, self.config.hidden_dim))

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "config": self.config.to_dict()}

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> SelfAttention:
        return cls(BertConfig.from_dict(config.pop("config")), **config)
