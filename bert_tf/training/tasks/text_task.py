"""What a task over texts adds to the training that all of them share.

The command line reads the fields of every task before it knows which will run, so the files
of tasks load TensorFlow only inside the functions that compute with it.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from bert_tf.data.examples import Examples
from bert_tf.models.task import Task, TaskKind
from bert_tf.text.tokenizer import BertTokenizer
from bert_tf.training.report import Report

if TYPE_CHECKING:
    import tensorflow as tf

    from bert_tf.models.bert_backbone import BertBackbone

    Tensors = Mapping[str, tf.Tensor]
    Loss = tuple[tf.Tensor, dict[str, tf.Tensor]]  # the whole, and its named parts

Model = TypeVar("Model")  # BertClassifier or BertEmbedder
_INPUTS = ("token_ids", "segment_ids", "padding_mask")

# Axis letters: N texts, B texts in a batch.


@dataclass(frozen=True, kw_only=True)
class TextTask(ABC, Generic[Model]):
    """One kind of fine-tuning: its files, its head, its loss and its measure.

    The fields of a subclass are its settings: `bert-tf finetune` makes a flag of each, with
    the text in its annotation as help. Fields named in `reading` say how a file is read and are
    flags of `bert-tf evaluate` too.
    """

    kind: ClassVar[TaskKind]  # of the model folder
    summary: ClassVar[str]  # what is learned, for --help
    example: ClassVar[str]  # a command line, for --help
    sentence: ClassVar[str]  # what the model does, for its card; {task.name} and so on
    pipeline: ClassVar[str]  # what model hubs call it
    reading: ClassVar[tuple[str, ...]]  # fields that say how a file is read

    @abstractmethod
    def read_train(self, path: Path) -> tuple[Examples, tuple[str, ...]]:
        """The training examples, and the labels if the task has any.

        Raises:
            DataError: for a file that cannot be used.
        """

    @abstractmethod
    def read_dev(self, path: Path, labels: tuple[str, ...]) -> Examples:
        """Examples to measure on; errors as for `read_train`."""

    def read_more(self, path: Path, labels: tuple[str, ...]) -> Examples:
        """Further training examples, beside those of `read_train`; errors as there."""
        return self.read_dev(path, labels)

    @abstractmethod
    def metric_of(self, report: Any) -> str:
        """Which of the figures of a report of this task runs are compared by."""

    @property
    def splittable(self) -> bool:
        """Whether a batch may be cut in parts: not where its texts are compared."""
        return True

    def check(self, path: Path, train: Examples, dev: Examples, labels: tuple[str, ...]) -> None:
        """Refuse settings that the data cannot serve, before any training.

        Raises:
            ValueError: naming the setting, or the file `path`.
        """

    def head(self, train: Examples, labels: tuple[str, ...]) -> dict[str, Any]:
        """The fields of `Task` that describe the head."""
        return {"labels": labels} if labels else {}

    @abstractmethod
    def make_model(self, backbone: BertBackbone, task: Task, tokenizer: BertTokenizer) -> Model:
        """The encoder with this task's head."""

    def row_weights(self, train: Examples, labels: tuple[str, ...]) -> NDArray[np.float32]:
        """How much each training example counts, (N,); 1 on average."""
        return np.ones(len(train), np.float32)

    @abstractmethod
    def loss(self, model: Model, batch: Tensors) -> Loss:
        """The loss of a batch in training mode; see `TrainingTask.loss`.

        Args:
            model: what is trained.
            batch: the encoder's inputs of each text column (see `encoder_inputs`), the arrays
                of the examples, and "weights" (B,): what each row counts, divided by the rows
                of the whole batch.
        """

    @abstractmethod
    def measure(self, model: Model, examples: Examples) -> Report:
        """How well a model does on examples."""


def column_inputs(arrays: Mapping[str, Any], column: int) -> dict[str, Any]:
    """The encoder's three inputs of a text column, by the names that they have in a batch."""
    suffix = f"_{column}" if column else ""
    return {f"{name}{suffix}": arrays[name] for name in _INPUTS}


def encoder_inputs(batch: Mapping[str, Any], column: int = 0) -> dict[str, Any]:
    """The three inputs of a text column out of a batch, by the names the encoder knows."""
    suffix = f"_{column}" if column else ""
    return {name: batch[f"{name}{suffix}"] for name in _INPUTS}
