"""Counts labels by the values of a column, chunk by chunk and in bounded memory."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

# Axis letters: N rows of a chunk, G groups (distinct values), L labels; column L: not judged.
MAX_GROUPS = 10_000
NOT_JUDGED = -1  # the code of a row without a verdict


class GroupCounter:
    """Rows by value and label, and the sum of valences by value."""

    def __init__(self, num_labels: int, *, max_groups: int = MAX_GROUPS) -> None:
        """Nothing is counted yet.

        Args:
            num_labels: codes are 0 to `num_labels - 1`, or `NOT_JUDGED`.
            max_groups: distinct values at most; rows of further ones count as `overflowed`.
        """
        self._places: dict[str, int] = {}
        self._max_groups, self._width = max_groups, num_labels + 1
        self._counts = np.zeros((0, self._width), np.int64)  # (G, L + 1)
        self._sums = np.zeros(0)  # (G,) of valences
        self._known = np.zeros(0, np.int64)  # (G,) rows with a valence
        self.overflowed = 0  # rows whose value came too late to get a group

    def add(
        self,
        values: Sequence[str],
        codes: NDArray[np.intp],
        valences: NDArray[np.float64] | None = None,
    ) -> None:
        """Count N rows.

        Args:
            values: the column's cells, (N,).
            codes: of the labels, (N,).
            valences: (N,), nan where there is none.
        """
        groups = np.fromiter(map(self._place, values), np.intp, len(values))  # (N,)
        inside = groups >= 0
        self.overflowed += int(len(values) - inside.sum())
        groups, codes = groups[inside], codes[inside]
        num_groups = len(self._places)
        self._grow(num_groups)
        column = np.where(codes < 0, self._width - 1, codes)
        flat = np.bincount(groups * self._width + column, minlength=num_groups * self._width)
        self._counts += flat.reshape(num_groups, self._width)
        if valences is not None:
            valences = valences[inside]
            known = np.isfinite(valences)
            self._sums += np.bincount(groups[known], valences[known], minlength=num_groups)
            self._known += np.bincount(groups[known], minlength=num_groups)

    @property
    def groups(self) -> tuple[str, ...]:
        """The G distinct values, as they came."""
        return tuple(self._places)

    @property
    def counts(self) -> NDArray[np.int64]:
        """Rows by value and label, (G, L + 1); the last column is of those not judged."""
        return self._counts.copy()

    @property
    def valence_sums(self) -> NDArray[np.float64]:
        """(G,) sums of the valences."""
        return self._sums.copy()

    @property
    def valence_counts(self) -> NDArray[np.int64]:
        """(G,) rows that have a valence."""
        return self._known.copy()

    def _place(self, value: str) -> int:
        place = self._places.get(value)
        if place is None:
            if len(self._places) >= self._max_groups:
                return -1
            place = self._places[value] = len(self._places)
        return place

    def _grow(self, num_groups: int) -> None:
        more = num_groups - len(self._counts)
        if more > 0:
            self._counts = np.concatenate([self._counts, np.zeros((more, self._width), np.int64)])
            self._sums = np.concatenate([self._sums, np.zeros(more)])
            self._known = np.concatenate([self._known, np.zeros(more, np.int64)])
