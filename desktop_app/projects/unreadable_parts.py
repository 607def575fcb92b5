"""What of a document cannot be read now, though it could before."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from desktop_app.projects.document import Document

# rows of a document that were read; `first` is the file of a folder, the page of a PDF
_READ = """
FROM (SELECT ifnull(json_extract(c.cells, '$[0]'), t.text) AS first, c.cells AS cells
      FROM rows r JOIN cells c ON c.row = r.id JOIN texts t ON t.id = r.text
      JOIN statuses s ON s.id = r.status
      WHERE r.document = :document AND s.name NOT IN ('unreadable', 'locked'))
"""
_NOT_READ = """
SELECT t.text, c.cells, s.name, c.note FROM rows r JOIN cells c ON c.row = r.id
JOIN texts t ON t.id = r.text JOIN statuses s ON s.id = r.status
WHERE r.document = ? AND s.name IN ('unreadable', 'locked') ORDER BY r.id
"""


@dataclass(frozen=True, kw_only=True)
class LostPart:
    """A file of a folder, a page, or all of a document."""

    name: str  # for people; "": all of it
    note: str  # why it cannot be read, for people


def lost_parts(
    connection: sqlite3.Connection, *, old: Document, new: Document, parted: bool
) -> list[LostPart]:
    """The parts that were read for the old document, and could not be for the new one.

    Args:
        connection: to read from.
        old: as it was read before.
        new: as it is read now.
        parted: the first column tells the part, as in a folder or a PDF.
    """
    whole, inside = _unread_parts(connection, new, parted=parted)
    if not parted:
        return list(whole.values()) if _any_read(connection, old) else []
    found = [whole[name] for name in _read_before(connection, old, "first", whole)]
    return found + [inside[cells] for cells in _read_before(connection, old, "cells", inside)]


def has_unread_parts(connection: sqlite3.Connection, of: Document, *, parted: bool) -> bool:
    """Whether a part of a document could not be read; `parted` as in `lost_parts`."""
    whole, inside = _unread_parts(connection, of, parted=parted)
    return bool(whole or inside)


def _unread_parts(
    connection: sqlite3.Connection, of: Document, *, parted: bool
) -> tuple[dict[str, LostPart], dict[str, LostPart]]:
    """By the first cell; and by all cells but the text, as a page of a file of a folder."""
    whole: dict[str, LostPart] = {}
    inside: dict[str, LostPart] = {}
    for text, stored, status, note in connection.execute(_NOT_READ, (of.id,)):
        cells = [text if cell is None else str(cell) for cell in json.loads(stored)]
        if not parted:
            if status == "locked":
                whole[""] = LostPart(name="", note=note)
        elif not any(cells[1:]):
            whole.setdefault(cells[0], LostPart(name=cells[0], note=note))
        elif not text:
            inside[stored] = LostPart(name=", ".join(filter(None, cells))[:200], note=note)
    return whole, inside


def first_read_place(
    connection: sqlite3.Connection, document: Document, places: Sequence[str]
) -> str:
    """The first of these files, or folders of files, that has rows in a document; "": none.

    Args:
        connection: to read from.
        document: of a folder.
        places: as they stand in its first column.
    """
    if not places:
        return ""
    files = [
        file for (file,) in connection.execute(f"SELECT DISTINCT first {_READ}", _of(document))
    ]
    for place in places:
        if any(file == place or file.startswith(f"{place}/") for file in files):
            return place
    return ""


def _read_before(
    connection: sqlite3.Connection, document: Document, column: str, wanted: Collection[str]
) -> list[str]:
    """Those of some values that rows have which were read."""
    if not wanted:
        return []
    query = (
        f"SELECT DISTINCT {column} {_READ} WHERE {column} IN (SELECT value FROM json_each(:all))"
    )
    values = _of(document) | {"all": json.dumps(list(wanted))}
    found = {value for (value,) in connection.execute(query, values)}
    return [value for value in wanted if value in found]


def _any_read(connection: sqlite3.Connection, document: Document) -> bool:
    return connection.execute(f"SELECT 1 {_READ} LIMIT 1", _of(document)).fetchone() is not None


def _of(document: Document) -> dict[str, object]:
    return {"document": document.id}
