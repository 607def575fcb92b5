"""Loss scaling, which keeps small float16 gradients from becoming zero."""

from __future__ import annotations

import keras
import tensorflow as tf

FIRST_SCALE = 2.0**15
STEPS_BEFORE_GROWTH = 2000  # steps without an overflow before the scale is doubled


class LossScale:
    """A scale that halves after an overflow and doubles after a long time without one.

    Micikevicius et al. (2018), section 3.2.
    """

    def __init__(self) -> None:
        self._scale = keras.Variable(FIRST_SCALE, trainable=False, name="loss_scale")
        # int64: TensorFlow keeps int32 on the host, where a step compiled for a GPU finds none
        self._steps = keras.Variable(0, trainable=False, dtype="int64", name="steps_since_growth")

    @property
    def variables(self) -> list[keras.Variable]:
        """The state that a checkpoint keeps."""
        return [self._scale, self._steps]

    @property
    def value(self) -> tf.Tensor:
        """What the loss is multiplied by and gradients are divided by."""
        return tf.convert_to_tensor(self._scale.value)

    def grow_or_shrink(self, finite: tf.Tensor) -> None:
        """Learn from one step whether its gradients were finite (a boolean scalar)."""
        steps = tf.where(finite, self._steps.value + 1, tf.constant(0, tf.int64))
        grows = steps >= STEPS_BEFORE_GROWTH
        scale = self.value
        changed = tf.where(grows, scale * 2.0, scale)
        self._scale.assign(tf.where(finite, changed, tf.maximum(1.0, scale / 2.0)))
        self._steps.assign(tf.where(grows, tf.zeros_like(steps), steps))
