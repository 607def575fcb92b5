"""One optimizer step of any task: gradients of a batch, its micro-batches or its replicas."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from bert_tf.training.adversary import Adversary
from bert_tf.training.optimizer import BertOptimizer
from bert_tf.training.training_task import Batch, TrainingTask

TrainStep = Callable[[Batch], dict[str, float]]
_Sums = dict[str, tf.Tensor]


def make_train_step(
    task: TrainingTask,
    optimizer: BertOptimizer,
    *,
    micro_batches: int = 1,
    xla: bool = False,
    adversary: Adversary | None = None,
) -> TrainStep:
    """A function that takes one step on a batch and says what was measured.

    The terms of a task's loss carry their weights with them, so the sum over micro-batches
    and replicas is exactly the loss of the whole batch. The strategy of `tf.distribute` that
    is current when this is called shares each batch out.

    Args:
        task: gives the loss.
        optimizer: updates the task's trainable variables.
        micro_batches: parts of a batch whose gradients are added before one update; they
            run one after another and need the memory of one. A batch of fewer rows has fewer.
        xla: compile the whole step by XLA; worth it where batches have one shape.
        adversary: each batch, micro-batch or replica's share is learned a second time, the word
            vectors moved against it; takes twice as long.

    Returns:
        A function from a batch to {"loss", "gradient_norm", and the task's parts}, with an
        adversary also "adversarial_loss".

    Raises:
        ValueError: if the task's batches cannot be split and it is asked for.
    """
    strategy = tf.distribute.get_strategy()
    parts = micro_batches * strategy.num_replicas_in_sync
    if micro_batches < 1:
        raise ValueError(f"micro_batches must be at least 1, received {micro_batches}.")
    if parts > 1 and not task.splittable:
        raise ValueError(
            "This task compares the texts of a batch with each other, so a batch cannot be cut "
            f"into {parts} parts; use one device and no micro-batches."
        )
    return _Stepper(
        task, optimizer, strategy, micro_batches=micro_batches, xla=xla, adversary=adversary
    )


class _Stepper:
    def __init__(
        self,
        task: TrainingTask,
        optimizer: BertOptimizer,
        strategy: tf.distribute.Strategy,
        *,
        micro_batches: int,
        xla: bool,
        adversary: Adversary | None,
    ) -> None:
        self._task, self._optimizer, self._strategy = task, optimizer, strategy
        self._adversary = adversary
        self._micro_batches = micro_batches
        self._variables = list(task.model.trainable_variables)
        self._totals: list[tf.Variable] = []
        if micro_batches > 1:
            self._totals = [
                tf.Variable(tf.zeros(v.shape), trainable=False) for v in self._variables
            ]
        several = strategy.num_replicas_in_sync > 1
        self._differentiate: Callable[..., Any] = self._gradients
        if xla and several:  # collectives stay outside of the compiled part
            self._differentiate = tf.function(self._gradients, jit_compile=True, autograph=False)

        def traced(function: Callable[..., _Sums]) -> Callable[..., _Sums]:
            if several:
                run = self._on_replicas(function)
                return tf.function(run, autograph=False, reduce_retracing=not xla)
            if xla:
                return tf.function(function, autograph=False, jit_compile=True)
            return _traced_for_any_shape(function)

        self._run_step, self._run_accumulate = traced(self._step), traced(self._accumulate)

    def __call__(self, batch: Batch) -> dict[str, float]:
        rows = min(len(array) for array in batch.values())
        replicas = self._strategy.num_replicas_in_sync
        pieces = split_batch(batch, max(1, min(self._micro_batches, rows // replicas)))
        sums: list[_Sums] = [self._run_accumulate(self._shared(piece)) for piece in pieces[:-1]]
        last = self._run_step(self._shared(pieces[-1]))
        norm = float(last.pop("gradient_norm"))
        added = {name: float(sum(float(s[name]) for s in [*sums, last])) for name in last}
        return {**added, "gradient_norm": norm}

    def _on_replicas(self, function: Callable[..., _Sums]) -> Callable[..., _Sums]:
        strategy = self._strategy

        def run(batch: Any) -> _Sums:
            found = strategy.run(function, args=(batch,))
            norm = found.pop("gradient_norm", None)
            sums = {
                name: strategy.reduce(tf.distribute.ReduceOp.SUM, value, axis=None)
                for name, value in found.items()
            }
            if norm is not None:
                sums["gradient_norm"] = strategy.reduce(
                    tf.distribute.ReduceOp.MEAN, norm, axis=None
                )
            return sums

        return run

    def _shared(self, batch: Batch) -> Any:
        """The batch as tensors, cut over the replicas."""
        replicas = self._strategy.num_replicas_in_sync
        if replicas == 1:
            return {name: tf.constant(array) for name, array in batch.items()}
        pieces = split_batch(batch, replicas)

        def of_replica(context: Any) -> dict[str, tf.Tensor]:
            piece = pieces[context.replica_id_in_sync_group]
            return {name: tf.constant(array) for name, array in piece.items()}

        return self._strategy.experimental_distribute_values_from_function(of_replica)

    def _gradients(self, batch: Mapping[str, tf.Tensor]) -> tuple[list[tf.Tensor], _Sums]:
        gradients, sums = self._differentiated(batch)
        if self._adversary is None:
            return gradients, sums
        move = self._adversary.move(gradients, self._variables)
        harder, found = self._differentiated(batch, move)
        both = [one + other for one, other in zip(gradients, harder, strict=True)]
        return both, {**sums, "adversarial_loss": found["loss"]}

    def _differentiated(
        self, batch: Mapping[str, tf.Tensor], move: tf.Tensor | None = None
    ) -> tuple[list[tf.Tensor], _Sums]:
        with tf.GradientTape() as tape, contextlib.ExitStack() as reading:
            if self._adversary is not None and move is not None:
                reading.enter_context(self._adversary.moved(move))
            loss, parts = self._task.loss(batch)
            scaled = self._optimizer.scaled(loss)
        gradients = tape.gradient(
            scaled,
            [variable.value for variable in self._variables],
            unconnected_gradients=tf.UnconnectedGradients.ZERO,
        )
        dense = [tf.convert_to_tensor(gradient) for gradient in gradients]
        return dense, {"loss": loss, **parts}

    def _accumulate(self, batch: Mapping[str, tf.Tensor]) -> _Sums:
        gradients, sums = self._differentiate(batch)
        for total, gradient in zip(self._totals, gradients, strict=True):
            total.assign_add(gradient)
        return sums

    def _step(self, batch: Mapping[str, tf.Tensor]) -> _Sums:
        gradients, sums = self._differentiate(batch)
        if self._totals:
            gradients = [
                total + gradient for total, gradient in zip(self._totals, gradients, strict=True)
            ]
            with tf.control_dependencies(gradients):
                for total in self._totals:
                    total.assign(tf.zeros_like(total))
        return {**sums, "gradient_norm": self._optimizer.apply(gradients)}


def _traced_for_any_shape(function: Callable[..., _Sums]) -> Callable[..., _Sums]:
    """Trace at the first call, with every axis open.

    TensorFlow's own relaxing traces twice, and a trace takes longer than many steps.
    """
    graph = tf.function(function, autograph=False)
    traces: list[Callable[..., _Sums]] = []

    def run(batch: dict[str, tf.Tensor]) -> _Sums:
        if not traces:
            shapes = {n: tf.TensorSpec([None] * t.shape.rank, t.dtype) for n, t in batch.items()}
            traces.append(graph.get_concrete_function(shapes))
        return traces[0](batch)

    return run


def split_batch(batch: Batch, parts: int) -> list[dict[str, NDArray[Any]]]:
    """The batch cut along its first axis; parts differ by at most one row.

    A batch of fewer rows than parts gets rows of zeros: their weights are 0 with the rest.
    """
    if parts == 1:
        return [dict(batch)]
    missing = max(0, parts - min(len(array) for array in batch.values()))
    cut = {name: np.array_split(_extended(array, missing), parts) for name, array in batch.items()}
    return [{name: pieces[part] for name, pieces in cut.items()} for part in range(parts)]


def _extended(array: NDArray[Any], rows: int) -> NDArray[Any]:
    return np.pad(array, [(0, rows), *[(0, 0)] * (array.ndim - 1)]) if rows else array
