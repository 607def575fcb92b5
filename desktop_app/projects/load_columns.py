"""Fill the columns of the table from a project."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desktop_app.projects.aggregates import column_pieces
from desktop_app.projects.names import all_names
from desktop_app.projects.project_error import ProjectError
from desktop_app.projects.results_store import CONFIDENCE_STEPS, confidences
from desktop_app.projects.routes import Routes, resolve_routes
from desktop_app.projects.table_columns import TableColumns
from desktop_app.projects.verdict import (
    BLANK,
    BLANK_LANGUAGE,
    UNKNOWN,
    UNSUPPORTED,
    VERDICT_STATUSES,
    WAITING,
    Routing,
)

# Axis letters: R rows, T distinct texts of them.


_SPARSE, _FEW = 16, 2**22  # ids a text, and so many more, that a table of all ids may have


@dataclass(frozen=True, kw_only=True)
class _Range:
    """The rows asked for, and the quickest way to what belongs to their texts."""

    texts: NDArray[np.int32]  # (T,) ids, ascending
    low: int  # least key
    high: int  # greatest key
    joined: bool  # by row id, through the rows; otherwise by text id

    def source(self, table: str) -> tuple[str, str]:
        """FROM clause and key."""
        if self.joined:
            return f"rows JOIN {table} ON {table}.text = rows.text", "rows.id"
        return table, f"{table}.text"


def load_columns(
    connection: sqlite3.Connection, routing: Routing, *, after: int = 0
) -> TableColumns:
    """Read the columns of all rows, or of those behind one.

    Args:
        connection: to read from, within one transaction so that all columns agree.
        routing: whose results are shown.
        after: id of the last row that is known; 0: none.

    Raises:
        ProjectError: if the project is damaged.
    """
    rows, documents, texts, read_status = _rows(connection, after)
    distinct, place = _distinct(texts)  # (T,), (R,)
    span = _Range(texts=distinct, low=0, high=-1, joined=after > 0)
    if len(rows):
        low, high = (rows[0], rows[-1]) if after else (distinct[0], distinct[-1])
        span = _Range(texts=distinct, low=int(low), high=int(high), joined=after > 0)
    names = all_names(connection, "statuses")
    languages = all_names(connection, "languages")
    if names[: len(VERDICT_STATUSES)] != VERDICT_STATUSES:
        raise ProjectError("The project is damaged: its statuses are not its own.", "damaged")
    routes = resolve_routes(connection, routing)
    language, target, status = _languages(connection, span, languages, routes)
    columns: dict[str, NDArray[Any]] = {
        "label": np.full(len(distinct), -1, np.int16),
        "confidence": np.full(len(distinct), np.nan, np.float32),
        "valence": np.full(len(distinct), np.nan, np.float32),
        "uncertain": np.zeros(len(distinct), np.bool_),
        "status": status,
    }
    _fill_results(connection, span, columns, target, routes)
    labels = all_names(connection, "labels")
    columns["label"][columns["label"] >= len(labels)] = -1  # so that all places can be looked up
    for column in (status, read_status):
        column[column >= len(names)] = VERDICT_STATUSES.index(WAITING)
    return TableColumns(
        rows=rows,
        documents=documents,
        texts=texts,
        read_status=read_status,
        label=columns["label"][place],
        confidence=columns["confidence"][place],
        valence=columns["valence"][place],
        language=language[place],
        status=columns["status"][place],
        uncertain=columns["uncertain"][place],
        corrected=_corrected(connection, rows),
        labels=labels,
        languages=languages,
        statuses=names,
    )


def _rows(
    connection: sqlite3.Connection, after: int
) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int32], NDArray[np.uint8]]:
    first, last = connection.execute(
        "SELECT ifnull(min(id), 1), ifnull(max(id), 0) FROM rows WHERE id > ?", (after,)
    ).fetchone()
    pieces = [
        whole
        for whole, _ in column_pieces(
            connection,
            ("(id << 32) | text", "(document << 8) | status"),
            "rows",
            key="id",
            low=first,
            high=last,
        )
    ]
    ids, others = (
        np.concatenate([np.zeros(0, np.int64), *(piece[place] for piece in pieces)])
        for place in (0, 1)
    )
    rows = (ids >> 32).astype(np.int32)
    if len(rows) and not (np.diff(rows) > 0).all():
        raise ProjectError("The project is damaged: its rows are not in order.", "damaged")
    return (
        rows,
        (others >> 8).astype(np.int32),
        (ids & 0x7FFFFFFF).astype(np.int32),
        (others & 0xFF).astype(np.uint8),
    )


def _distinct(texts: NDArray[np.int32]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """(T,) the texts ascending, and (R,) where each row's is: np.unique without sorting."""
    if int(texts.max(initial=0)) > _SPARSE * len(texts) + _FEW:  # a table of ids would be too large
        few, back = np.unique(texts, return_inverse=True)
        return few, back.astype(np.int32).reshape(-1)
    present = np.zeros(int(texts.max(initial=0)) + 1, np.bool_)
    present[texts] = True
    distinct = np.flatnonzero(present).astype(np.int32)
    place = np.cumsum(present, dtype=np.int32) - 1
    return distinct, place[texts]


