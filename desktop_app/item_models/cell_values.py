"""What a cell means: a number, or a day with its time. No Qt."""

from __future__ import annotations

import math
import re
from array import array
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from desktop_app.results.date_text import date_token, parse_date, writes_day_first

_NUMBER = re.compile(
    r"(?:([+\-−])?[$¥￥€£])?\s*([+\-−]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+)?(?:[eE][+\-]?\d{1,3})?)\s*[%‰]?"
)
_TIME = re.compile(
    r"[\sT,;]*(上午|下午)?\s*(\d{1,2})[:：]([0-5]\d)(?:[:：]([0-5]\d(?:\.\d+)?))?"
    r"\s*([AP]\.?M\b\.?|上午|下午)?",
    re.IGNORECASE,
)
_COMPACT_DAY = 8  # digits of a number that may also be a day: 20240131
_MONTH_FIRST = "1/31/2024"


class CellValues:
    """Numbers and times of cells, in the order they came."""

    def __init__(self) -> None:
        """No cells."""
        self._numbers = _Known()
        self._days = _Known()  # were 1/2 the first of February
        self._months = _Known()  # were it the second of January
        self._says_day = self._says_month = False  # what some date must mean

    def extend(self, cells: Sequence[str]) -> None:
        """Take cells, without blanks around them."""
        numbers = [_number(cell) for cell in cells]
        self._numbers.extend(numbers)
        tokens = [
            "" if number == number and len(cell) != _COMPACT_DAY else date_token(cell)
            for cell, number in zip(cells, numbers, strict=True)
        ]
        parts = [
            _part_of_day(cell, token) if number != number or token else math.nan
            for cell, token, number in zip(cells, tokens, numbers, strict=True)
        ]
        if not any(tokens):
            self._days.extend(parts)
            self._months.extend(parts)
            return
        self._days.extend(_times(tokens, parts, day_first=True))
        self._months.extend(_times(tokens, parts, day_first=False))
        self._says_day |= writes_day_first([*tokens, _MONTH_FIRST])
        self._says_month |= not writes_day_first(tokens)

    def numbers(self) -> NDArray[np.float64]:
        """(D,) of the cells; nan: none."""
        return self._numbers.values()

    def times(self) -> NDArray[np.float64]:
        """(D,) days, with the time of day as a part of one; a time alone is of day 0. nan: none."""
        day_first = self._says_day or not self._says_month
        return (self._days if day_first else self._months).values()


class _Known:
    """Numbers that are mostly there, or not at all: nothing is kept before the first one."""

    def __init__(self) -> None:
        self._missing = 0
        self._values = array("d")

    def extend(self, values: list[float]) -> None:
        if not self._values and all(value != value for value in values):
            self._missing += len(values)
        else:
            self._values.extend(values)

    def values(self) -> NDArray[np.float64]:
        found = np.full(self._missing + len(self._values), np.nan)
        found[self._missing :] = self._values
        return found


def _number(cell: str) -> float:
    found = _NUMBER.fullmatch(cell)
    if found is None:
        return math.nan
    try:
        return float(((found[1] or "") + found[2]).replace(",", "").replace("−", "-"))
    except ValueError:  # a sign alone, or two
        return math.nan


def _times(tokens: list[str], parts: list[float], *, day_first: bool) -> list[float]:
    times = []
    for token, part in zip(tokens, parts, strict=True):
        day = parse_date(token, day_first=day_first) if token else None
        if day is not None:
            part += day.toordinal()
        times.append(math.nan if token and day is None else part)
    return times


def _part_of_day(cell: str, token: str) -> float:
    """The time behind a date; that of the whole cell where there is no date; nan: none."""
    found = _TIME.match(cell, len(token)) if token else _TIME.fullmatch(cell)
    if found is None:
        return 0.0 if token else math.nan
    hour, half = int(found[2]), (found[1] or found[5] or "").lower()
    if half and hour <= 12:
        hour = hour % 12 + (12 if half[0] in "p下" else 0)
    return (hour + int(found[3]) / 60 + float(found[4] or 0) / 3600) / 24
