"""AdamW or LAMB with BERT's exclusions, schedule and clipping, applied in one fused pass."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from typing import Any, Literal, get_args

import keras
import tensorflow as tf
from keras import ops

from bert_tf.training.loss_scale import LossScale

OptimizerKind = Literal["adamw", "lamb"]

_WITHOUT_DECAY = re.compile(r"bias|layer_norm")  # part of a variable's path


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


class BertOptimizer:
    """A Keras optimizer with decay, clipping and a learning rate of each layer's own.

    Keras's own path walks over all numbers once for each of these and clips before gradients
    of several devices are summed; here one compiled loop a variable does all of it, after
    the sum.
    """

    def __init__(
        self,
        optimizer: keras.optimizers.Optimizer,
        variables: Sequence[keras.Variable],
        *,
        weight_decay: float,
        clip_norm: float,
        rate_factors: Sequence[float],
        loss_scale: LossScale | None = None,
    ) -> None:
        """Wrap a Keras optimizer that was made without decay and clipping.

        Args:
            optimizer: gives the update of one variable.
            variables: what it trains.
            weight_decay: share of a weight taken off a step, times the learning rate.
            clip_norm: longest global gradient.
            rate_factors: one a variable, times the learning rate.
            loss_scale: what gradients are divided by; a step that overflowed changes nothing
                but this.
        """
        optimizer.build(list(variables))
        self.optimizer = optimizer
        self.trained = list(variables)
        self.clip_norm = clip_norm
        self.loss_scale = loss_scale
        self._decays = [
            0.0 if _WITHOUT_DECAY.search(variable.path) else weight_decay for variable in variables
        ]
        self._rate_factors = list(rate_factors)
        self._update_fused = tf.function(self._update_all, jit_compile=True, autograph=False)

    @property
    def variables(self) -> list[keras.Variable]:
        """The state that a checkpoint keeps."""
        scale = self.loss_scale.variables if self.loss_scale is not None else []
        return [*self.optimizer.variables, *scale]

    @property
    def learning_rate(self) -> float:
        """The rate of the next step."""
        return float(ops.convert_to_numpy(self.optimizer.learning_rate))

    def apply(self, gradients: Sequence[tf.Tensor]) -> tf.Tensor:
        """Update every variable; inside a replica the gradients are summed over replicas first.

        Args:
            gradients: dense, one a variable, in their order.

        Returns:
            The global norm of the summed gradients, before clipping.
        """
        context = tf.distribute.get_replica_context()
        many = context is not None and context.num_replicas_in_sync > 1
        if many:
            gradients = context.all_reduce(tf.distribute.ReduceOp.SUM, list(gradients))
        halves = tf.add_n([tf.nn.l2_loss(gradient) for gradient in gradients])
        scale = self.loss_scale.value if self.loss_scale is not None else 1.0
        norm = tf.sqrt(2.0 * halves) / scale
        factor = tf.minimum(1.0, self.clip_norm / tf.maximum(norm, 1e-12)) / scale
        finite = tf.math.is_finite(norm)
        if many:
            context.merge_call(self._update_replicas, args=(list(gradients), factor, finite))
        else:
            self._update_fused(list(gradients), factor, finite)
        return norm

    def scaled(self, loss: tf.Tensor) -> tf.Tensor:
        """The loss to differentiate."""
        return loss if self.loss_scale is None else loss * self.loss_scale.value

    def _update_all(self, gradients: list[tf.Tensor], factor: tf.Tensor, finite: tf.Tensor) -> None:
        rate = self.optimizer.learning_rate

        def update() -> None:
            for index, gradient in enumerate(gradients):
                self._update_one(self.trained[index], index, gradient * factor, rate)

        self._unless_overflown(update, finite)
        self._finish(finite)

    def _update_replicas(
        self, strategy: tf.distribute.Strategy, gradients: list[Any], factor: Any, finite: Any
    ) -> None:
        rate = self.optimizer.learning_rate

        def update(
            variable: Any, gradient: tf.Tensor, factor: tf.Tensor, finite: tf.Tensor, index: int
        ) -> None:
            self._unless_overflown(
                lambda: self._update_one(variable, index, gradient * factor, rate), finite
            )

        for index, gradient in enumerate(gradients):
            strategy.extended.update(
                self.trained[index].value,
                update,
                args=(gradient, factor, finite, index),
                group=False,
            )
        self._finish(strategy.experimental_local_results(finite)[0])

    def _unless_overflown(self, update: Callable[[], None], finite: tf.Tensor) -> None:
        """Without a loss scale an update with NaN is made: the loop sees it and stops."""
        if self.loss_scale is None:
            update()
            return

        def make() -> Any:
            update()
            return tf.no_op()

        tf.cond(finite, make, tf.no_op)

    def _update_one(self, variable: Any, index: int, gradient: tf.Tensor, rate: tf.Tensor) -> None:
        rate = rate * self._rate_factors[index]
        if self._decays[index]:
            self.optimizer.assign_sub(variable, variable * (rate * self._decays[index]))
        self.optimizer.update_step(gradient, variable, rate)

    def _finish(self, finite: tf.Tensor) -> None:
        self.optimizer.iterations.assign_add(1)
        if self.loss_scale is not None:
            self.loss_scale.grow_or_shrink(finite)


def make_optimizer(
    variables: Sequence[keras.Variable],
    *,
    learning_rate: float,
    warmup_steps: int,
    total_steps: int,
    weight_decay: float = 0.01,
    clip_norm: float = 1.0,
    epsilon: float = 1e-6,
    layer_decay: float = 1.0,
    kind: OptimizerKind = "adamw",
    scale_loss: bool = False,
) -> BertOptimizer:
    """The optimizer of a run; biases and LayerNorm parameters do not decay.

    Args:
        variables: what is trained.
        learning_rate: peak of the schedule.
        warmup_steps: steps in which the rate rises.
        total_steps: steps after which it has fallen to zero.
        weight_decay: decoupled decay (Loshchilov and Hutter 2019).
        clip_norm: longest global gradient.
        epsilon: added to the root of the second moment before its bias is corrected (the "epsilon
            hat" of Kingma and Ba 2015, section 2): in the first steps it weighs thirty times as
            much, so 1e-6, which pre-training has, makes a short fine-tuning slow.
        layer_decay: factor of the learning rate from each layer to the one below it
            (Howard and Ruder 2018, section 3.2); 1 = the same rate everywhere.
        kind: "adamw", or "lamb" (You et al. 2020) for batches of many thousands.
        scale_loss: keep float16 gradients from underflow.

    Raises:
        ValueError: for an unknown kind or a factor outside of (0, 1].
    """
    if kind not in get_args(OptimizerKind):
        raise ValueError(
            f"optimizer must be one of {', '.join(get_args(OptimizerKind))}, received {kind!r}."
        )
    if not 0 < layer_decay <= 1:
        raise ValueError(f"layer_decay must be in (0, 1], received {layer_decay}.")
    schedule = WarmupLinearDecay(
        learning_rate, warmup_steps=warmup_steps, total_steps=max(1, total_steps)
    )
    make = keras.optimizers.Adam if kind == "adamw" else keras.optimizers.Lamb
    return BertOptimizer(
        make(schedule, beta_2=0.999, epsilon=epsilon),
        variables,
        weight_decay=weight_decay,
        clip_norm=clip_norm,
        rate_factors=layer_rate_factors([v.path for v in variables], layer_decay),
        loss_scale=LossScale() if scale_loss else None,
    )


def layer_rate_factors(paths: Sequence[str], layer_decay: float) -> list[float]:
    """The factor of each variable: 1 for the head, times `layer_decay` a layer downwards."""
    depths = [_depth(path) for path in paths]
    blocks = max((depth for depth in depths if math.isfinite(depth)), default=0)
    return [layer_decay ** max(0.0, blocks + 1 - depth) for depth in depths]


def _depth(path: str) -> float:
    """0 for the embeddings, n for the n-th block from below, infinity for a head."""
    block = re.search(r"(?:^|/)block_(\d+)/", path)
    if block:
        return int(block[1]) + 1
    return 0 if re.search(r"(?:^|/)embeddings/", path) else math.inf
