"""Which columns of a table are worth a chart: found out while the rows go by."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from desktop_app.results.date_text import date_token
from desktop_app.results.group_counter import MAX_GROUPS, GroupCounter
from desktop_app.results.result_error import ResultError
from desktop_app.results.result_row import ResultTable
from desktop_app.results.summary import Bucket, GroupedCounts, grouped, over_time_of

_WATCHED = 50  # columns at most, where none is named
_FEW = 30  # groups of a column that is charted without being named
_ROWS_A_GROUP = 3  # on average: less is no group
_NAME = 200  # characters of a group's name
_CHARTS = 4  # of each kind, where none is named
_DATES = 0.9  # share of the filled cells that makes a column one of dates


class ColumnWatch:
    """Counts labels by columns and over time: by those that are named, else by those that fit."""

    def __init__(
        self,
        table: ResultTable,
        *,
        by: Sequence[str] | None = None,
        over_time: Sequence[str] | None = None,
        bucket: Bucket | None = None,
    ) -> None:
        """Choose what to look at.

        Args:
            table: head of the table.
            by: names of columns with groups; None: any with 2 to 30 values.
            over_time: names of columns with dates; None: any that are mostly dates.
            bucket: of time; None: by the span.

        Raises:
            ResultError: if there is no column of a name.
        """
        self._table, self._bucket = table, bucket
        self._named_groups, self._named_dates = by is not None, over_time is not None
        self._groups = {
            place: GroupCounter(
                len(table.labels), max_groups=MAX_GROUPS if self._named_groups else _FEW
            )
            for place in self._chosen(by)
        }
        self._dates = {
            place: GroupCounter(len(table.labels), max_groups=2 * MAX_GROUPS)
            for place in self._chosen(over_time)
        }

    def add(
        self,
        cells: Sequence[tuple[str, ...]],
        codes: NDArray[np.intp],
        valences: NDArray[np.float64],
    ) -> None:
        """Count N rows: their cells, codes of labels and valences (nan for none)."""
        for place, counter in list(self._groups.items()):
            counter.add([row[place][:_NAME].strip() for row in cells], codes, valences)
            if counter.overflowed and not self._named_groups:
                del self._groups[place]
        for place, counter in list(self._dates.items()):
            counter.add([_date_or_reason(row[place]) for row in cells], codes, valences)
            if not self._named_dates and not _mostly_dates(counter):
                del self._dates[place]

    def by_column(self) -> tuple[GroupedCounts, ...]:
        """Labels by each column of groups, in the order of the table."""
        if self._named_groups:
            chosen = list(self._groups.items())
        else:
            chosen = [
                (place, counter)
                for place, counter in self._groups.items()
                if place not in self._dates and _is_grouping(counter)
            ][:_CHARTS]
        return tuple(
            grouped(counter, self._table.labels, column=self._table.columns[place])
            for place, counter in chosen
        )

    def over_time(self) -> tuple[GroupedCounts, ...]:
        """Labels over the time of each column of dates."""
        found = [
            over_time_of(
                counter,
                self._table.labels,
                column=self._table.columns[place],
                bucket=self._bucket,
            )
            for place, counter in self._dates.items()
        ]
        if self._named_dates:
            return tuple(found)
        return tuple(figures for figures in found if len(figures.groups) >= 2)[:_CHARTS]

    def _chosen(self, names: Sequence[str] | None) -> list[int]:
        columns = self._table.columns
        if names is None:
            others = [
                place for place, name in enumerate(columns) if name != self._table.text_column
            ]
            return others[:_WATCHED]
        missing = [name for name in names if name not in columns]
        if missing:
            raise ResultError(
                f"There is no column {missing[0]!r}; there are {', '.join(map(repr, columns))}."
            )
        return list(dict.fromkeys(columns.index(name) for name in names))


_EMPTY, _OTHER = "", "?"  # what is counted in the place of a date


def _date_or_reason(cell: str) -> str:
    return date_token(cell) or (_OTHER if cell.strip() else _EMPTY)


def _mostly_dates(counter: GroupCounter) -> bool:
    totals = dict(zip(counter.groups, counter.counts.sum(axis=1).tolist(), strict=True))
    others, empty = totals.get(_OTHER, 0), totals.get(_EMPTY, 0)
    filled = sum(totals.values()) - empty
    return filled == 0 or 1 - others / filled >= _DATES


def _is_grouping(counter: GroupCounter) -> bool:
    groups = [group for group in counter.groups if group]
    return len(groups) >= 2 and counter.counts.sum() >= _ROWS_A_GROUP * len(groups)
