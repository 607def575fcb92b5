"""An older project becomes one of today, and a copy of the older one stays."""

from __future__ import annotations

import contextlib
import os
import secrets
import sqlite3
from collections.abc import Sequence
from pathlib import Path

from desktop_app.projects.schema import Migration, apply_migrations


def migrate(
    connection: sqlite3.Connection, path: Path, migrations: Sequence[Migration], *, version: int
) -> Path | None:
    """Bring a project to the newest version, all steps or none.

    Args:
        connection: of the project, without an open transaction.
        path: of the project.
        migrations: all there are.
        version: of the project now.

    Returns:
        The copy made before; None if nothing was to do.

    Raises:
        OSError, sqlite3.Error: if the copy cannot be made or a step fails; the project is as it
            was.
    """
    if version == len(migrations):
        return None
    copy = back_up(connection, path, version=version)
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("BEGIN IMMEDIATE")
    try:
        apply_migrations(connection, migrations, start=version)
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    with contextlib.suppress(sqlite3.Error):  # so that the file itself tells its version
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return copy


def back_up(connection: sqlite3.Connection, path: Path, *, version: int) -> Path:
    """Copy a project beside itself under a free name such as `survey.bertproject.v1-backup`.

    Raises:
        OSError, sqlite3.Error: if the copy cannot be made; nothing of it is left then.
    """
    temporary = path.with_name(f".{path.name[:80]}.{secrets.token_hex(6)}.part")
    try:
        with contextlib.closing(sqlite3.connect(temporary)) as target:
            connection.backup(target)
            target.execute("PRAGMA journal_mode = DELETE")
        with temporary.open("rb+") as stream:
            os.fsync(stream.fileno())
        copy = _free_name(path, version)
        os.replace(temporary, copy)
    except BaseException:
        for end in ("", "-wal", "-shm", "-journal"):
            temporary.with_name(temporary.name + end).unlink(missing_ok=True)
        raise
    return copy


def _free_name(path: Path, version: int) -> Path:
    number = 1
    while True:
        end = "" if number == 1 else f"-{number}"
        copy = path.with_name(f"{path.name}.v{version}-backup{end}")
        if not copy.exists():
            return copy
        number += 1
