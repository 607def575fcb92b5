"""A stable order of very many numbers, found while the window waits. No Qt."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

# Axis letters: S places.
_SIGN, _ALL = np.uint32(1 << 31), np.uint32(0xFFFFFFFF)


def ordered_places(
    places: NDArray[np.int32],
    values: NDArray[np.float32] | NDArray[np.int32],
    missing: NDArray[np.bool_],
    *,
    descending: bool,
) -> NDArray[np.int32]:
    """Places by their values; equal ones ascending, those without a value last either way.

    A number and its place make one key of 64 bits: nothing is equal any more, so the quickest way
    of sorting is a stable one. A million take 40 ms, a stable `argsort` six times as long.

    Args:
        places: (S,) at least 0.
        values: (S,) float32, or int32 of at least 0 where none is missing.
        missing: (S,) true: there is no value.
        descending: the greatest value first.

    Returns:
        (S,) the same places.
    """
    keys = _ascending(values)
    if descending:
        keys = ~keys
    keys[missing] = _ALL  # no number has this key: it would be a nan
    packed = keys.astype(np.uint64)
    packed <<= np.uint64(32)
    packed |= places.astype(np.uint32)
    packed.sort()
    return packed.astype(np.uint32).view(np.int32)  # the lower half


def _ascending(values: NDArray[np.float32] | NDArray[np.int32]) -> NDArray[np.uint32]:
    """(S,) numbers whose order is that of the values."""
    if values.dtype == np.int32:
        return values.view(np.uint32) ^ _SIGN
    bits = (values + np.float32(0)).view(np.uint32)  # -0 becomes 0
    return bits ^ np.where(bits >= _SIGN, _ALL, _SIGN)
