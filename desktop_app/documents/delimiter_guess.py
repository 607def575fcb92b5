"""Which character divides the cells: the one that divides every row into as many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from desktop_app.documents.delimited_records import DelimitedRecords
from desktop_app.documents.text_source import Line

_COMMON = ("\t", ";", ",", "|")  # the sooner preferred where they divide equally well
_RARE = ("\x1f", "\x01", "¦", "^", "~", ":", "，", "；")  # tried when no common one will do
_SAMPLE_RECORDS = 200
_STABLE = 0.7  # share of rows that must have as many cells as most have
_STABLE_WITH_FIRST = 0.5  # the same, where the first row is one of them


def guess_delimiter(lines: Callable[[], Iterator[Line]], *, preferred: str = ",") -> str:
    """The delimiter of a table, "" if it has one column.

    Args:
        lines: gives the first lines of the file, as often as called.
        preferred: what the file's name promises; decides where nothing else does.
    """
    commons = sorted(_COMMON, key=lambda mark: mark != preferred)
    for candidates in (commons, _RARE):
        rated = [(_rating(_widths(lines(), mark)), mark) for mark in candidates]
        best, mark = max(rated, key=lambda pair: pair[0])
        if best > (0.0, 0.0, 0.0):
            return mark
    # one column: quotes are still read as such, and a comma that never divides is harmless
    return preferred if set(_widths(lines(), preferred)) <= {1} else ""


def _widths(lines: Iterator[Line], delimiter: str) -> list[int]:
    records = DelimitedRecords(lines, delimiter=delimiter, max_cells=5_000)
    return [len(cells) for cells, _ in islice(records, _SAMPLE_RECORDS) if cells]


def _rating(widths: Sequence[int]) -> tuple[float, float, float]:
    """How well a delimiter divides: stability, does the first row agree, number of columns."""
    if not widths or max(widths) < 2:
        return (0.0, 0.0, 0.0)
    first = widths[0]
    usual, count = Counter(widths).most_common(1)[0]
    share = count / len(widths)
    if usual >= 2 and share >= (_STABLE_WITH_FIRST if first == usual else _STABLE):
        return (round(share, 1), float(first == usual), float(usual))
    # texts with delimiters that nobody quoted: no row is narrower than the names of the columns
    whole = sum(width >= first for width in widths) / len(widths)
    if first >= 2 and whole >= 0.95 and len(widths) >= 3 and first in widths[1:]:
        return (0.6, 1.0, float(first))
    return (0.0, 0.0, 0.0)
