"""Bias, dropout, residual and LayerNorm for training, in one pass."""

from __future__ import annotations

from typing import Any

import tensorflow as tf

from bert_tf.layers.compiled import compiled
from bert_tf.layers.counter_dropout import keep_mask

# Axis letters: N tokens, H hidden units.


def add_norm(
    values: tf.Tensor,
    bias: tf.Tensor,
    residual: tf.Tensor,
    scale: tf.Tensor,
    shift: tf.Tensor,
    seed: tf.Tensor,
    *,
    rate: float,
    epsilon: float,
) -> tf.Tensor:
    """LayerNorm(residual + dropout(values + bias)), computed in float32 by XLA.

    The backward pass needs only the normalised values and one number a token; the dropout
    mask is computed again from its seed.

    Args:
        values: (..., H), as the matrix product leaves them.
        bias: (H,).
        residual: like `values`.
        scale: (H,), LayerNorm's gamma.
        shift: (H,), LayerNorm's beta.
        seed: two int32, of the dropout.
        rate: share of units that are dropped.
        epsilon: added to the variance.
    """
    shape = tf.shape(values)
    width = values.shape[-1]

    @tf.custom_gradient
    def run(values: Any, bias: Any, residual: Any, scale: Any, shift: Any) -> Any:
        out, normal, inverse = _forward(values, bias, residual, scale, shift, seed, rate, epsilon)

        def gradient(upstream: tf.Tensor) -> Any:
            return _backward(upstream, normal, inverse, bias, scale, shift, seed, rate)

        return out, gradient

    bias, scale, shift = (tf.convert_to_tensor(each) for each in (bias, scale, shift))
    flat = run(
        tf.reshape(values, [-1, width]), bias, tf.reshape(residual, [-1, width]), scale, shift
    )
    return tf.reshape(flat, shape)


@compiled
def _forward(
    values: tf.Tensor,
    bias: tf.Tensor,
    residual: tf.Tensor,
    scale: tf.Tensor,
    shift: tf.Tensor,
    seed: tf.Tensor,
    rate: float,
    epsilon: float,
) -> tuple[tf.Tensor, tf.Tensor, tf.Tensor]:
    moved = tf.cast(values, tf.float32) + tf.cast(bias, tf.float32)  # (N, H)
    if rate:
        kept = keep_mask(tf.shape(values), seed, rate)
        moved = tf.where(kept, moved / (1.0 - rate), 0.0)
    total = moved + tf.cast(residual, tf.float32)
    centred = total - tf.reduce_mean(total, -1, keepdims=True)
    variance = tf.reduce_mean(tf.square(centred), -1, keepdims=True)  # (N, 1)
    inverse = tf.math.rsqrt(variance + epsilon)
    normal = centred * inverse
    out = normal * tf.cast(scale, tf.float32) + tf.cast(shift, tf.float32)
    return tf.cast(out, values.dtype), tf.cast(normal, values.dtype), inverse


@compiled
def _backward(
    upstream: tf.Tensor,
    normal: tf.Tensor,
    inverse: tf.Tensor,
    bias: tf.Tensor,
    scale: tf.Tensor,
    shift: tf.Tensor,
    seed: tf.Tensor,
    rate: float,
) -> tuple[tf.Tensor, ...]:
    dtype = upstream.dtype
    upstream, normal = tf.cast(upstream, tf.float32), tf.cast(normal, tf.float32)  # (N, H)
    inner = upstream * tf.cast(scale, tf.float32)
    mean = tf.reduce_mean(inner, -1, keepdims=True)
    along = tf.reduce_mean(inner * normal, -1, keepdims=True)
    total = inverse * (inner - mean - normal * along)  # (N, H)
    moved = total
    if rate:
        moved = tf.where(keep_mask(tf.shape(normal), seed, rate), total / (1.0 - rate), 0.0)
    return (
        tf.cast(moved, dtype),
        tf.cast(tf.reduce_sum(moved, 0), bias.dtype),
        tf.cast(total, dtype),
        tf.cast(tf.reduce_sum(upstream * normal, 0), scale.dtype),
        tf.cast(tf.reduce_sum(upstream, 0), shift.dtype),
    )
