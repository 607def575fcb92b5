"""AdamW with BERT's exclusions and schedule, updated in one fused pass."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import keras
import tensorflow as tf
from keras import ops


@keras.saving.register_keras_serializable(package="bert_tf")
class WarmupLinearDecay(keras.optimizers.schedules.LearningRateSchedule):
    """Up in a straight line, then down to zero (Devlin et al. 2018, appendix A.2)."""

    def __init__(self, peak: float, *, warmup_steps: int, total_steps: int) -> None:
        self.peak = peak
        self.warmup_steps = warmup_steps
        self.total_steps = total_steps

    def __call__(self, step: Any) -> Any:
        done = ops.cast(step, "float32")
        rising = (done + 1.0) / max(1.0, float(self.warmup_steps))
        falling = (self.total_steps - done) / max(1.0, float(self.total_steps - self.warmup_steps))
        return self.peak * ops.clip(ops.minimum(rising, falling), 0.0, 1.0)

    def get_config(self) -> dict[str, Any]:
        return {
            "peak": self.peak,
            "warmup_steps": self.warmup_steps,
            "total_steps": self.total_steps,
        }


def make_optimizer(
    variables: Sequence[keras.Variable],
    *,
    learning_rate: float,
    warmup_steps: int,
    total_steps: int,
    weight_decay: float = 0.01,
    clip_norm: float = 1.0,
) -> keras.optimizers.AdamW:
    """AdamW for these variables; biases and LayerNorm parameters do not decay."""
    optimizer = keras.optimizers.AdamW(
        WarmupLinearDecay(learning_rate, warmup_steps=warmup_steps, total_steps=total_steps),
        weight_decay=weight_decay,
        beta_2=0.999,
        epsilon=1e-6,
        global_clipnorm=clip_norm,
    )
    optimizer.exclude_from_weight_decay(var_names=["bias", "layer_norm"])
    optimizer.build(list(variables))
    return optimizer


def fused_update(optimizer: keras.optimizers.Optimizer, variables: Sequence[keras.Variable]) -> Any:
    """A function that applies gradients, compiled by XLA into one loop a variable.

    The word table alone has as many numbers as the rest of a small model: each pass over
    memory that is saved counts.
    """

    @tf.function(jit_compile=True, autograph=False)
    def apply(gradients: list[tf.Tensor]) -> None:
        optimizer.apply_gradients(zip(gradients, variables, strict=True))

    def update(gradients: Sequence[Any]) -> None:
        apply([tf.convert_to_tensor(gradient) for gradient in gradients])

    return update
