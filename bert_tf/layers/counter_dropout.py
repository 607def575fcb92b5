"""Dropout whose random numbers are a hash of a counter: nothing is drawn, nothing is kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import keras
import tensorflow as tf
from keras import KerasTensor

_GOLDEN, _FIRST, _SECOND = 0x9E3779B9, 0x7FEB352D, 0x846CA68B


def keep_mask(shape: Sequence[int] | tf.Tensor, seed: tf.Tensor, rate: float) -> tf.Tensor:
    """Which units stay, as booleans of this shape: each with probability 1 - `rate`.

    A unit's number passes two rounds of an integer hash ("lowbias32" of C. Wellons' hash
    prospector), keyed by the seed. The few instructions fuse with the arithmetic
    around them, and the backward pass computes the mask again instead of storing it.

    Args:
        shape: of the result, at most 2**31 units.
        seed: two int32.
        rate: share of units that are dropped, 0 <= rate < 1.
    """
    count = tf.reduce_prod(tf.convert_to_tensor(shape, tf.int32))
    first, second = tf.unstack(tf.bitcast(seed, tf.uint32))
    key = _mixed(first + _mixed(second + _unsigned(_GOLDEN)))
    numbers = tf.cast(tf.range(count), tf.uint32) * _unsigned(_GOLDEN) + key
    hashed = _mixed(tf.bitwise.bitwise_xor(_mixed(numbers), _mixed(key)))
    return tf.reshape(hashed >= _unsigned(round(rate * 2**32)), shape)


def _mixed(values: tf.Tensor) -> tf.Tensor:
    """One round of the hash: a permutation of the 32-bit numbers in which each bit tells on all."""
    values = _shift_xor(values, 16) * _unsigned(_FIRST)
    values = _shift_xor(values, 15) * _unsigned(_SECOND)
    return _shift_xor(values, 16)


def _unsigned(value: int) -> tf.Tensor:
    return tf.constant(value, tf.uint32)


def _shift_xor(values: tf.Tensor, bits: int) -> tf.Tensor:
    return tf.bitwise.bitwise_xor(values, tf.bitwise.right_shift(values, _unsigned(bits)))


def next_seed(generator: keras.random.SeedGenerator) -> tf.Tensor:
    """Two int32 that differ from call to call and from replica to replica."""
    seed = tf.cast(generator.next(), tf.int32)  # (2,)
    context = tf.distribute.get_replica_context()
    if context is None or context.num_replicas_in_sync == 1:
        return seed
    replica = tf.cast(context.replica_id_in_sync_group, tf.int32)
    return seed + tf.stack([replica * 0x3C6EF35F, 0])


@tf.function(jit_compile=True, autograph=False)
def _drop(values: tf.Tensor, seed: tf.Tensor, rate: float) -> tf.Tensor:
    kept = keep_mask(tf.shape(values), seed, rate)
    return tf.where(kept, values / tf.cast(1.0 - rate, values.dtype), tf.zeros_like(values))


@keras.saving.register_keras_serializable(package="bert_tf")
class CounterDropout(keras.layers.Layer):
    """Dropout (Srivastava et al. 2014) by `keep_mask`."""

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
        self.built = True

    def call(self, inputs: KerasTensor, training: bool | None = None) -> KerasTensor:
        """The input, with units dropped in training; any shape."""
        if not training or self.rate == 0.0:
            return inputs
        return _drop(inputs, next_seed(self.seed_generator), self.rate)

    def next_seed(self) -> tf.Tensor:
        """The seed of one call, for a fused operation that drops by itself."""
        return next_seed(self.seed_generator)

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "rate": self.rate}
