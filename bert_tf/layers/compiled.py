"""Compilation by XLA of the element-wise parts of a training step."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import tensorflow as tf


def compiled(function: Callable[..., Any]) -> Callable[..., Any]:
    """The function as one XLA program a shape; inside a compiled step it becomes a part of it."""
    return tf.function(function, jit_compile=True, autograph=False)


def product(values: tf.Tensor, kernel: tf.Tensor) -> tf.Tensor:
    """(..., H) times (H, K) as one flat matrix product, (..., K)."""
    flat = tf.reshape(values, [-1, kernel.shape[0]])
    shape = tf.concat([tf.shape(values)[:-1], [kernel.shape[1]]], 0)
    out = tf.reshape(tf.matmul(flat, kernel), shape)
    return tf.ensure_shape(out, [*values.shape[:-1], kernel.shape[1]])
