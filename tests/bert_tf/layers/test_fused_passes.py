"""The fused passes of training against the plain operations they replace."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pytest
import tensorflow as tf

from bert_tf.layers.counter_dropout import keep_mask
from bert_tf.layers.fused_add_norm import add_norm
from bert_tf.layers.fused_gelu import bias_gelu
from bert_tf.layers.fused_softmax import attention_weights
from bert_tf.layers.head_split import split_heads

SEED = tf.constant([11, 22])


def drop(values: tf.Tensor, rate: float) -> tf.Tensor:
    if not rate:
        return values
    return tf.where(keep_mask(values.shape, SEED, rate), values / (1 - rate), 0.0)


def random(*shape: int) -> tf.Tensor:
    return tf.constant(np.random.default_rng(sum(shape)).normal(size=shape), tf.float32)


def compare(
    fused: Callable[..., Any], plain: Callable[..., Any], inputs: Sequence[tf.Tensor]
) -> None:
    """Values and gradients by every input agree to 2e-5."""
    found = []
    for function in (fused, plain):
        with tf.GradientTape() as tape:
            tape.watch(inputs)
            outputs = tf.nest.flatten(function(*inputs))
            # a different weight a number, so that no error cancels out
            score = tf.add_n([tf.reduce_sum(out * random(*out.shape)) for out in outputs])
        found.append([*outputs, *tape.gradient(score, list(inputs))])
    for ours, expected in zip(*found, strict=True):
        np.testing.assert_allclose(np.asarray(ours), np.asarray(expected), rtol=2e-5, atol=2e-5)


@pytest.mark.parametrize("approximate", [False, True])
def test_bias_gelu(approximate: bool) -> None:
    compare(
        lambda x, b: bias_gelu(x, b, approximate=approximate),
        lambda x, b: tf.nn.gelu(x + b, approximate=approximate),
        [random(3, 5, 16) * 3, random(16)],
    )


@pytest.mark.parametrize("rate", [0.0, 0.3])
def test_add_norm(rate: float) -> None:
    def plain(x: Any, bias: Any, residual: Any, scale: Any, shift: Any) -> Any:
        flat = tf.reshape(x + bias, [-1, 16])
        total = residual + tf.reshape(drop(flat, rate), x.shape)
        mean, variance = tf.nn.moments(total, [-1], keepdims=True)
        return (total - mean) * tf.math.rsqrt(variance + 1e-6) * scale + shift

    compare(
        lambda *given: add_norm(*given, SEED, rate=rate, epsilon=1e-6),
        plain,
        [random(3, 5, 16), random(16), random(3, 5, 16) * 2, random(16), random(16) + 1],
    )


@pytest.mark.parametrize("rate", [0.0, 0.3])
@pytest.mark.parametrize("rows", [1, 4])
def test_attention_weights(rate: float, rows: int) -> None:
    bias = np.zeros((2, 1, rows, 4), np.float32)
    bias[1, :, :, 3] = -1e9
    compare(
        lambda scores: attention_weights(scores, tf.constant(bias), SEED, rate=rate),
        lambda scores: drop(tf.nn.softmax(scores + bias), rate),
        [random(2, 3, 4, 4)],
    )


def test_split_heads() -> None:
    def plain(projected: Any, bias: Any) -> Any:
        parts = tf.reshape(projected + bias, [2, 5, 3, 4, 6])
        query, key, value = tf.unstack(tf.transpose(parts, [2, 0, 3, 1, 4]))
        return query / np.sqrt(6.0), key, value

    compare(lambda x, b: split_heads(x, b, heads=4), plain, [random(2, 5, 72), random(72)])
