"""What a training process is told, and what it tells: plain values that travel as JSON.

Nothing here needs TensorFlow or PyTorch, so both sides can read it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from numpy.typing import NDArray

from bert_tf.training.precision import Precision

WARMUP = 0.1  # share of the steps in which the rate rises, for every engine


@dataclass(frozen=True, kw_only=True)
class Job:
    """One training in a process of its own."""

    engine: str  # see `Engine`
    work: str  # "finetune" or "mlm"
    precision: Precision  # "float32" or "bfloat16"
    length: int  # tokens a row at most
    fixed: bool  # pad every row to `length`
    rows: int  # a step
    guesses: int  # places for guesses a row, keras-hub only
    xla: bool  # compile the step by XLA
    data: str  # file of `TrainingData`
    texts: int  # how many of them a pass reads
    passes: int  # that are planned; decides the schedule
    start: str  # file of start weights, written by `bert_tf`, which reads its head alone
    learning_rate: float  # peak of the schedule
    seed: int  # of order, dropout and masks; of our first run's head, which all take over


@dataclass(frozen=True, kw_only=True)
class Pass:
    """What one pass over the texts, or its first steps, took and did."""

    seconds: float
    steps: int
    units: int  # texts, or tokens that are not padding
    real_tokens: int  # that are not padding
    places: int  # tokens computed, padding included
    loss: float  # mean over the steps

    @property
    def rate(self) -> float:
        """Units a second."""
        return self.units / self.seconds


class Trainer(Protocol):
    """An engine that is ready to train."""

    def check_outputs(self) -> NDArray[Any]:
        """The outputs for `TrainingData.check_batch` in inference mode.

        Logits (B, C), or for a masked language model the encoder's vectors (B, T, H), with
        zeros at padding.
        """
        ...

    def train(self, steps: int | None) -> Pass:
        """Train on the texts once, or on the first `steps` batches."""
        ...

    def predict(self) -> NDArray[Any]:
        """The class of each dev text."""
        ...
