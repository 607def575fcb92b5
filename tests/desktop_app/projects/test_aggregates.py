import sqlite3

import numpy as np
import pytest

from desktop_app.projects.aggregates import column_pieces
from desktop_app.projects.project_error import ProjectError

IDS = [1, 65_536, 65_537, 300_000]


def table(values: list[object]) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE t(id INTEGER PRIMARY KEY, value)")
    connection.executemany("INSERT INTO t VALUES (?, ?)", zip(IDS, values, strict=True))
    return connection


def test_every_number_comes_back_exactly_whatever_the_gaps():
    values = [0.1, float(np.float32(0.3)), -1e-300, None]
    with table(values) as connection:
        pieces = list(
            column_pieces(
                connection,
                ("id",),
                "t",
                key="id",
                low=1,
                high=IDS[-1],
                reals=("ifnull(value, 'nan')",),
            )
        )
    assert [whole[0].tolist() for whole, _ in pieces] == [[1, 65_536], [65_537], [300_000]]
    read = np.concatenate([real[0] for _, real in pieces])
    np.testing.assert_allclose(read[:3], values[:3], rtol=1e-14)
    assert np.isnan(read[3])
    assert np.float32(read[1]) == np.float32(0.3)


def test_what_is_no_number_is_damage():
    with table(["x, y", 1, 2, 3]) as connection, pytest.raises(ProjectError, match="no numbers"):
        list(column_pieces(connection, ("id", "value"), "t", key="id", low=1, high=9))
