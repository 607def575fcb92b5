"""Several mapped arrays that read as one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray


class ShardedArray:
    """One-dimensional arrays of one type, end to end; reading within one of them copies nothing."""

    def __init__(self, parts: Sequence[NDArray[Any]]) -> None:
        """Put the parts together.

        Raises:
            ValueError: if there is none.
        """
        if not parts:
            raise ValueError("A sharded array needs at least one part.")
        self._parts = list(parts)
        self._offsets = np.cumsum([0, *map(len, parts)])  # (parts + 1,)
        self.dtype: np.dtype[Any] = parts[0].dtype

    def __len__(self) -> int:
        return int(self._offsets[-1])

    def __getitem__(self, index: slice | NDArray[np.integer[Any]]) -> NDArray[Any]:
        """A stretch (step 1, from 0 on), or the values at an array of places of any shape."""
        if isinstance(index, slice):
            start, stop, step = index.indices(len(self))
            if step != 1:
                raise ValueError(f"a step must be 1, received {step}.")
            return self._stretch(start, max(start, stop))
        places = np.asarray(index)
        if len(self._parts) == 1:
            return np.asarray(self._parts[0][places])
        owners = np.searchsorted(self._offsets, places, side="right") - 1
        if places.size and (places.min() < 0 or places.max() >= len(self)):
            raise IndexError(f"places must be in 0..{len(self) - 1}.")
        values = np.empty(places.shape, self.dtype)
        for owner in np.unique(owners):
            chosen = owners == owner
            values[chosen] = self._parts[owner][places[chosen] - self._offsets[owner]]
        return values

    def max(self) -> Any:
        """The greatest value of all, without a copy of them."""
        return max(part.max() for part in self._parts if part.size)

    def _stretch(self, start: int, stop: int) -> NDArray[Any]:
        first = int(np.searchsorted(self._offsets, start, side="right")) - 1
        first = min(first, len(self._parts) - 1)
        if stop <= self._offsets[first + 1]:
            base = self._offsets[first]
            return np.asarray(self._parts[first][start - base : stop - base])
        pieces = []
        for part, offset in zip(self._parts[first:], self._offsets[first:-1], strict=True):
            pieces.append(part[max(0, start - offset) : max(0, stop - offset)])
        return np.concatenate(pieces)
