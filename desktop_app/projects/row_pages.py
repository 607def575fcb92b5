"""The rows that are in view, or the next page of an export."""

from __future__ import annotations

import json
import sqlite3
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from desktop_app.projects.document import ProjectRow
from desktop_app.projects.names import all_names
from desktop_app.projects.routes import resolve_routes
from desktop_app.projects.verdict import BLANK_LANGUAGE, Routing, StoredJudgement

MOST_ROWS = 10_000  # of one page

# names of labels, languages and statuses are looked up in Python: a third of the time
_QUERY = """
SELECT r.id, r.document, r.ordinal, c.cells, t.text, r.text, r.status, c.note, k.label,
       l.language, v.status, v.bundle, v.label, v.scores, v.valence, v.uncertain
FROM rows r JOIN texts t ON t.id = r.text JOIN cells c ON c.row = r.id
LEFT JOIN corrections k ON k.row = r.id
LEFT JOIN text_languages l ON l.text = r.text
LEFT JOIN results v ON v.bundle = {bundle} AND v.text = r.text
WHERE r.id IN (SELECT value FROM json_each(?))
"""


@dataclass(frozen=True, kw_only=True)
class _Names:
    """What the numbers of a project mean."""

    labels: tuple[str, ...]
    languages: tuple[str, ...]
    statuses: tuple[str, ...]
    bundles: dict[int, str]  # sha256


def read_rows(
    connection: sqlite3.Connection, rows: Sequence[int], routing: Routing
) -> list[ProjectRow]:
    """Rows with their cells and verdicts, in the order asked for.

    Args:
        connection: to read from.
        rows: ids, at most 10,000; those that do not exist are left out.
        routing: whose results are shown.
    """
    if len(rows) > MOST_ROWS:
        raise ValueError(f"A page has at most {MOST_ROWS:,} rows, received {len(rows):,}.")
    bundle = resolve_routes(connection, routing).sql("l.language")
    wanted = [int(row) for row in rows]
    names = _Names(
        labels=all_names(connection, "labels"),
        languages=all_names(connection, "languages"),
        statuses=all_names(connection, "statuses"),
        bundles=dict(connection.execute("SELECT id, sha256 FROM bundles")),
    )
    found = {
        values[0]: _row(values, names)
        for values in connection.execute(_QUERY.format(bundle=bundle), (json.dumps(wanted),))
    }
    return [found[row] for row in wanted if row in found]


def _row(values: tuple[Any, ...], names: _Names) -> ProjectRow:
    number, document, ordinal, cells, text, text_id, status, note, corrected, *verdict = values
    return ProjectRow(
        id=number,
        document=document,
        ordinal=ordinal,
        cells=tuple([text if cell is None else str(cell) for cell in json.loads(cells)]),
        text=text,
        text_id=text_id,
        status=names.statuses[status],
        note=note,
        verdict=_verdict(text_id, verdict, names),
        corrected=None if corrected is None else names.labels[corrected],
    )


def _verdict(text_id: int, values: list[Any], names: _Names) -> StoredJudgement | None:
    number, status, bundle, label, scores, valence, uncertain = values
    if status is None:
        return None
    language = "" if number is None else names.languages[number]
    return StoredJudgement(
        text_id=text_id,
        language="" if language == BLANK_LANGUAGE else language,
        status=names.statuses[status],
        bundle=names.bundles[bundle],
        label=None if label is None else names.labels[label],
        scores=struct.unpack(f"<{len(scores) // 4}f", scores),
        valence=valence,
        uncertain=bool(uncertain),
    )
