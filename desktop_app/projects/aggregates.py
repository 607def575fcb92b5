"""Whole columns of a table as numpy arrays, at the speed of C.

A row at a time costs Python about a microsecond a cell, seconds for a million rows, during which
the window waits for the interpreter. SQLite joins the numbers of a range of rows into one text
instead, and numpy parses that.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from desktop_app.projects.project_error import ProjectError

_RANGE = 65_536  # ids a piece, so that no text of numbers grows large
MOST_ID = 2**31 - 1  # ids are counted up; a larger one was not given by this program


def column_pieces(
    connection: sqlite3.Connection,
    integers: Sequence[str],
    source: str,
    *,
    key: str,
    low: int,
    high: int,
    reals: Sequence[str] = (),
) -> Iterator[tuple[list[NDArray[np.int64]], list[NDArray[np.float64]]]]:
    """Read numeric columns piece by piece; the arrays of a piece are equally long.

    Within a piece the order is SQLite's. Integers are parsed six times as fast as real numbers, so
    it pays to pack several small ones into one.

    Args:
        connection: to read from.
        integers: SQL expressions of integers, none NULL.
        source: the tables, as behind FROM.
        key: an integer column of `source` with an index.
        low: the least key.
        high: the greatest key.
        reals: SQL expressions of real numbers or the text 'nan', none NULL.

    Raises:
        ProjectError: if a column holds something else, or a key is none that was given.
    """
    check_ids(low, high)
    joined = ", ".join(f"group_concat({column})" for column in (*integers, *reals))
    query = f"SELECT {joined} FROM {source} WHERE {key} BETWEEN ? AND ?"
    for start in range(low, high + 1, _RANGE):
        row = connection.execute(query, (start, min(start + _RANGE - 1, high))).fetchone()
        if row[0] is None:
            continue
        whole, real = row[: len(integers)], row[len(integers) :]
        try:
            piece = [np.fromstring(text, np.int64, sep=",") for text in whole]
            rest = [np.fromstring(text, np.float64, sep=",") for text in real]
        except ValueError as error:
            raise _no_numbers(source) from error
        if len({len(values) for values in (*piece, *rest)}) != 1:
            raise _no_numbers(source)
        yield piece, rest


def _no_numbers(source: str) -> ProjectError:
    return ProjectError(f"The project is damaged: {source} holds no numbers.", "damaged")


def check_ids(low: int, high: int) -> None:
    """Refuse ids that would make a loop over their range endless.

    Raises:
        ProjectError: if one is below 0 or above `MOST_ID`.
    """
    if low < 0 or high > MOST_ID:
        raise ProjectError(
            f"The project is damaged: it counts from {low} to {high}, possible are 0 to {MOST_ID}.",
            "damaged",
        )
