"""From one projection to query, key and value of each head, for training, in one pass."""

from __future__ import annotations

from typing import Any

import tensorflow as tf

from bert_tf.layers.compiled import compiled

# Axis letters: B texts, T tokens, H hidden units, A heads, D units a head.


def split_heads(projected: tf.Tensor, bias: tf.Tensor, *, heads: int) -> Any:
    """Query (divided by the root of D), key and value, (B, A, T, D) each.

    Args:
        projected: (B, T, 3H), as the matrix product leaves it.
        bias: (3H,).
        heads: A.
    """

    @tf.custom_gradient
    def run(projected: tf.Tensor, bias: tf.Tensor) -> Any:
        def gradient(query: Any, key: Any, value: Any) -> Any:
            return _backward(query, key, value, bias)

        return _forward(projected, bias, heads), gradient

    return run(projected, tf.convert_to_tensor(bias))


@compiled
def _forward(projected: tf.Tensor, bias: tf.Tensor, heads: int) -> Any:
    batch, length, width = tf.unstack(tf.shape(projected))
    total = tf.cast(projected, tf.float32) + tf.cast(bias, tf.float32)
    parts = tf.reshape(total, [batch, length, 3, heads, width // (3 * heads)])
    parts = tf.transpose(tf.cast(parts, projected.dtype), [2, 0, 3, 1, 4])  # (3, B, A, T, D)
    head_dim = projected.shape[-1] // (3 * heads)
    return parts[0] * tf.cast(head_dim**-0.5, projected.dtype), parts[1], parts[2]


@compiled
def _backward(query: tf.Tensor, key: tf.Tensor, value: tf.Tensor, bias: tf.Tensor) -> Any:
    batch, heads, length, head_dim = tf.unstack(tf.shape(query))
    root = tf.cast(query.shape[-1] ** -0.5, query.dtype)
    parts = tf.stack([query * root, key, value])  # (3, B, A, T, D)
    merged = tf.transpose(parts, [1, 3, 0, 2, 4])  # (B, T, 3, A, D)
    merged = tf.reshape(merged, [batch, length, 3 * heads * head_dim])
    total = tf.reduce_sum(tf.cast(merged, tf.float32), [0, 1])
    return merged, tf.cast(total, bias.dtype)
