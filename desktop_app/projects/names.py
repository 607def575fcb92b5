"""Small numbers for names that are used a million times: labels, languages, statuses."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import Literal

from desktop_app.projects.project_error import ProjectError

NameTable = Literal["labels", "languages", "statuses"]
# labels and languages are kept as int16, statuses as uint8
_LIMITS: dict[NameTable, int] = {"labels": 30_000, "languages": 30_000, "statuses": 250}


def name_numbers(
    connection: sqlite3.Connection, table: NameTable, names: Iterable[str]
) -> dict[str, int]:
    """The numbers of names, new ones counted on from the last; call it in a transaction.

    Numbers start at 0 and have no gaps, so that they index `all_names`.

    Raises:
        ProjectError: if there are too many names.
    """
    known: dict[str, int] = dict(connection.execute(f"SELECT name, id FROM {table}"))
    fresh = [name for name in dict.fromkeys(names) if name not in known]
    if len(known) + len(fresh) > _LIMITS[table]:
        raise ProjectError(
            f"A project holds at most {_LIMITS[table]:,} {table}, received "
            f"{len(known) + len(fresh):,}.",
            "invalid",
        )
    numbered = [(len(known) + place, name) for place, name in enumerate(fresh)]
    connection.executemany(f"INSERT INTO {table}(id, name) VALUES (?, ?)", numbered)
    return known | {name: number for number, name in numbered}


def all_names(connection: sqlite3.Connection, table: NameTable) -> tuple[str, ...]:
    """Every name at the place of its number."""
    return tuple(name for (name,) in connection.execute(f"SELECT name FROM {table} ORDER BY id"))
