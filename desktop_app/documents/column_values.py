"""Numbers and dates in columns of text, for charts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

_LONGEST = 64  # characters of a number or a date; longer cells are neither
_FULL_WIDTH: dict[int, int | str] = {
    **{0xFF10 + digit: 48 + digit for digit in range(10)},
    0xFF0E: ".",
    0xFF0C: ",",
}
_FULL_WIDTH |= {0xFF0D: "-", 0x2212: "-", 0xFF0B: "+", 0xFF05: "%", 0xFF0F: "/", 0xFF1A: ":"}
_AFFIXES = re.compile(r"^[€$£¥￥]\s*|\s*([€$£¥￥]|元|%)$")
_SPACES = "[ \u00a0\u202f\u2009'’]"
_POINT = re.compile(
    rf"^[-+]?(\d+|\d{{1,3}}([,]\d{{3}})+|\d{{1,3}}({_SPACES}\d{{3}})+)?(\.\d*)?(e[-+]?\d+)?$"
)
_COMMA = re.compile(
    rf"^[-+]?(\d+|\d{{1,3}}(\.\d{{3}})+|\d{{1,3}}({_SPACES}\d{{3}})+)?(,\d*)?(e[-+]?\d+)?$"
)
_GROUPS = re.compile(rf"{_SPACES}")
_MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}
_TIME = (
    r"(?:[T\s,]+(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?"
    r"\s*(?P<half>[ap]m)?\s*(?:Z|UTC|[-+]\d{2}:?\d{2})?)?"
)
_YEAR_FIRST = re.compile(
    rf"^(?P<year>\d{{4}})[-/.年]\s?(?P<month>\d{{1,2}})(?:[-/.月]\s?(?P<day>\d{{1,2}})日?|月?){_TIME}$",
    re.IGNORECASE,
)
_COMPACT = re.compile(rf"^(?P<year>(?:19|20)\d{{2}})(?P<month>\d{{2}})(?P<day>\d{{2}}){_TIME}$")
_YEAR_LAST = re.compile(
    rf"^(?P<first>\d{{1,2}})[-/.](?P<second_number>\d{{1,2}})[-/.](?P<year>\d{{4}}|\d{{2}}){_TIME}$",
    re.IGNORECASE,
)
_MONTH_NAMED = re.compile(
    rf"^(?:[a-z]{{3,9}},?\s+)?(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[-\s]+(?P<name>[a-z]{{3,9}})\.?,?"
    rf"|(?P<name2>[a-z]{{3,9}})\.?\s+(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?,?)[-\s]+(?P<year>\d{{4}}){_TIME}$",
    re.IGNORECASE,
)


def column_numbers(cells: Sequence[str]) -> NDArray[np.float64]:
    """The numbers of a column (N,); NaN where a cell is none.

    Thousands separators, a percent or a currency sign and full-width digits are understood; 12 %
    is 12. A comma is the decimal sign only if the column as a whole reads better so: 1,234 is
    1234 beside 1,234,567, and 1.234 beside 1,5.
    """
    plain = [_plain_number(cell) for cell in cells]
    different = set(plain) - {""}
    pointed = sum(_POINT.match(text) is not None for text in different)
    comma = sum(_COMMA.match(text) is not None for text in different) > pointed
    known = {text: _number(text, comma=comma) for text in different}
    known[""] = np.nan
    return np.array([known[text] for text in plain], dtype=np.float64)


def column_dates(cells: Sequence[str]) -> NDArray[np.datetime64]:
    """The dates of a column (N,), to the second, as written (time zones are dropped); NaT else.

    ISO, 2024/1/31, 2024年1月31日, 20240131, 31.1.2024, 1/31/2024, 31 Jan 2024, January 31, 2024.
    Whether 1/2/2024 is in January is decided by the other cells of the column; if none tells,
    dots and dashes mean day first, a slash month first.
    """
    plain = [_plain_date(cell) for cell in cells]
    different = set(plain) - {""}
    day_first = _is_day_first(different)
    known = {text: _date(text, day_first=day_first) for text in different}
    values = [known.get(text) for text in plain]
    return np.array([np.datetime64(v if v is not None else "NaT", "s") for v in values], "M8[s]")


def _plain_number(cell: str) -> str:
    if len(cell) > _LONGEST:
        return ""
    text = cell.strip().translate(_FULL_WIDTH).lower()
    sign = text[:1] if text[:1] in ("-", "+") else ""
    text = _AFFIXES.sub("", _AFFIXES.sub("", text[len(sign) :].strip())).strip()
    return sign + text if any(letter.isdigit() for letter in text) else ""


def _number(text: str, *, comma: bool) -> float:
    if not (_COMMA if comma else _POINT).match(text):
        return np.nan
    text = _GROUPS.sub("", text)
    text = text.replace(".", "").replace(",", ".") if comma else text.replace(",", "")
    try:
        return float(text)
    except ValueError:
        return np.nan


def _plain_date(cell: str) -> str:
    return cell.strip().translate(_FULL_WIDTH) if len(cell) <= _LONGEST else ""


def _is_day_first(texts: Iterable[str]) -> bool | None:
    """Whether the day stands before the month; None: nothing tells."""
    first = second = False
    for text in texts:
        if match := _YEAR_LAST.match(text):
            first |= int(match["first"]) > 12
            second |= int(match["second_number"]) > 12
    return first if first != second else None


def _date(text: str, *, day_first: bool | None) -> datetime | None:
    if match := _YEAR_FIRST.match(text) or _COMPACT.match(text):
        return _made(match, match["month"], match["day"] or "1")
    if match := _YEAR_LAST.match(text):
        here = day_first if day_first is not None else "/" not in text
        days_month = (match["first"], match["second_number"])
        day, month = days_month if here else days_month[::-1]
        return _made(match, month, day)
    if match := _MONTH_NAMED.match(text):
        number = _MONTHS.get((match["name"] or match["name2"])[:3].lower())
        return _made(match, str(number), match["day"] or match["day2"]) if number else None
    return None


def _made(match: re.Match[str], month: str, day: str) -> datetime | None:
    year, hour = int(match["year"]), int(match["hour"] or 0)
    if len(match["year"]) == 2:
        year += 2000 if year < 70 else 1900
    if match["half"]:
        hour = hour % 12 + (12 if match["half"].lower() == "pm" else 0)
    try:
        return datetime(
            year, int(month), int(day), hour, int(match["minute"] or 0), int(match["second"] or 0)
        )
    except ValueError:
        return None
