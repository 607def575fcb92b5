"""A new, empty project; it appears under its name whole, or not at all."""

from __future__ import annotations

import contextlib
import os
import secrets
import sqlite3
from collections.abc import Sequence
from pathlib import Path

from desktop_app.projects.names import name_numbers
from desktop_app.projects.project_error import ProjectError, sqlite_errors
from desktop_app.projects.project_lock import ProjectLock
from desktop_app.projects.schema import APPLICATION_ID, MIGRATIONS, Migration, apply_migrations
from desktop_app.projects.verdict import VERDICT_STATUSES

_LOGS = ("-wal", "-shm", "-journal")


def create_project_file(path: Path, migrations: Sequence[Migration] = MIGRATIONS) -> None:
    """Make the file; logs that a deleted project of that name left are removed.

    Raises:
        ProjectError: if something of that name exists, or nothing can be written there.
    """
    path = Path(os.path.realpath(path))
    if path.exists():
        raise _exists(path)
    lock = ProjectLock(path)
    temporary = path.with_name(f".{path.name[:80]}.{secrets.token_hex(6)}.part")
    try:
        with sqlite_errors(path):
            _write(temporary, migrations)
        if path.exists():
            raise _exists(path)
        for end in _LOGS:  # of no project now: SQLite would read them into the new one
            path.with_name(path.name + end).unlink(missing_ok=True)
        os.replace(temporary, path)
    except OSError as error:
        raise ProjectError(
            f"Cannot make the project {path}: {error.strerror or error}. Choose a folder where "
            "you may write.",
            "read-only",
        ) from error
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        lock.release(clean=True)


def _write(path: Path, migrations: Sequence[Migration]) -> None:
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute("BEGIN IMMEDIATE")
        apply_migrations(connection, migrations, start=0)
        name_numbers(connection, "statuses", VERDICT_STATUSES)
        connection.execute("COMMIT")
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())


def _exists(path: Path) -> ProjectError:
    return ProjectError(
        f"{path} exists already and is not overwritten. Open it, or choose another name.", "exists"
    )
