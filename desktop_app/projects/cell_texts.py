"""One cell of very many rows, as sorting needs it."""

from __future__ import annotations

import sqlite3

from desktop_app.projects.project_error import ProjectError

MOST_CHARACTERS = 100  # of a cell: what stands behind them sorts nothing


def read_cells(
    connection: sqlite3.Connection, place: int, *, first: int, last: int
) -> list[tuple[int, str]]:
    """Ids of rows with their cell, ascending; a few microseconds a row, most of them SQLite's.

    Args:
        connection: to read from.
        place: of the cell in its row.
        first: the least id.
        last: the greatest id.

    Raises:
        ProjectError: if the project is damaged.
    """
    query = (
        f"SELECT row, ifnull(substr(json_extract(cells, '$[{int(place)}]'), 1, {MOST_CHARACTERS}),"
        " '') FROM cells WHERE row BETWEEN ? AND ? ORDER BY row"
    )
    try:
        return [(row, str(text)) for row, text in connection.execute(query, (first, last))]
    except sqlite3.OperationalError as error:
        if "malformed JSON" not in str(error):
            raise
        raise ProjectError("The project is damaged: its cells are no lists.", "damaged") from error
