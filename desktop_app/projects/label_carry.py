"""A person's labels on their way from a document to the one that takes its place."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from desktop_app.projects.document import Document
from desktop_app.projects.project_error import ProjectError

MANY = 10  # labels; if so many and most of all find no row, it is not the same document
_LABELLED = (
    "SELECT c.row, c.label, c.made FROM corrections c JOIN rows r ON r.id = c.row "
    "WHERE r.document = ?"
)
# of two labels for one row, the later one counts
_GIVE = (
    "INSERT INTO corrections(row, label, made) VALUES (?, ?, ?) ON CONFLICT(row) DO UPDATE SET "
    "label = excluded.label, made = excluded.made WHERE excluded.made > corrections.made"
)
_ROWS = """
SELECT r.id, r.text, c.cells, json_extract(c.cells, :first) FROM rows r JOIN cells c ON c.row = r.id
WHERE r.document = :document AND r.text IN (
    SELECT x.text FROM rows x JOIN corrections k ON k.row = x.id WHERE x.document = :old)
ORDER BY r.id
"""


@dataclass(frozen=True, kw_only=True)
class CarriedLabels:
    """What became of the labels of a document."""

    given: int = 0  # labels whose row is in the other document
    lost: int = 0  # labels that found no row


_Row = tuple[int, int, int, int]
"""Id; what is equal where text and all shared cells are; text and first cell; text alone."""


def carry_labels(connection: sqlite3.Connection, *, old: Document, new: Document) -> CarriedLabels:
    """Give a document's rows the labels that a person gave the same rows of another.

    The same row has the same text and, of several, the same other cells; failing that the same
    first cell (an id, a file, a page); failing that the same place among those that are left. Of
    rows that are equal in all of this, it is the one at the same place among them.

    Args:
        connection: in a transaction.
        old: whose labels are carried; it keeps them.
        new: whose rows get them; a label given there later stays.
    """
    labels = connection.execute(_LABELLED, (old.id,)).fetchall()
    if not labels:
        return CarriedLabels()
    shared = [
        name
        for place, name in enumerate(old.columns)
        if place != old.text_column and name in new.columns
        if new.columns.index(name) != new.text_column
    ]
    # the same columns at the same places: the cells need not be taken apart
    whole = (old.columns, old.text_column) == (new.columns, new.text_column)
    before, now = (_rows(connection, each, old, shared, whole=whole) for each in (old, new))
    pairs = _pairs(before, now)
    found = [(pairs[row], label, made) for row, label, made in labels if row in pairs]
    connection.executemany(_GIVE, found)
    return CarriedLabels(given=len(found), lost=len(labels) - len(found))


def carry_all(
    connection: sqlite3.Connection, *, old: Sequence[Document], new: Document, keep_all: bool
) -> int:
    """Carry the labels of documents that are to go.

    Returns:
        Labels that are lost with them.

    Raises:
        ProjectError: if that are all of several, or most and `MANY` or more, or any where all
            are to be kept.
    """
    carried = [carry_labels(connection, old=each, new=new) for each in old]
    given, lost = (sum(getattr(each, name) for each in carried) for name in ("given", "lost"))
    another = (lost > 1 and not given) or (lost >= MANY and lost > given)
    if another or (keep_all and lost):
        raise ProjectError(
            f"{lost:,} of {given + lost:,} corrected labels would find no row in what is read "
            "now. Check how it is read (encoding, separator, header), or import it into a new "
            "project.",
            "labels lost",
        )
    return lost


def label_count(connection: sqlite3.Connection, document: int) -> int:
    """How many rows of a document a person gave a label."""
    (count,) = connection.execute(
        "SELECT count(*) FROM corrections WHERE row IN (SELECT id FROM rows WHERE document = ?)",
        (document,),
    ).fetchone()
    return int(count)


def _rows(
    connection: sqlite3.Connection,
    document: Document,
    old: Document,
    shared: list[str],
    *,
    whole: bool,
) -> list[_Row]:
    """The rows of a document that have a text with a label in the old one.

    Hashes stand for cells, since there may be a million rows: of equal texts, one in 2^64 pairs
    would be taken for the same.
    """
    places = [document.columns.index(name) for name in shared]
    values = {
        "document": document.id,
        "old": old.id,
        "first": f"$[{places[0]}]" if places else "$.none",
    }
    rows = []
    for number, text, stored, first in connection.execute(_ROWS, values):
        cells = stored if whole else _cells(stored, places)
        rows.append((number, hash((text, cells)), hash((text, first)), text))
    return rows


def _cells(stored: str, places: list[int]) -> tuple[str, ...]:
    cells = json.loads(stored)
    return tuple([cells[place] if place < len(cells) else "" for place in places])


def _pairs(old: list[_Row], new: list[_Row]) -> dict[int, int]:
    """Ids of old rows to those of the same new rows."""
    pairs: dict[int, int] = {}
    for way in (1, 2, 3):
        waiting: dict[int, list[int]] = {}
        for row in reversed(new):
            waiting.setdefault(row[way], []).append(row[0])
        for row in old:
            if row[0] not in pairs and (ids := waiting.get(row[way])):
                pairs[row[0]] = ids.pop()
        taken = set(pairs.values())
        new = [row for row in new if row[0] not in taken]
    return pairs
