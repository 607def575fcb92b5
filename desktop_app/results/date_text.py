"""Dates as people write them in tables, English and Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_END = r"(?=$|[\sT,;])"
_YEAR = "((?:18|19|20|21)\\d\\d)"
_YEAR_FIRST = re.compile(
    rf"\s*{_YEAR}(?:"
    r"\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})日?"
    r"|[-/年]\s*(\d{1,2})月?"  # not 2024.5, which is a number
    r")" + _END
)
_YEAR_LAST = re.compile(r"\s*(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})" + _END)
_DAY_NAMED = re.compile(r"\s*(\d{1,2})\.?[\s-]([A-Za-z]{3,9})\.?,?[\s-](\d{4})" + _END)
_NAMED_DAY = re.compile(r"\s*([A-Za-z]{3,9})\.?\s(\d{1,2}),?\s(\d{4})" + _END)
_COMPACT = re.compile(r"\s*((?:19|20)\d\d)(\d\d)(\d\d)" + _END)
_SHAPES = (_YEAR_FIRST, _YEAR_LAST, _DAY_NAMED, _NAMED_DAY, _COMPACT)
_LONGEST = 64  # characters looked at: a date has no more


def date_token(cell: str) -> str:
    """The part of a cell that is a date, without the time of day; "" where there is none."""
    cell = cell[:_LONGEST]
    for shape in _SHAPES:
        found = shape.match(cell)
        if found is not None:
            return found.group().strip()
    return ""


def writes_day_first(tokens: Iterable[str]) -> bool:
    """Whether 05/03/2024 is in March: what all dates of a column agree to.

    False only if some date can have nothing but the month first, and none the day first.
    """
    month_first = False
    for token in tokens:
        found = _YEAR_LAST.match(token)
        if found is not None:
            first, second = int(found[1]), int(found[2])
            if first > 12 >= second:
                return True
            month_first |= second > 12 >= first
    return not month_first


def parse_date(token: str, *, day_first: bool = True) -> date | None:
    """The day that a token of `date_token` means; a month without a day is its first day.

    Args:
        token: for example "2024-01-31", "2024年1月31日", "31.1.2024", "31 Jan 2024".
        day_first: of dates such as 05/03/2024, see `writes_day_first`.

    Returns:
        None where there is no such day.
    """
    parts = _parts(token, day_first)
    if parts is None:
        return None
    try:
        return date(*parts)
    except ValueError:
        return None


def _parts(token: str, day_first: bool) -> tuple[int, int, int] | None:
    if found := _YEAR_FIRST.match(token):
        return int(found[1]), int(found[2] or found[4]), int(found[3] or 1)
    if found := _COMPACT.match(token):
        return int(found[1]), int(found[2]), int(found[3])
    if found := _YEAR_LAST.match(token):
        day, month = (found[1], found[2]) if day_first else (found[2], found[1])
        return int(found[3]), int(month), int(day)
    found = _DAY_NAMED.match(token)
    if found is not None:
        name, day = found[2], found[1]
    else:
        found = _NAMED_DAY.match(token)
        if found is None:
            return None
        name, day = found[1], found[2]
    if name[:3].lower() not in _MONTHS:
        return None
    return int(found[3]), _MONTHS.index(name[:3].lower()) + 1, int(day)
