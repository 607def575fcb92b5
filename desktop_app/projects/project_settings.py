"""What a project remembers beside its documents: JSON values by name."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from desktop_app.projects.project_error import damaged

MOST_BYTES = 1 << 24  # of all settings together; a file from elsewhere may hold anything
_SIZE = (
    "SELECT ifnull(sum(length(CAST(name AS BLOB)) + length(CAST(value AS BLOB))), 0) FROM settings"
)


def read_settings(
    connection: sqlite3.Connection, path: Path, names: Sequence[str] = ()
) -> dict[str, Any]:
    """Settings by name.

    Args:
        connection: to read from, within one transaction so that the size is that of what is read.
        path: of the project, for messages.
        names: which; none: all.

    Raises:
        ProjectError: if they are larger than any that were stored here, or no JSON.
    """
    which = f" WHERE name IN ({', '.join('?' * len(names))})" if names else ""
    size = connection.execute(_SIZE + which, names).fetchone()[0]
    if size > MOST_BYTES:
        raise damaged(path, f"settings of {size:,} bytes")
    stored = connection.execute(f"SELECT name, value FROM settings{which}", names).fetchall()
    try:
        return {name: json.loads(value) for name, value in stored}
    except (ValueError, RecursionError) as error:
        raise damaged(path, "settings that are no JSON") from error


def write_settings(connection: sqlite3.Connection, changed: Mapping[str, Any]) -> None:
    """Store settings beside those that are there; `connection` is in a transaction."""
    connection.executemany(
        "INSERT OR REPLACE INTO settings(name, value) VALUES (?, ?)",
        [(name, json.dumps(value)) for name, value in changed.items()],
    )
