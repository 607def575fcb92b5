"""Copies PyTorch tensors into Keras layers, each checked."""

from __future__ import annotations

from typing import Protocol

import keras
import numpy as np
from numpy.typing import NDArray

from bert_tf.checkpoints.foreign_weights_error import ForeignWeightsError

Tensors = dict[str, NDArray[np.float32]]


class _HasKernel(Protocol):
    kernel: keras.Variable
    bias: keras.Variable


class _HasScale(Protocol):
    gamma: keras.Variable
    beta: keras.Variable


class TensorAssigner:
    """Tensors by Hugging Face's names, on their way into layers.

    Every method raises `ForeignWeightsError` if a tensor is missing, has another shape, or
    holds NaN.
    """

    def __init__(self, tensors: Tensors) -> None:
        self.tensors = tensors

    def take(self, name: str) -> NDArray[np.float32]:
        """One tensor."""
        if name not in self.tensors:
            raise ForeignWeightsError(f"The weights lack the tensor {name!r}.")
        value = self.tensors[name].astype(np.float32)
        if not np.isfinite(value).all():
            raise ForeignWeightsError(f"The tensor {name!r} holds infinite numbers or NaN.")
        return value

    def assign(self, variable: keras.Variable, value: NDArray[np.float32], name: str) -> None:
        """Put a value into a variable of the same shape."""
        if tuple(variable.shape) != value.shape:
            raise ForeignWeightsError(
                f"{name} must have the shape {tuple(variable.shape)}, received {value.shape}."
            )
        variable.assign(value)

    def dense(self, layer: _HasKernel, *names: str) -> None:
        """Kernels are (out, in) in PyTorch and (in, out) in Keras; several are put side by side."""
        kernel = np.concatenate([self.take(f"{name}.weight") for name in names]).T
        self.assign(layer.kernel, kernel, f"{names[0]}.weight")
        bias = np.concatenate([self.take(f"{name}.bias") for name in names])
        self.assign(layer.bias, bias, f"{names[0]}.bias")

    def norm(self, layer: _HasScale, name: str) -> None:
        """LayerNorm."""
        scale, shift = f"{name}.weight", f"{name}.bias"
        if scale not in self.tensors:  # the names that conversions of 2018 left behind
            scale, shift = f"{name}.gamma", f"{name}.beta"
        self.assign(layer.gamma, self.take(scale), scale)
        self.assign(layer.beta, self.take(shift), shift)
