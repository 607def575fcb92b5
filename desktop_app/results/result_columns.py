"""The columns that results add to a source's, under names that the source does not have."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from desktop_app.results.result_row import ResultRow, ResultTable

Value = str | float | bool | None  # of a cell that we add; None is an empty one
DECIMALS = 6  # of a number: more than the arithmetic of a quantized network carries
_FIXED = (
    "label",
    "confidence",
    "valence",
    "language",
    "uncertain",
    "status",
    "corrected",
    "model",
)


@dataclass(frozen=True, kw_only=True)
class ResultColumns:
    """Names, in the order of the file: the source's columns, ours, a probability a label."""

    source: tuple[str, ...]  # as the source has them, equal and empty names too
    added: tuple[str, ...]  # beside `added_values`

    @classmethod
    def of(cls, table: ResultTable) -> ResultColumns:
        """Name our columns; where the source has the name, `_result` is added to ours."""
        taken = {_folded(name) for name in table.columns}
        wanted = [*_FIXED, *(f"probability: {label}" for label in table.labels)]
        return cls(source=table.columns, added=_free(wanted, taken, "_result"))

    @property
    def keys(self) -> tuple[str, ...]:
        """All names, made distinct and not empty: what a JSON object needs."""
        taken = {_folded(name) for name in self.added}
        named = [name or f"column {place}" for place, name in enumerate(self.source, start=1)]
        return (*_free(named, taken, ""), *self.added)


def added_values(table: ResultTable, row: ResultRow) -> tuple[Value, ...]:
    """What results say about a row, beside `ResultColumns.added`."""
    judge = table.judge_of(row)
    known = [score for score in row.scores if not math.isnan(score)]
    probabilities: Sequence[float | None] = [_number(score) for score in row.scores]
    return (
        row.label,
        _number(max(known)) if known else None,
        _number(row.valence),
        row.language or None,
        None if row.label is None else row.uncertain,
        row.status,
        row.corrected,
        None if judge is None else judge.identity,
        *(probabilities or [None] * len(table.labels)),
    )


def source_cells(table: ResultTable, row: ResultRow) -> tuple[str, ...]:
    """The row's cells, exactly one a column: ours must stand below their names.

    Missing ones are empty; what is too many is kept in the last column, behind " | ".
    """
    width, cells = len(table.columns), row.cells
    if len(cells) == width:
        return cells
    if len(cells) < width:
        return cells + ("",) * (width - len(cells))
    return (*cells[: width - 1], " | ".join(cells[width - 1 :])) if width else ()


def _number(value: float | None) -> float | None:
    if value is None or not math.isfinite(value):
        return None
    return round(value, DECIMALS) + 0.0  # -0.0 becomes 0.0


def _folded(name: str) -> str:
    return name.strip().casefold()  # spreadsheets and databases do not tell case apart


def _free(wanted: Sequence[str], taken: set[str], suffix: str) -> tuple[str, ...]:
    taken, names = set(taken), []
    for name in wanted:
        free, number = name, 1
        while _folded(free) in taken:
            free = f"{name}{suffix}" if number == 1 and suffix else f"{name}{suffix}_{number}"
            number += 1
        taken.add(_folded(free))
        names.append(free)
    return tuple(names)
