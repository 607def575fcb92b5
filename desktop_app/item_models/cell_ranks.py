"""Cells of a column in their order: numbers and days as such, everything else as text. No Qt."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from desktop_app.item_models.byte_texts import ByteTexts
from desktop_app.item_models.cell_values import CellValues

# Axis letters: R rows, D cells of them, most of them different.
_REMEMBERED = 1 << 15  # cells at once, so that what repeats is kept once
_MOST_BYTES, _ALL_BYTES = 255, 1 << 26  # of a cell, and of all


class CellRanks:
    """Takes the cells of a column, and tells the rank of each row."""

    def __init__(self, rows: int) -> None:
        """All of so many rows are blank."""
        self._codes = np.full(rows, -1, np.int32)  # (R,) places among the cells; -1: blank
        self._known: dict[str, int] = {}  # cells that came last, to their places
        self._texts = ByteTexts(min(_MOST_BYTES, max(_ALL_BYTES // max(rows, 1), 8)))
        self._values = CellValues()

    def add(self, places: NDArray[np.intp], cells: Sequence[str]) -> None:
        """Take the cells of some rows.

        Of a million rows the first 67 bytes of a cell count, as many letters or 22 Chinese
        characters, of 260,000 rows and fewer the first 255.
        """
        if len(self._known) > _REMEMBERED:
            self._known.clear()
        known, count = self._known, len(self._texts)
        fresh: list[str] = []
        codes = []
        for cell in map(str.strip, cells):
            code = known.get(cell) if cell else -1
            if code is None:
                code = known[cell] = count + len(fresh)
                fresh.append(cell)
            codes.append(code)
        self._codes[places] = codes
        self._texts.extend([cell.casefold() for cell in fresh])
        self._values.extend(fresh)

    def ranks(self, stopped: Callable[[], bool] = lambda: False) -> NDArray[np.int32] | None:
        """(R,) ranks from 0, equal for what is equal; -1: blank. None if it was stopped.

        What most rows of the column have decides: numbers are first in a column of numbers, days
        and times in one of those.
        """
        self._known.clear()
        if not len(self._texts):
            return self._codes.copy()
        counts = np.bincount(self._codes[self._codes >= 0], minlength=len(self._texts))  # (D,)
        values, others = self._deciding(counts)
        del counts
        ranks = self._texts.ranks(others, stopped)
        if ranks is None:
            return None
        if values is not None:
            ties = np.zeros(len(values), np.int32)  # (D,)
            ties[others] = ranks
            ranks = _dense(values, ties)
        return np.append(ranks, np.int32(-1))[self._codes]

    def _deciding(
        self, counts: NDArray[np.intp]
    ) -> tuple[NDArray[np.float64] | None, NDArray[np.int32]]:
        """(D,) what comes before the text, and which texts matter beside it.

        Args:
            counts: (D,) of the rows that have each cell.
        """
        everything = np.arange(len(counts), dtype=np.int32)
        values = self._values.numbers()
        if 2 * counts[~np.isnan(values)].sum() > counts.sum():
            return values, np.flatnonzero(np.isnan(values)).astype(np.int32)
        values = self._values.times()
        if 2 * counts[~np.isnan(values)].sum() > counts.sum():
            return values, everything
        return None, everything


def _dense(values: NDArray[np.float64], ties: NDArray[np.int32]) -> NDArray[np.int32]:
    """(D,) ranks by value, nan last, then by tie; the same for the same of both."""
    order = np.lexsort((ties, values)).astype(np.int32)
    ordered, tie = values[order], ties[order]
    more = (ordered[1:] > ordered[:-1]) | (np.isnan(ordered[1:]) & ~np.isnan(ordered[:-1]))
    more |= tie[1:] != tie[:-1]
    ranks = np.zeros(len(values), np.int32)
    ranks[order[1:]] = np.cumsum(more, dtype=np.int32)
    return ranks