def _languages(
    connection: sqlite3.Connection, span: _Range, names: tuple[str, ...], routes: Routes
) -> tuple[NDArray[np.int16], NDArray[np.int32], NDArray[np.uint8]]:
    """(T,) languages, bundles they go to, and what that means where there is no result."""
    language = np.full(len(span.texts), -1, np.int16)
    source, key = span.source("text_languages")
    for (packed,), _ in column_pieces(
        connection,
        ("(text_languages.text << 16) | language",),
        source,
        key=key,
        low=span.low,
        high=span.high,
    ):
        place, found = _places(span.texts, packed >> 16)
        language[place[found]] = (packed[found] & 0xFFFF).astype(np.int16)
    language[language >= len(names)] = -1
    target = np.append(routes.table(len(names)), 0).astype(np.int32)[language]  # (T,)
    waiting, unsupported = (VERDICT_STATUSES.index(name) for name in (WAITING, UNSUPPORTED))
    status = np.where(target >= 0, waiting, unsupported).astype(np.uint8)
    for name, meaning in (("", UNKNOWN), (BLANK_LANGUAGE, BLANK)):
        if name in names:
            held = (language == names.index(name)) & (target < 0)
            status[held] = VERDICT_STATUSES.index(meaning)
    return language, target, status


def _fill_results(
    connection: sqlite3.Connection,
    span: _Range,
    columns: dict[str, NDArray[Any]],
    target: NDArray[np.int32],
    routes: Routes,
) -> None:
    source, key = span.source("results")
    for bundle in routes.bundles:
        for (packed, steps), (valence,) in column_pieces(
            connection,
            (
                "(results.text << 32) | ((ifnull(label, -1) + 1) << 16) | (uncertain << 8) | "
                "results.status",
                f"ifnull(CAST(confidence * {CONFIDENCE_STEPS}.0 + 0.5 AS INTEGER), -1)",
            ),
            source,
            key=f"results.bundle = {bundle} AND {key}",
            low=span.low,
            high=span.high,
            reals=("ifnull(valence, 'nan')",),
        ):
            place, found = _places(span.texts, packed >> 32)
            found &= target[place] == bundle
            place, packed = place[found], packed[found]
            columns["label"][place] = (((packed >> 16) & 0xFFFF) - 1).astype(np.int16)
            columns["uncertain"][place] = (packed >> 8) & 1
            columns["status"][place] = (packed & 0xFF).astype(np.uint8)
            columns["confidence"][place] = confidences(steps[found].astype(np.float64))
            columns["valence"][place] = valence[found]


def _corrected(connection: sqlite3.Connection, rows: NDArray[np.int32]) -> NDArray[np.int16]:
    corrected = np.full(len(rows), -1, np.int16)
    if len(rows):
        first, last = int(rows[0]), int(rows[-1])
        for (ids, labels), _ in column_pieces(
            connection, ("row", "label"), "corrections", key="row", low=first, high=last
        ):
            place, found = _places(rows, ids)
            corrected[place[found]] = labels[found].astype(np.int16)
    return corrected


def _places(
    ordered: NDArray[np.int32], wanted: NDArray[np.int64]
) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
    """Where ids stand in an ascending array, and which of them do."""
    ids = wanted.astype(np.int32)
    place = np.minimum(np.searchsorted(ordered, ids), len(ordered) - 1)
    return place, ordered[place] == ids
