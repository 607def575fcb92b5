"""Dropout that draws one random byte a unit instead of four."""

from __future__ import annotations

from typing import Any

import keras
import tensorflow as tf
from keras import KerasTensor


@keras.saving.register_keras_serializable(package="bert_tf")
class ByteDropout(keras.layers.Layer):
    """Dropout (Srivastava et al. 2014) with the rate rounded to a multiple of 1/256.

    Random numbers are a large share of a training step on a CPU; a unit needs only eight bits
    to be kept or dropped. What is kept is divided by the exact share kept, so the expectation
    does not change.
    """

    def __init__(self, rate: float, seed: int | None = None, **kwargs: Any) -> None:
        """Drop about `rate` of the units, 0 <= rate < 1.

        Raises:
            ValueError: if the rate is outside of that.
        """
        super().__init__(**kwargs)
        if not 0.0 <= rate < 1.0:
            raise ValueError(f"rate must be in [0, 1), received {rate!r}.")
        self.rate = rate
        self.seed_generator = keras.random.SeedGenerator(seed)
        self._threshold = min(255, round(rate * 256))  # bytes below it drop their unit
        self.built = True

    def call(self, inputs: KerasTensor, training: bool | None = None) -> KerasTensor:
        """The input, with units dropped in training; any shape."""
        if not training or self._threshold == 0:
            return inputs
        shape = tf.shape(inputs)
        size = tf.reduce_prod(shape)
        seed = tf.cast(self.seed_generator.next(), tf.int32)  # (2,)
        words = tf.random.stateless_uniform(
            [(size + 3) // 4], seed, minval=None, maxval=None, dtype=tf.uint32
        )
        drawn = tf.reshape(tf.bitcast(words, tf.uint8), [-1])[:size]
        kept = tf.reshape(drawn >= tf.constant(self._threshold, tf.uint8), shape)
        scale = tf.cast(256.0 / (256 - self._threshold), inputs.dtype)
        return inputs * (tf.cast(kept, inputs.dtype) * scale)

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "rate": self.rate}
