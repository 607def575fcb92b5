"""Compilation by XLA of the element-wise parts of a training step."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import tensorflow as tf

_YNN = "--xla_cpu_experimental_ynn_fusion_type"


def without_ynn_fusions(flags: str) -> str:
    """XLA's flags, so that its CPU programs can be run by two threads at once.

    XLA of TensorFlow 2.21 hands reductions to YNNPACK, whose part of a program is built when it
    is first run; two threads that run it then write to one list and the process dies
    (docs/decisions/xla.md). The two passes of a step that learns vectors of pairs do so.

    Args:
        flags: the variable `XLA_FLAGS`; what it says of these fusions itself stays.
    """
    return flags if _YNN in flags else f"{flags} {_YNN}=".strip()


# XLA reads the variable once, when it first compiles.
os.environ["XLA_FLAGS"] = without_ynn_fusions(os.environ.get("XLA_FLAGS", ""))


def compiled(function: Callable[..., Any]) -> Callable[..., Any]:
    """The function as one XLA program a shape; inside a compiled step it becomes a part of it."""
    return tf.function(function, jit_compile=True, autograph=False)


def product(values: tf.Tensor, kernel: tf.Tensor) -> tf.Tensor:
    """(..., H) times (H, K) as one flat matrix product, (..., K)."""
    flat = tf.reshape(values, [-1, kernel.shape[0]])
    shape = tf.concat([tf.shape(values)[:-1], [kernel.shape[1]]], 0)
    out = tf.reshape(tf.matmul(flat, kernel), shape)
    return tf.ensure_shape(out, [*values.shape[:-1], kernel.shape[1]])
