"""A person's labels on their way from a document to the one that takes its place."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from desktop_app.projects.document import Document
from desktop_app.projects.project_error import ProjectError
from desktop_app.projects.same_rows import Row, same_rows

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
SELECT r.id, r.text, c.cells FROM rows r JOIN cells c ON c.row = r.id
WHERE r.document = :document AND r.text IN (
    SELECT x.text FROM rows x JOIN corrections k ON k.row = x.id WHERE x.document = :old)
ORDER BY r.id
"""


@dataclass(frozen=True, kw_only=True)
class CarriedLabels:
    """What became of the labels of a document."""

    given: int = 0  # labels whose row is in the other document
    lost: int = 0  # labels that found no row


def carry_labels(connection: sqlite3.Connection, *, old: Document, new: Document) -> CarriedLabels:
    """Give a document's rows the labels that a person gave the same rows of another.

    Which row is the same, `same_rows` tells; a label whose row cannot be told is lost.

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
    pairs = same_rows(
        lambda: _rows(connection, old, old, shared),
        lambda: _rows(connection, new, old, shared),
        [row for row, _, _ in labels],
        same_columns=len(shared) + 1 == len(old.columns) == len(new.columns),
    )
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
    connection: sqlite3.Connection, document: Document, old: Document, shared: list[str]
) -> Iterator[Row]:
    """The rows of a document that have a text with a label in the old one."""
    places = [document.columns.index(name) for name in shared]
    chosen = connection.execute(_ROWS, {"document": document.id, "old": old.id})
    for number, text, stored in chosen:
        cells = json.loads(stored)
        kept = [cells[place] if place < len(cells) else "" for place in places]
        yield number, text, tuple(kept)
