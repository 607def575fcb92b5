"""Bias and GELU for training: one pass over memory forward, one backward."""

from __future__ import annotations

import math
from typing import Any

import tensorflow as tf

from bert_tf.layers.compiled import compiled

# Axis letters: N tokens, I intermediate units.


def bias_gelu(values: tf.Tensor, bias: tf.Tensor, *, approximate: bool) -> tf.Tensor:
    """GELU(values + bias) (Hendrycks and Gimpel 2016), computed in float32 by XLA.

    TensorFlow's own kernels walk over the widest tensor of the network once for each
    elementary step; on a CPU that costs as much as the matrix product before it.

    Args:
        values: (..., I), as the matrix product leaves them; one compilation a shape.
        bias: (I,).
        approximate: the tanh form instead of the exact erf form.
    """

    @tf.custom_gradient
    def run(values: tf.Tensor, bias: tf.Tensor) -> Any:
        def gradient(upstream: tf.Tensor) -> Any:
            return _backward(values, bias, upstream, approximate)

        return _forward(values, bias, approximate), gradient

    shape = tf.shape(values)
    flat = tf.reshape(values, [-1, values.shape[-1]])  # (N, I)
    return tf.reshape(run(flat, tf.convert_to_tensor(bias)), shape)


@compiled
def _forward(values: tf.Tensor, bias: tf.Tensor, approximate: bool) -> tf.Tensor:
    total = tf.cast(values, tf.float32) + tf.cast(bias, tf.float32)
    return tf.cast(tf.nn.gelu(total, approximate=approximate), values.dtype)


@compiled
def _backward(
    values: tf.Tensor, bias: tf.Tensor, upstream: tf.Tensor, approximate: bool
) -> tuple[tf.Tensor, tf.Tensor]:
    total = tf.cast(values, tf.float32) + tf.cast(bias, tf.float32)
    gradient = tf.cast(upstream, tf.float32) * _slope(total, approximate)  # (N, I)
    return tf.cast(gradient, values.dtype), tf.cast(tf.reduce_sum(gradient, 0), bias.dtype)


def _slope(x: tf.Tensor, approximate: bool) -> tf.Tensor:
    """The derivative of GELU at x."""
    if approximate:
        inner = math.sqrt(2 / math.pi) * (x + 0.044715 * x * x * x)
        bent = tf.tanh(inner)
        inner_slope = math.sqrt(2 / math.pi) * (1 + 3 * 0.044715 * x * x)
        return 0.5 * (1 + bent) + 0.5 * x * (1 - bent * bent) * inner_slope
    density = tf.exp(-0.5 * x * x) / math.sqrt(2 * math.pi)
    return 0.5 * (1 + tf.math.erf(x / math.sqrt(2))) + x * density
