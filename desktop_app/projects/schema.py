"""The tables of a project, version by version.

Texts are kept once, however many rows hold them, and results belong to a text and a bundle: what
was judged once is not judged again. Rows that are scanned are narrow; what is read for the visible
rows alone (`cells`) is apart from them. Ids of documents, rows and texts are never used again, so
that a verdict that is still under way cannot fall on another text.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

APPLICATION_ID = 0x42455254  # "BERT", at byte 68 of the file

Migration = tuple[str, ...]
"""SQL statements that lead from one version to the next, run in one transaction."""

_VERSION_1: Migration = (
    # columns, options: JSON; path "" is a pasted text; complete 0 while it is being imported
    """CREATE TABLE documents(
        id INTEGER PRIMARY KEY AUTOINCREMENT, path TEXT NOT NULL, size INTEGER NOT NULL,
        modified_ns INTEGER NOT NULL, fingerprint TEXT NOT NULL, options TEXT NOT NULL,
        columns TEXT NOT NULL, text_column INTEGER NOT NULL, row_count INTEGER NOT NULL,
        complete INTEGER NOT NULL, added TEXT NOT NULL) STRICT""",
    # hash: BLAKE2b of the UTF-8 text, 16 bytes
    """CREATE TABLE texts(
        id INTEGER PRIMARY KEY AUTOINCREMENT, hash BLOB NOT NULL UNIQUE, text TEXT NOT NULL)
        STRICT""",
    """CREATE TABLE rows(
        id INTEGER PRIMARY KEY AUTOINCREMENT, document INTEGER NOT NULL, ordinal INTEGER NOT NULL,
        text INTEGER NOT NULL, status INTEGER NOT NULL) STRICT""",
    # cells: JSON, null where the row's text stands
    "CREATE TABLE cells(row INTEGER PRIMARY KEY, cells TEXT NOT NULL, note TEXT NOT NULL) STRICT",
    "CREATE TABLE labels(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT",
    "CREATE TABLE languages(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT",
    "CREATE TABLE statuses(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT",
    # labels, details: JSON
    """CREATE TABLE bundles(
        id INTEGER PRIMARY KEY, sha256 TEXT NOT NULL UNIQUE, name TEXT NOT NULL,
        labels TEXT NOT NULL, details TEXT NOT NULL) STRICT""",
    "CREATE TABLE text_languages(text INTEGER PRIMARY KEY, language INTEGER NOT NULL) STRICT",
    # scores: little-endian float32 in the order of the bundle's labels
    """CREATE TABLE results(
        bundle INTEGER NOT NULL, text INTEGER NOT NULL, label INTEGER, confidence REAL,
        valence REAL, uncertain INTEGER NOT NULL, status INTEGER NOT NULL, scores BLOB NOT NULL,
        PRIMARY KEY(bundle, text)) STRICT, WITHOUT ROWID""",
    "CREATE TABLE corrections(row INTEGER PRIMARY KEY, label INTEGER NOT NULL, made TEXT NOT NULL)"
    " STRICT",
    # command: JSON; undone 1 where only a redo brings it back
    "CREATE TABLE history(id INTEGER PRIMARY KEY AUTOINCREMENT, undone INTEGER NOT NULL,"
    " command TEXT NOT NULL) STRICT",
    "CREATE TABLE settings(name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
)

MIGRATIONS: tuple[Migration, ...] = (_VERSION_1,)
"""Only ever added to: the first leads from nothing to version 1."""


def apply_migrations(
    connection: sqlite3.Connection, migrations: Sequence[Migration], *, start: int
) -> None:
    """Bring an open transaction's database from version `start` to `len(migrations)`."""
    for statements in migrations[start:]:
        for statement in statements:
            connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {len(migrations)}")


def foreign_structure(
    connection: sqlite3.Connection, migrations: Sequence[Migration], *, version: int
) -> str | None:
    """What a database has besides or instead of the tables of its version; None if nothing.

    A file from elsewhere may bring triggers and views, which would run as part of our own
    statements.
    """
    fresh = sqlite3.connect(":memory:")
    try:
        apply_migrations(fresh, migrations[:version], start=0)
        wanted, found = _structure(fresh), _structure(connection)
    finally:
        fresh.close()
    if wanted == found:
        return None
    names = sorted({row[1] for row in wanted ^ found})
    return f"unexpected structure: {', '.join(names):.120}"


def _structure(connection: sqlite3.Connection) -> set[tuple[str, str, str | None]]:
    rows = connection.execute("SELECT type, name, sql FROM sqlite_schema").fetchall()
    # ANALYZE and its like may add their own tables
    return {(kind, name, sql) for kind, name, sql in rows if not name.startswith("sqlite_stat")}
