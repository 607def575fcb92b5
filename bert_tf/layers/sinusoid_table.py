"""Vectors that tell places apart before anything is learned."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def sinusoid_table(rows: int, width: int, *, deviation: float) -> NDArray[np.float32]:
    """Sines and cosines of each place, (rows, width): Vaswani et al. (2017), section 3.5.

    The vector of a place k further on is the same rotation of every vector, so one attention head
    can look at a neighbour wherever it is. From random vectors that has to be learned for each
    place by itself, which takes a small corpus most of its steps.

    Args:
        rows: how many places.
        width: numbers a place; even.
        deviation: the standard deviation of all numbers, as other tables are drawn with.

    Raises:
        ValueError: for an odd width.
    """
    if width % 2:
        raise ValueError(f"width must be even, received {width}.")
    rates = 10_000.0 ** (-np.arange(0, width, 2) / width)  # (width / 2,) radians a place
    angles = np.arange(rows)[:, None] * rates
    table = np.stack([np.sin(angles), np.cos(angles)], axis=-1).reshape(rows, width)
    return (table * deviation * np.sqrt(2.0)).astype(np.float32)
