"""Documents on the way out of a project."""

from __future__ import annotations

import sqlite3

from desktop_app.projects.label_history import forget_rows


def remove(connection: sqlite3.Connection, document: int) -> None:
    """Take a document out, and the texts and results that no other document needs.

    Its bytes are overwritten, once the project is closed at the latest. Call it in a transaction.
    """
    connection.execute("PRAGMA secure_delete = ON")
    rows = connection.execute("SELECT id FROM rows WHERE document = ?", (document,))
    forget_rows(connection, {row for (row,) in rows})
    mine = "(SELECT id FROM rows WHERE document = ?)"
    connection.execute(f"DELETE FROM corrections WHERE row IN {mine}", (document,))
    connection.execute(f"DELETE FROM cells WHERE row IN {mine}", (document,))
    connection.execute("DELETE FROM rows WHERE document = ?", (document,))
    connection.execute("DELETE FROM documents WHERE id = ?", (document,))
    connection.execute("DELETE FROM texts WHERE id NOT IN (SELECT text FROM rows)")
    for table in ("text_languages", "results"):
        connection.execute(f"DELETE FROM {table} WHERE text NOT IN (SELECT id FROM texts)")
