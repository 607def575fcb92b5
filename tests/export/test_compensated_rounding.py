"""Kernels whose errors of rounding cancel on real inputs."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from export.compensated_rounding import round_kernel

Array = NDArray[np.float64]


def loss(kernel: NDArray[np.float32], rounded: NDArray[np.float32], moments: Array) -> float:
    """The squared error of the outputs over the inputs that the moments are of."""
    off = (rounded - kernel).astype(np.float64)
    return float(((off @ moments) * off).sum())


def correlated(rng: np.random.Generator, *, rows: int = 2000, inputs: int = 128) -> Array:
    """Second moments of inputs that hang together."""
    mixing = rng.normal(size=(inputs, inputs)) * np.geomspace(1, 0.01, inputs)
    drawn = rng.normal(size=(rows, inputs)) @ mixing.T
    return np.asarray(drawn.T @ drawn)


@pytest.mark.parametrize("block", [32, 64, 0])
def test_errors_cancel_on_correlated_inputs(block: int) -> None:
    rng = np.random.default_rng(0)
    kernel = rng.normal(size=(24, 128)).astype(np.float32)
    moments = correlated(rng)
    found = round_kernel(kernel, moments, block=block)
    alone = round_kernel(kernel, np.eye(128), block=block)  # nothing to make up for
    assert loss(kernel, found.weights(), moments) < 0.5 * loss(kernel, alone.weights(), moments)
    assert found.block == block and found.scales.shape == (24, 128 // (block or 128))
    assert found.integers.min() >= -8 and found.integers.max() <= 7


def test_a_kernel_on_the_grid_stays_what_it_is() -> None:
    rng = np.random.default_rng(1)
    integers = rng.integers(-8, 8, (6, 64))
    integers[:, ::32] = -8  # so that the widest weight names the scale
    kernel = (integers * 0.25).astype(np.float32)
    found = round_kernel(kernel, correlated(rng, inputs=64), block=32)
    assert np.abs(found.weights() - kernel).max() < 0.25 / 2


def test_scales_survive_float16_and_no_scale_is_zero() -> None:
    kernel = np.zeros((4, 64), np.float32)
    kernel[0, 5] = 1e-7
    kernel[1, 5] = 3e2
    found = round_kernel(kernel, np.eye(64), block=32)
    assert (found.scales > 0).all()
    assert np.array_equal(found.scales.astype(np.float16).astype(np.float32), found.scales)


@pytest.mark.parametrize(("block", "inputs"), [(32, 32), (48, 64)])
def test_wrong_moments_and_blocks_are_refused(block: int, inputs: int) -> None:
    with pytest.raises(ValueError, match="fits neither"):
        round_kernel(np.ones((4, 64), np.float32), np.eye(inputs), block=block)
