"""The one shape that every kind of training has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, runtime_checkable

import keras
import tensorflow as tf
from numpy.typing import NDArray

Batch = Mapping[str, NDArray[Any]]  # every array has the same leading axis: rows


@dataclass(frozen=True, kw_only=True)
class Evaluation:
    """What dev said about the weights of one step."""

    value: float  # what runs are compared by; higher is better
    name: str  # of the value, such as "accuracy"
    scalars: Mapping[str, float] = field(default_factory=dict)  # everything else that was measured


class TrainingTask(Protocol):
    """What a loop and a step need to know of a task.

    A batch depends on the number of its step and on nothing else, so a run that goes on after
    a stop needs no more than that number. The next batch is made in another thread while a
    step or an evaluation runs: `batch` must not change the task.
    """

    @property
    def model(self) -> keras.Model:
        """What is trained."""
        ...

    @property
    def unit(self) -> str:
        """What progress counts: "texts" or "tokens"."""
        ...

    @property
    def total_steps(self) -> int:
        """Optimizer steps of the whole run."""
        ...

    @property
    def evaluation_steps(self) -> Sequence[int]:
        """The numbers of steps done, from 1, after which `evaluate` is called."""
        ...

    @property
    def splittable(self) -> bool:
        """Whether a batch may be cut along its first axis, into micro-batches or replicas."""
        ...

    def batch(self, step: int) -> Batch:
        """The batch of a step, counted from 0."""
        ...

    def loss(self, batch: Mapping[str, tf.Tensor]) -> tuple[tf.Tensor, dict[str, tf.Tensor]]:
        """The loss in training mode, and its named parts; traced.

        Each is a sum of terms whose weights are in the batch (such as 1 / rows of the whole
        batch), so the sum over the pieces of a batch is exactly the value of the whole.
        """
        ...

    def evaluate(self) -> Evaluation | None:
        """Measure the current weights on dev; None if there is nothing to measure by."""
        ...

    def fingerprint(self) -> str:
        """A sha256 over everything that decides the result: settings, data, start weights."""
        ...

    def units(self, batch: Batch) -> int:
        """How many units a batch holds: texts, or tokens that are not padding."""
        ...


@runtime_checkable
class ReportsRates(Protocol):
    """A task that has more to tell about a step, such as its share of padding."""

    def rates(self, batch: Batch, seconds: float) -> Mapping[str, float]:
        """Named figures of a step on this batch that took so many seconds."""
        ...
