"""Documents on the way out of a project, with or without a successor."""

from __future__ import annotations

import sqlite3

from desktop_app.projects.label_history import forget_rows

_CARRY = """
WITH corrected AS (
    SELECT r.text, r.id, c.label, c.made FROM corrections c JOIN rows r ON r.id = c.row
    WHERE r.document = :old),
old AS (
    SELECT id, text, row_number() OVER (PARTITION BY text ORDER BY ordinal) AS occurrence
    FROM rows WHERE document = :old AND text IN (SELECT text FROM corrected)),
new AS (
    SELECT id, text, row_number() OVER (PARTITION BY text ORDER BY ordinal) AS occurrence
    FROM rows WHERE document = :new AND text IN (SELECT text FROM corrected))
INSERT OR IGNORE INTO corrections(row, label, made)
SELECT new.id, corrected.label, corrected.made FROM corrected
JOIN old ON old.id = corrected.id
JOIN new ON new.text = old.text AND new.occurrence = old.occurrence
"""


def carry_labels(connection: sqlite3.Connection, *, old: int, new: int) -> int:
    """Give a document's rows the labels that a person gave the same rows of another.

    The same row is the one with the same text; of several, the one at the same place among them.

    Returns:
        Labels of the old document that found no row.
    """
    (labels,) = connection.execute(
        "SELECT count(*) FROM corrections WHERE row IN (SELECT id FROM rows WHERE document = ?)",
        (old,),
    ).fetchone()
    before = connection.total_changes
    connection.execute(_CARRY, {"old": old, "new": new})
    return int(labels) - (connection.total_changes - before)


def remove(connection: sqlite3.Connection, document: int) -> None:
    """Take a document out, and the texts and results that no other document needs.

    Its bytes are overwritten, once the project is closed at the latest. Call it in a transaction.
    """
    connection.execute("PRAGMA secure_delete = ON")
    first, last = connection.execute(
        "SELECT ifnull(min(id), 1), ifnull(max(id), 0) FROM rows WHERE document = ?", (document,)
    ).fetchone()
    forget_rows(connection, first, last)
    mine = "(SELECT id FROM rows WHERE document = ?)"
    connection.execute(f"DELETE FROM corrections WHERE row IN {mine}", (document,))
    connection.execute(f"DELETE FROM cells WHERE row IN {mine}", (document,))
    connection.execute("DELETE FROM rows WHERE document = ?", (document,))
    connection.execute("DELETE FROM documents WHERE id = ?", (document,))
    connection.execute("DELETE FROM texts WHERE id NOT IN (SELECT text FROM rows)")
    for table in ("text_languages", "results"):
        connection.execute(f"DELETE FROM {table} WHERE text NOT IN (SELECT id FROM texts)")
