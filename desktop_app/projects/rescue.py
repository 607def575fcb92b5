"""What can still be read of a damaged project, in a new one."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop_app.projects.aggregates import MOST_ID
from desktop_app.projects.creation import create_project_file
from desktop_app.projects.project_error import ProjectError, sqlite_errors

# table, its integer key, and the columns; what others refer to comes first
_TABLES = (
    ("statuses", "id", "id, name"),
    ("labels", "id", "id, name"),
    ("languages", "id", "id, name"),
    ("bundles", "id", "id, sha256, name, labels, details"),
    (
        "documents",
        "id",
        "id, path, size, modified_ns, fingerprint, options, columns, text_column, row_count, "
        "complete, added",
    ),
    ("corrections", "row", "row, label, made"),
    ("texts", "id", "id, hash, text"),
    ("rows", "id", "id, document, ordinal, text, status"),
    ("cells", "row", "row, cells, note"),
    ("text_languages", "text", "text, language"),
    ("results", "text", "bundle, text, label, confidence, valence, uncertain, status, scores"),
    ("settings", "rowid", "name, value"),
)
_HIGHEST = 1 << 22  # of a key, where the file does not say
_PIECE = 8_192
_MOST_FAILURES = 50_000  # of one table
_FIRST_FAILURES = 500  # before anything of it was read: it has lost its root
_MOST_NAMES = 30_000
_Row = tuple[Any, ...]


@dataclass(frozen=True, kw_only=True)
class Rescue:
    """What was saved into the new project."""

    rows: int
    labels: int  # that a person gave
    rows_lost: int  # that the documents speak of


def rescue_project(damaged: Path, target: Path) -> Rescue:
    """Copy rows, labels and results that can be read; the damaged file is left as it is.

    Args:
        damaged: a project that cannot be opened, open in no other program.
        target: of the new project; nothing is overwritten.

    Raises:
        ProjectError: if the new one cannot be written, or nothing at all can be read.
        OSError: if the damaged file cannot be copied.
    """
    create_project_file(target)
    try:
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".rescue-") as folder:
            copy = Path(folder, "copy")
            shutil.copyfile(damaged, copy)
            log = damaged.with_name(damaged.name + "-wal")
            if log.exists():
                shutil.copyfile(log, copy.with_name("copy-wal"))
            with (
                sqlite_errors(target),
                contextlib.closing(sqlite3.connect(copy, isolation_level=None)) as source,
                contextlib.closing(sqlite3.connect(target, isolation_level=None)) as fresh,
            ):
                source.execute("PRAGMA trusted_schema = OFF")
                return _rescue(source, fresh, damaged)
    except BaseException:
        target.unlink(missing_ok=True)  # it is ours: made above
        raise


def _rescue(source: sqlite3.Connection, fresh: sqlite3.Connection, path: Path) -> Rescue:
    fresh.execute("BEGIN IMMEDIATE")
    for table, key, columns in _TABLES:
        for part in _parts(fresh, table):
            _copy(_readable(source, part, key, columns), fresh, table, columns)
    _name_the_nameless(fresh)
    _drop_halves(fresh)
    (wanted,) = fresh.execute("SELECT ifnull(sum(row_count), 0) FROM documents").fetchone()
    fresh.execute(
        "UPDATE documents SET complete = 1, row_count = "
        "(SELECT count(*) FROM rows WHERE document = documents.id)"
    )
    rows, labels = (
        fresh.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        for table in ("rows", "corrections")
    )
    if not rows:
        raise ProjectError(f"Nothing of {path} can be read; open a backup of it.", "damaged")
    fresh.execute("COMMIT")
    return Rescue(rows=rows, labels=labels, rows_lost=max(0, wanted - rows))


def _parts(fresh: sqlite3.Connection, table: str) -> list[str]:
    """What to read a table by; results lie in the file by bundle first."""
    if table != "results":
        return [f"{table} WHERE 1"]
    bundles = fresh.execute("SELECT id FROM bundles").fetchall()
    return [f"results WHERE bundle = {number}" for (number,) in bundles]


def _copy(rows: Iterator[_Row], fresh: sqlite3.Connection, table: str, columns: str) -> None:
    marks = ", ".join("?" * len(columns.split(",")))
    for row in rows:
        with contextlib.suppress(sqlite3.IntegrityError):  # a value of another type, a repeat
            fresh.execute(f"INSERT OR IGNORE INTO {table}({columns}) VALUES ({marks})", row)


def _name_the_nameless(fresh: sqlite3.Connection) -> None:
    """Where the name of a label or the head of a document is lost, its rows are not."""
    for table, uses in (
        ("labels", ("results", "corrections")),
        ("languages", ("text_languages",)),
        ("statuses", ("results", "rows")),
    ):
        column = {"labels": "label", "languages": "language", "statuses": "status"}[table]
        for owner in uses:
            row = fresh.execute(f"SELECT max({column}) FROM {owner}").fetchone()
            for number in range(min(_MOST_NAMES, -1 if row[0] is None else row[0]) + 1):
                fresh.execute(
                    f"INSERT OR IGNORE INTO {table}(id, name) VALUES (?, ?)",
                    (number, f"{column} {number}"),
                )
    fresh.execute(
        "INSERT INTO documents "
        "SELECT DISTINCT document, '', 0, 0, '', '{}', '[\"text\"]', 0, 0, 1, '' FROM rows "
        "WHERE document NOT IN (SELECT id FROM documents)"
    )


def _drop_halves(fresh: sqlite3.Connection) -> None:
    """Rows need their text, their cells and their document; all else needs its row or text."""
    fresh.execute(
        "DELETE FROM rows WHERE text NOT IN (SELECT id FROM texts) OR id NOT IN "
        "(SELECT row FROM cells) OR document NOT IN (SELECT id FROM documents) OR "
        "status NOT IN (SELECT id FROM statuses)"
    )
    for table, column, owner in (
        ("cells", "row", "rows"),
        ("corrections", "row", "rows"),
        ("corrections", "label", "labels"),
        ("text_languages", "text", "texts"),
        ("text_languages", "language", "languages"),
        ("results", "text", "texts"),
        ("results", "bundle", "bundles"),
    ):
        fresh.execute(f"DELETE FROM {table} WHERE {column} NOT IN (SELECT id FROM {owner})")


def _readable(source: sqlite3.Connection, part: str, key: str, columns: str) -> Iterator[_Row]:
    if key == "rowid":
        with contextlib.suppress(sqlite3.Error):
            yield from source.execute(f"SELECT {columns} FROM {part}").fetchall()
        return
    highest = _HIGHEST
    with contextlib.suppress(sqlite3.Error):
        found = source.execute(f"SELECT ifnull(max({key}), 0) FROM {part}").fetchone()[0]
        highest = min(found, MOST_ID)
    ranges = [(low, min(low + _PIECE - 1, highest)) for low in range(0, highest + 1, _PIECE)]
    ranges.reverse()
    failures, most = 0, _FIRST_FAILURES
    while ranges and failures < most:
        low, high = ranges.pop()
        try:
            rows = source.execute(
                f"SELECT {columns} FROM {part} AND {key} BETWEEN ? AND ?", (low, high)
            ).fetchall()
            most = _MOST_FAILURES if rows else most
            yield from rows
        except sqlite3.Error:
            failures += 1
            middle = (low + high) // 2
            if low < high:  # halve it until only what is damaged is left out
                ranges += [(middle + 1, high), (low, middle)]
