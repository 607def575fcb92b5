"""Everything that changes during training, as arrays, and back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import keras
import numpy as np

from bert_tf.training.array_file import Arrays


class HoldsVariables(Protocol):
    """An optimizer of Keras or of this package."""

    @property
    def variables(self) -> Sequence[keras.Variable]:
        """Everything that it changes beside the weights."""


def capture(model: keras.Model, optimizer: HoldsVariables | None = None) -> Arrays:
    """Weights, the state of every random generator and, if given, of the optimizer."""
    arrays = {f"model/{i}": np.asarray(v) for i, v in enumerate(_variables(model))}
    if optimizer is not None:
        arrays |= {f"optimizer/{i}": np.asarray(v) for i, v in enumerate(optimizer.variables)}
    return arrays


def restore(arrays: Arrays, model: keras.Model, optimizer: HoldsVariables | None = None) -> None:
    """Put back what `capture` took.

    Raises:
        ValueError: if the arrays are those of another network.
    """
    _assign(arrays, "model", _variables(model))
    if optimizer is not None:
        _assign(arrays, "optimizer", optimizer.variables)


def _variables(model: keras.Model) -> Sequence[keras.Variable]:
    return [*model.trainable_variables, *model.non_trainable_variables]


def _assign(arrays: Arrays, prefix: str, variables: Sequence[keras.Variable]) -> None:
    for index, variable in enumerate(variables):
        value = arrays.get(f"{prefix}/{index}")
        if value is None or tuple(value.shape) != tuple(variable.shape):
            received = None if value is None else value.shape
            raise ValueError(
                f"The checkpoint does not fit this model: {variable.path} must have the shape "
                f"{tuple(variable.shape)}, received {received}."
            )
        variable.assign(value)
