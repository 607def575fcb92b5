"""Kernels rounded to four bits so that the errors of a row cancel on real inputs.

GPTQ (Frantar et al. 2022): columns are rounded one after another; what a column is off by is made
up for by the columns not yet rounded, as far as the inputs are correlated. Some sweeps of
coordinate descent follow, each integer at its best given all others. The quantizer's own GPTQ takes
the inverse of the second moments without eliminating the columns that are done, and gains less.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

# Axis letters: O outputs, I inputs, K weights that share a scale, S scales a row (I / K).
Array = NDArray[np.float64]
_LOW, _HIGH = -8, 7  # of four bits
_DAMPING = 0.01  # added to the diagonal, as part of its mean: directions that texts left out count
_SHARES = np.linspace(1.0, 0.6, 21)  # of a block's range that its scale may span
_LAZY = 128  # columns after which the rest of the rows is brought up to date
_SWEEPS = 2  # of coordinate descent; more change little
_SMALLEST = 1e-9  # range of a block of zeros


@dataclass(frozen=True, kw_only=True, eq=False)
class RoundedKernel:
    """A kernel in integers: a weight is its integer times the scale of its block."""

    integers: NDArray[np.int8]  # (O, I), -8 to 7
    scales: NDArray[np.float32]  # (O, S); of blocks with 7 bits of mantissa: float16 holds them
    block: int  # weights of a row that share a scale; 0 = all of the row

    def weights(self) -> NDArray[np.float32]:
        """The weights that a runtime sees, (O, I)."""
        width = self.integers.shape[1] // self.scales.shape[1]
        spread = np.repeat(self.scales, width, axis=1)
        found: NDArray[np.float32] = self.integers.astype(np.float32) * spread
        return found


def round_kernel(kernel: NDArray[np.float32], moments: Array, *, block: int = 0) -> RoundedKernel:
    """Round a kernel.

    Args:
        kernel: (O, I).
        moments: (I, I), the sum of x x^T over real inputs x.
        block: weights of a row that share a scale, a divisor of I; 0 = all of the row.

    Raises:
        ValueError: if the block does not divide the row, or the moments are of other inputs.
    """
    outputs, inputs = kernel.shape
    width = block or inputs
    if inputs % width or moments.shape != (inputs, inputs):
        raise ValueError(
            f"A kernel of {inputs} inputs fits neither blocks of {block} nor moments of shape "
            f"{moments.shape}."
        )
    damped = np.array(moments, np.float64)
    damped[np.diag_indices(inputs)] += _DAMPING * (float(np.diag(damped).mean()) or 1.0)
    factor = np.linalg.cholesky(np.linalg.inv(damped)).T  # (I, I), upper
    weight = np.diag(factor) ** -2.0  # (I,): what an error costs that later columns make up for
    rest = kernel.astype(np.float64)  # (O, I), what is still to be rounded
    integers = np.zeros((outputs, inputs))
    scales = np.zeros((outputs, inputs // width))
    step = _LAZY if width % _LAZY == 0 else width
    for start in range(0, inputs, step):
        end, place = start + step, start // width
        if start % width == 0:
            here = slice(start, start + width)
            scales[:, place] = _best_scales(rest[:, here], weight[here], short=block > 0)
        errors = np.empty((outputs, step))
        for column in range(start, end):
            rounded = _rounded(rest[:, column] / scales[:, place])  # (O,)
            integers[:, column] = rounded
            error = (rest[:, column] - rounded * scales[:, place]) / factor[column, column]
            rest[:, column + 1 : end] -= np.outer(error, factor[column, column + 1 : end])
            errors[:, column - start] = error
        rest[:, end:] -= errors @ factor[start:end, end:]
    _settle(integers, np.repeat(scales, width, axis=1), kernel, damped)
    return RoundedKernel(
        integers=integers.astype(np.int8), scales=scales.astype(np.float32), block=block
    )


def _settle(integers: Array, scales: Array, kernel: NDArray[np.float32], moments: Array) -> None:
    """Coordinate descent in place: each integer at its best, the others staying as they are."""
    slope = np.ascontiguousarray(((integers * scales - kernel) @ moments).T)  # (I, O)
    for _ in range(_SWEEPS):
        for column in range(kernel.shape[1]):
            scale = scales[:, column]  # (O,)
            best = _rounded(integers[:, column] - slope[column] / (moments[column, column] * scale))
            change = (best - integers[:, column]) * scale  # (O,)
            moved = np.flatnonzero(change)
            slope[:, moved] += np.outer(moments[column], change[moved])
            integers[:, column] = best


def _best_scales(weights: Array, weight: Array, *, short: bool) -> Array:
    """The scale of each row with the least weighted error, (O,), for weights (O, K)."""
    widest = np.maximum(np.abs(weights).max(axis=1), _SMALLEST)  # (O,)
    least = np.full(len(weights), np.inf)
    found = np.empty(len(weights))
    for share in _SHARES:
        scale = share * widest / (_HIGH + 0.5)
        if short:
            scale = _seven_bits(scale)
        off = weights - _rounded(weights / scale[:, None]) * scale[:, None]
        loss = (off * off) @ weight  # (O,)
        found = np.where(loss < least, scale, found)
        least = np.minimum(loss, least)
    return found


def _rounded(values: Array) -> Array:
    return np.clip(np.rint(values), _LOW, _HIGH)


def _seven_bits(values: Array) -> Array:
    """Rounded to 7 bits of mantissa, as the quantizer keeps the scales of blocks, in float16."""
    mantissa, exponent = np.frexp(values)
    # below 2**-14 float16 has fixed steps; a scale of 0 would be refused
    step = np.ldexp(1.0, np.maximum(exponent - 8, -24))
    found: Array = np.maximum(np.rint(np.ldexp(mantissa, exponent) / step), 1.0) * step
    return found
