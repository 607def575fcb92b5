"""Cells of a column in their order: numbers and days as such, everything else as text. No Qt."""

from __future__ import annotations

import heapq
import re
from collections.abc import Callable, Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from desktop_app.results.date_text import date_token, parse_date, writes_day_first

# Axis letters: R rows, D different cells of them.
_NUMBER = re.compile(
    r"(?:([+\-−])?[$¥￥€£])?\s*([+\-−]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+)?(?:[eE][+\-]?\d{1,3})?)\s*[%‰]?"
)
_TIME = re.compile(
    r"[\sT,;]*(上午|下午)?\s*(\d{1,2})[:：]([0-5]\d)(?:[:：]([0-5]\d(?:\.\d+)?))?"
    r"\s*([AP]\.?M\b\.?|上午|下午)?",
    re.IGNORECASE,
)
_SORTED_AT_ONCE = 20_000  # texts: other threads wait for the interpreter so long


class CellRanks:
    """Takes the cells of a column, and tells the rank of each row."""

    def __init__(self, rows: int) -> None:
        """All of so many rows are blank."""
        self._codes = np.full(rows, -1, np.int32)  # (R,) places in `_cells`; -1: blank
        self._cells: dict[str, int] = {}  # to their places

    def add(self, places: NDArray[np.intp], cells: Sequence[str]) -> None:
        """Take the cells of some rows."""
        known = self._cells
        stripped = [cell.strip() for cell in cells]
        self._codes[places] = [
            known.setdefault(cell, len(known)) if cell else -1 for cell in stripped
        ]

    def ranks(self, stopped: Callable[[], bool] = lambda: False) -> NDArray[np.int32] | None:
        """(R,) ranks from 0, equal for what is equal; -1: blank. None if it was stopped.

        What most rows of the column have decides: numbers are first in a column of numbers, days
        and times in one of those.
        """
        cells = list(self._cells)
        if not cells:
            return self._codes.copy()
        counts = np.bincount(self._codes[self._codes >= 0], minlength=len(cells))  # (D,)
        values = _numbers(cells)  # (D,) nan: none
        if 2 * counts[~np.isnan(values)].sum() > counts.sum():
            others = np.flatnonzero(np.isnan(values))
            texts = _text_ranks([cells[place] for place in others], stopped)
            if texts is None:
                return None
            ties = np.zeros(len(cells), np.int32)
            ties[others] = texts
            found = _dense(values, ties)
        else:
            texts = _text_ranks(cells, stopped)
            if texts is None:
                return None
            times = _times(cells)
            timed = 2 * counts[~np.isnan(times)].sum() > counts.sum()
            found = _dense(times, texts) if timed else texts
        return np.append(found, -1).astype(np.int32)[self._codes]


def _numbers(cells: Sequence[str]) -> NDArray[np.float64]:
    return np.array([_number(cell) for cell in cells])


def _number(cell: str) -> float:
    found = _NUMBER.fullmatch(cell)
    if found is None:
        return np.nan
    try:
        return float(((found[1] or "") + found[2]).replace(",", "").replace("−", "-"))
    except ValueError:  # a sign alone, or two
        return np.nan


def _times(cells: Sequence[str]) -> NDArray[np.float64]:
    """(D,) days, with the time of day as a part of one; a time alone is of day 0."""
    tokens = [date_token(cell) for cell in cells]
    day_first = writes_day_first(tokens)
    times = np.full(len(cells), np.nan)
    for place, (cell, token) in enumerate(zip(cells, tokens, strict=True)):
        if not token:
            found = _TIME.fullmatch(cell)
            times[place] = np.nan if found is None else _part_of_day(found)
        elif (day := parse_date(token, day_first=day_first)) is not None:
            found = _TIME.match(cell, len(token))
            times[place] = day.toordinal() + (0.0 if found is None else _part_of_day(found))
    return times


def _part_of_day(found: re.Match[str]) -> float:
    hour, half = int(found[2]), (found[1] or found[5] or "").lower()
    if half and hour <= 12:
        hour = hour % 12 + (12 if half[0] in "p下" else 0)
    return (hour + int(found[3]) / 60 + float(found[4] or 0) / 3600) / 24


def _text_ranks(cells: Sequence[str], stopped: Callable[[], bool]) -> NDArray[np.int32] | None:
    """(D,) ranks of texts, capitals as small letters."""
    keys = [cell.casefold() for cell in cells]
    ranks = np.zeros(len(keys), np.int32)
    rank, before = -1, None
    for number, (key, place) in enumerate(_in_order(keys)):
        if number % _SORTED_AT_ONCE == 0 and stopped():
            return None
        if key != before:
            rank, before = rank + 1, key
        ranks[place] = rank
    return ranks


def _in_order(keys: Sequence[str]) -> Iterator[tuple[str, int]]:
    """Keys with their places: sorted part by part, and the parts together as they are taken."""
    parts: list[Iterable[tuple[str, int]]] = []
    for start in range(0, len(keys), _SORTED_AT_ONCE):
        part = keys[start : start + _SORTED_AT_ONCE]
        parts.append(sorted(zip(part, range(start, start + len(part)), strict=True)))
    return heapq.merge(*parts)


def _dense(values: NDArray[np.float64], ties: NDArray[np.int32]) -> NDArray[np.int32]:
    """(D,) ranks by value, nan last, then by tie; the same for the same of both."""
    order = np.lexsort((ties, values))
    ordered, tie = values[order], ties[order]
    more = (ordered[1:] > ordered[:-1]) | (np.isnan(ordered[1:]) & ~np.isnan(ordered[:-1]))
    more |= np.diff(tie) != 0
    ranks = np.zeros(len(values), np.int32)
    ranks[order] = np.concatenate([[0], np.cumsum(more)])
    return ranks
