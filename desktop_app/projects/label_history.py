"""Labels that a person gave, and the way back from them; both survive every exit."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import UTC, datetime

from desktop_app.projects.names import all_names, name_numbers
from desktop_app.projects.project_error import ProjectError

MOST_COMMANDS = 1_000  # that can be undone
MOST_ROWS = 100_000  # of one command


@dataclass(frozen=True, kw_only=True)
class LabelChange:
    """What became of labels by a correction, an undo or a redo."""

    rows: tuple[int, ...]  # ids
    given: tuple[str | None, ...]  # the label that each row has now; None: the network's counts
    labels: tuple[str, ...]  # of the project


def correct(connection: sqlite3.Connection, rows: Sequence[int], label: str | None) -> LabelChange:
    """Give rows a label, as one command that can be undone. Call it in a transaction.

    Args:
        connection: in a transaction.
        rows: ids.
        label: any name; None takes a correction back.

    Raises:
        ProjectError: if a row does not exist, or there are too many.
    """
    wanted = list(dict.fromkeys(rows))
    if len(wanted) > MOST_ROWS:
        raise ProjectError(
            f"At most {MOST_ROWS:,} rows get a label at once, received {len(wanted):,}.", "invalid"
        )
    if label is not None and (not label.strip() or "\0" in label):
        raise ProjectError(f"A label needs a name, received {label!r}.", "invalid")
    before = _labels_of(connection, wanted)
    after = [label] * len(wanted)
    connection.execute("DELETE FROM history WHERE undone = 1")
    connection.execute(
        "INSERT INTO history(undone, command) VALUES (0, ?)",
        (json.dumps({"kind": "labels", "rows": wanted, "before": before, "after": after}),),
    )
    connection.execute(
        "DELETE FROM history WHERE id <= (SELECT max(id) FROM history) - ?", (MOST_COMMANDS,)
    )
    return _give(connection, wanted, after)


def undo(connection: sqlite3.Connection) -> LabelChange | None:
    """Take the last command back; None if there is none. Call it in a transaction."""
    return _step(connection, undone=0, choice="max", side="before")


def redo(connection: sqlite3.Connection) -> LabelChange | None:
    """Do again what was undone last; None if there is nothing. Call it in a transaction."""
    return _step(connection, undone=1, choice="min", side="after")


def steps(connection: sqlite3.Connection) -> tuple[int, int]:
    """How many commands can be undone, and how many done again."""
    undone = dict(connection.execute("SELECT undone, count(*) FROM history GROUP BY undone"))
    return undone.get(0, 0), undone.get(1, 0)


def forget_rows(connection: sqlite3.Connection, gone: Set[int]) -> None:
    """Take rows that are being removed out of all commands; what is left can still be undone."""
    for number, stored in connection.execute("SELECT id, command FROM history").fetchall():
        command = json.loads(stored)
        kept = [place for place, row in enumerate(command["rows"]) if row not in gone]
        if not kept:
            connection.execute("DELETE FROM history WHERE id = ?", (number,))
        elif len(kept) < len(command["rows"]):
            for part in ("rows", "before", "after"):
                command[part] = [command[part][place] for place in kept]
            connection.execute(
                "UPDATE history SET command = ? WHERE id = ?", (json.dumps(command), number)
            )


def _step(
    connection: sqlite3.Connection, *, undone: int, choice: str, side: str
) -> LabelChange | None:
    row = connection.execute(
        f"SELECT {choice}(id), command FROM history WHERE undone = ?", (undone,)
    ).fetchone()
    if row[0] is None:
        return None
    connection.execute("UPDATE history SET undone = ? WHERE id = ?", (1 - undone, row[0]))
    command = json.loads(row[1])
    return _give(connection, command["rows"], command[side])


def _labels_of(connection: sqlite3.Connection, rows: list[int]) -> list[str | None]:
    found: dict[int, str | None] = dict(
        connection.execute(
            "SELECT r.id, n.name FROM rows r LEFT JOIN corrections c ON c.row = r.id "
            "LEFT JOIN labels n ON n.id = c.label "
            "WHERE r.id IN (SELECT value FROM json_each(?))",
            (json.dumps(rows),),
        )
    )
    missing = [row for row in rows if row not in found]
    if missing:
        raise ProjectError(f"The project has no row {missing[0]}.", "unknown")
    return [found[row] for row in rows]


def _give(
    connection: sqlite3.Connection, rows: Sequence[int], labels: Sequence[str | None]
) -> LabelChange:
    numbers = name_numbers(connection, "labels", (name for name in labels if name is not None))
    made = datetime.now(UTC).isoformat(timespec="seconds")
    connection.executemany(
        "DELETE FROM corrections WHERE row = ?",
        [(row,) for row, name in zip(rows, labels, strict=True) if name is None],
    )
    connection.executemany(
        "INSERT OR REPLACE INTO corrections(row, label, made) VALUES (?, ?, ?)",
        [
            (row, numbers[name], made)
            for row, name in zip(rows, labels, strict=True)
            if name is not None
        ],
    )
    return LabelChange(
        rows=tuple(rows), given=tuple(labels), labels=all_names(connection, "labels")
    )
