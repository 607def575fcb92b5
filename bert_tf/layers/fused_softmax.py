"""Bias, softmax and dropout of attention scores for training, in one pass."""

from __future__ import annotations

from typing import Any

import tensorflow as tf

from bert_tf.layers.compiled import compiled
from bert_tf.layers.counter_dropout import keep_mask

# Axis letters: B texts, A heads, T tokens (asking), S tokens (asked).


def attention_weights(
    scores: tf.Tensor, bias: tf.Tensor, seed: tf.Tensor, *, rate: float
) -> tf.Tensor:
    """dropout(softmax(scores + bias)), computed in float32 by XLA.

    Args:
        scores: (B, A, T, S).
        bias: (B, 1, 1, S) or (B, 1, T, S), see `attention_bias`.
        seed: two int32, of the dropout.
        rate: share of weights that are dropped.
    """

    @tf.custom_gradient
    def run(scores: tf.Tensor) -> Any:
        out, weights = _forward(scores, bias, seed, rate)

        def gradient(upstream: tf.Tensor) -> tf.Tensor:
            return _backward(upstream, weights, seed, rate)

        return out, gradient

    return run(scores)


@compiled
def _forward(
    scores: tf.Tensor, bias: tf.Tensor, seed: tf.Tensor, rate: float
) -> tuple[tf.Tensor, tf.Tensor]:
    weights = tf.nn.softmax(tf.cast(scores, tf.float32) + tf.cast(bias, tf.float32), -1)
    kept = weights
    if rate:
        kept = tf.where(keep_mask(tf.shape(scores), seed, rate), weights / (1.0 - rate), 0.0)
    return tf.cast(kept, scores.dtype), tf.cast(weights, scores.dtype)  # (B, A, T, S) each


@compiled
def _backward(upstream: tf.Tensor, weights: tf.Tensor, seed: tf.Tensor, rate: float) -> tf.Tensor:
    dtype = upstream.dtype
    upstream, weights = tf.cast(upstream, tf.float32), tf.cast(weights, tf.float32)
    if rate:
        kept = keep_mask(tf.shape(weights), seed, rate)
        upstream = tf.where(kept, upstream / (1.0 - rate), 0.0)
    along = tf.reduce_sum(upstream * weights, -1, keepdims=True)  # (B, A, T, 1)
    return tf.cast(weights * (upstream - along), dtype)
