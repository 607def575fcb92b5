"""Documents and their rows on the way into a project."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from desktop_app.projects.document import Document, SourceRow
from desktop_app.projects.names import name_numbers
from desktop_app.projects.project_error import ProjectError
from desktop_app.projects.source_identity import SourceIdentity

HASH_BYTES = 16
_FIELDS = (
    "id, path, size, modified_ns, fingerprint, options, columns, text_column, row_count, complete, "
    "added"
)


def documents(connection: sqlite3.Connection) -> tuple[Document, ...]:
    """All documents, in the order they were added."""
    return tuple(
        _document(row) for row in connection.execute(f"SELECT {_FIELDS} FROM documents ORDER BY id")
    )


def document(connection: sqlite3.Connection, document_id: int) -> Document:
    """One document.

    Raises:
        ProjectError: if there is none of this id.
    """
    row = connection.execute(
        f"SELECT {_FIELDS} FROM documents WHERE id = ?", (document_id,)
    ).fetchone()
    if row is None:
        raise ProjectError(f"The project has no document {document_id}.", "unknown")
    return _document(row)


def begin_document(
    connection: sqlite3.Connection,
    *,
    path: str,
    source: SourceIdentity,
    options: dict[str, Any],
    columns: Sequence[str],
    text_column: int,
    anew: bool = False,
) -> Document:
    """Add a document without rows, or find the last one whose same import was broken off."""
    if not 0 <= text_column < len(columns):
        raise ProjectError(
            f"The text column must be one of {len(columns)} columns, received {text_column}.",
            "invalid",
        )
    path = stored_text(path)
    fields = (
        path,
        source.size,
        source.modified_ns,
        source.fingerprint,
        json.dumps(options, sort_keys=True),
        json.dumps(list(columns)),
        text_column,
    )
    found = connection.execute(
        "SELECT id FROM documents WHERE path = ? AND size = ? AND modified_ns = ? AND "
        "fingerprint = ? AND options = ? AND columns = ? AND text_column = ? AND complete = 0 "
        "ORDER BY id DESC",
        fields,
    ).fetchone()
    if found is not None and path and not anew:
        return document(connection, found[0])
    cursor = connection.execute(
        "INSERT INTO documents(path, size, modified_ns, fingerprint, options, columns, "
        "text_column, row_count, complete, added) VALUES (?, ?, ?, ?, ?, ?, ?, 0, 0, ?)",
        (*fields, datetime.now(UTC).isoformat(timespec="seconds")),
    )
    return document(connection, int(cursor.lastrowid or 0))


def add_rows(
    connection: sqlite3.Connection,
    into: Document,
    batch: Sequence[SourceRow],
    *,
    limit: int,
    replacing: Collection[int] = (),
) -> Document:
    """Append a batch to a document that is being imported.

    Args:
        connection: in a transaction.
        into: as it is now.
        batch: the rows behind those it has.
        limit: rows that the whole project may hold.
        replacing: documents that go when this one is complete: their rows do not count.

    Raises:
        ProjectError: if the document is complete, or the project would hold too many rows.
    """
    if into.complete:
        raise ProjectError(
            f"{into.path or 'The pasted text'} has been imported already. To read it again, add "
            "it anew and let it replace the old one.",
            "invalid",
        )
    held = sum(each.row_count for each in documents(connection) if each.id not in replacing)
    if held + len(batch) > limit:
        raise ProjectError(
            f"A project holds at most {limit:,} rows; this one has {held:,} and "
            f"{len(batch):,} more were to come. Import a sample of the file, or judge all of it "
            "with `bert-desktop analyze`.",
            "too many rows",
        )
    statuses = name_numbers(connection, "statuses", (row.status for row in batch))
    column = into.text_column
    ids = text_ids(connection, (_text_of(row, column) for row in batch))
    last = _last_id(connection, "rows")
    start = into.row_count
    connection.executemany(
        "INSERT INTO rows(id, document, ordinal, text, status) VALUES (?, ?, ?, ?, ?)",
        (
            (last + 1 + place, into.id, start + place, text, statuses[row.status])
            for place, (row, text) in enumerate(zip(batch, ids, strict=True))
        ),
    )
    connection.executemany(
        "INSERT INTO cells(row, cells, note) VALUES (?, ?, ?)",
        (
            (last + 1 + place, _cells_json(row.cells, column), stored_text(row.note))
            for place, row in enumerate(batch)
        ),
    )
    connection.execute(
        "UPDATE documents SET row_count = row_count + ? WHERE id = ?", (len(batch), into.id)
    )
    return document(connection, into.id)


def last_same_row(
    connection: sqlite3.Connection, of: Document, batch: Sequence[SourceRow], *, after: int
) -> int | None:
    """Whether the next rows of a document are these; for going on with a broken-off import.

    Args:
        connection: to read from.
        of: the document.
        batch: the rows as they are read now.
        after: id of its row before them; 0: they are the first.

    Returns:
        The id of the last of them; None if they differ or there are not so many.
    """
    names = dict(connection.execute("SELECT id, name FROM statuses"))
    found = connection.execute(
        "SELECT r.id, t.text, c.cells, r.status, c.note FROM rows r JOIN texts t ON t.id = r.text "
        "JOIN cells c ON c.row = r.id WHERE r.id > ? AND r.document = ? ORDER BY r.id LIMIT ?",
        (after, of.id, len(batch)),
    ).fetchall()
    stored = [(text, cells, names.get(status), note) for _, text, cells, status, note in found]
    wanted = [
        (
            _text_of(row, of.text_column),
            _cells_json(row.cells, of.text_column),
            row.status,
            stored_text(row.note),
        )
        for row in batch
    ]
    return int(found[-1][0]) if found and stored == wanted else None


def text_ids(connection: sqlite3.Connection, texts: Iterable[str]) -> list[int]:
    """The ids of texts, each distinct one kept once; call it in a transaction."""
    last = _last_id(connection, "texts")
    known: dict[bytes, int] = {}
    fresh: list[tuple[int, bytes, str]] = []
    ids: list[int] = []
    for text in texts:
        digest = hashlib.blake2b(text.encode("utf-8"), digest_size=HASH_BYTES).digest()
        number = known.get(digest)
        if number is None:
            row = connection.execute("SELECT id FROM texts WHERE hash = ?", (digest,)).fetchone()
            number = row[0] if row else last + len(fresh) + 1
            if row is None:
                fresh.append((number, digest, text))
            known[digest] = number
        ids.append(number)
    connection.executemany("INSERT INTO texts(id, hash, text) VALUES (?, ?, ?)", fresh)
    return ids


def _last_id(connection: sqlite3.Connection, table: str) -> int:
    """The highest that was ever used."""
    row = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,)).fetchone()
    return int(row[0]) if row else 0


def _text_of(row: SourceRow, column: int) -> str:
    return stored_text(row.cells[column]) if column < len(row.cells) else ""


def _cells_json(cells: tuple[str, ...], text_column: int) -> str:
    """The cells without the text, which is kept once for all rows that have it."""
    values: list[str | None] = list(cells)
    if text_column < len(values):
        values[text_column] = None
    return stored_text(json.dumps(values, ensure_ascii=False, separators=(",", ":")))


def stored_text(text: str) -> str:
    """A text as a project has it: half characters cannot be stored, they become U+FFFD."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def _document(row: tuple[Any, ...]) -> Document:
    number, path, size, modified, fingerprint, options, columns, text, count, complete, added = row
    names = tuple(json.loads(columns))
    if not 0 <= text < len(names):
        raise IndexError(f"the text column {text} is none of {len(names)}")  # damaged, or foreign
    return Document(
        id=number,
        path=path,
        source=SourceIdentity(size=size, modified_ns=modified, fingerprint=fingerprint),
        options=json.loads(options),
        columns=names,
        text_column=text,
        row_count=count,
        complete=bool(complete),
        added=added,
    )
