"""Verdicts in and out of a project; each belongs to a bundle and a distinct text."""

from __future__ import annotations

import json
import math
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desktop_app.projects.names import all_names, name_numbers
from desktop_app.projects.project_error import ProjectError
from desktop_app.projects.routes import resolve_routes
from desktop_app.projects.verdict import (
    BLANK,
    BLANK_LANGUAGE,
    ProjectBundle,
    Routing,
    StoredJudgement,
    WaitingText,
)

CONFIDENCE_STEPS = 1 << 24


@dataclass(frozen=True, kw_only=True)
class StoredVerdicts:
    """What was stored, in the project's numbers: V verdicts."""

    texts: NDArray[np.int32]  # (V,) ids
    label: NDArray[np.int16]  # (V,) place in `labels`; -1: none
    confidence: NDArray[np.float32]  # (V,) to 2^-24; nan: none
    valence: NDArray[np.float32]  # (V,) nan: none
    language: NDArray[np.int16]  # (V,) place in `languages`
    status: NDArray[np.uint8]  # (V,) place in `statuses`
    uncertain: NDArray[np.bool_]  # (V,)
    labels: tuple[str, ...]  # of the project
    languages: tuple[str, ...]
    statuses: tuple[str, ...]


def add_bundle(connection: sqlite3.Connection, bundle: ProjectBundle) -> None:
    """Make a bundle known; one that is known already gets its new details."""
    connection.execute(
        "INSERT INTO bundles(sha256, name, labels, details) VALUES (?, ?, ?, ?) "
        "ON CONFLICT(sha256) DO UPDATE SET name = excluded.name, details = excluded.details",
        (bundle.sha256, bundle.name, json.dumps(bundle.labels), json.dumps(bundle.details)),
    )
    name_numbers(connection, "labels", bundle.labels)


def bundles(connection: sqlite3.Connection) -> tuple[ProjectBundle, ...]:
    """All bundles that were made known, in that order."""
    return tuple(
        ProjectBundle(
            sha256=sha256,
            name=name,
            labels=tuple(json.loads(labels)),
            details=json.loads(details),
        )
        for sha256, name, labels, details in connection.execute(
            "SELECT sha256, name, labels, details FROM bundles ORDER BY id"
        )
    )


def waiting_texts(
    connection: sqlite3.Connection, routing: Routing, *, after: int, limit: int
) -> list[WaitingText]:
    """The next distinct texts without a verdict, by id.

    A text whose language goes to no bundle is not waiting.

    Args:
        connection: to read from.
        routing: which bundle is asked.
        after: id of the last text of the batch before; 0 to begin with.
        limit: texts at most.
    """
    rows = connection.execute(
        "SELECT t.id, t.text, n.name FROM texts t LEFT JOIN text_languages l ON l.text = t.id "
        f"LEFT JOIN languages n ON n.id = l.language WHERE t.id > ? AND "
        f"{_waiting(connection, routing)} ORDER BY t.id LIMIT ?",
        (after, limit),
    )
    return [WaitingText(*row) for row in rows]


def waiting_count(connection: sqlite3.Connection, routing: Routing) -> int:
    """How many distinct texts wait."""
    row = connection.execute(
        "SELECT count(*) FROM texts t LEFT JOIN text_languages l ON l.text = t.id "
        f"WHERE {_waiting(connection, routing)}"
    ).fetchone()
    return int(row[0])


def _waiting(connection: sqlite3.Connection, routing: Routing) -> str:
    bundle = resolve_routes(connection, routing).sql("l.language")
    return (
        f"(l.text IS NULL OR ({bundle} >= 0 AND NOT EXISTS "
        f"(SELECT 1 FROM results r WHERE r.bundle = {bundle} AND r.text = t.id)))"
    )


def store_verdicts(
    connection: sqlite3.Connection, verdicts: Iterable[StoredJudgement]
) -> StoredVerdicts:
    """Store a batch; verdicts of the same text and bundle are replaced. Call it in a transaction.

    Texts that were removed while they were judged are passed over.

    Raises:
        ProjectError: if a bundle is not known here, or a verdict does not fit it.
    """
    batch = list(verdicts)
    known = dict(connection.execute("SELECT sha256, id FROM bundles"))
    labels_of = {bundle.sha256: bundle.labels for bundle in bundles(connection)}
    for verdict in batch:
        _check(verdict, labels_of)
    alive = _existing(connection, [verdict.text_id for verdict in batch])
    batch = [verdict for verdict in batch if verdict.text_id in alive]
    labels = name_numbers(connection, "labels", (v.label for v in batch if v.label is not None))
    languages = name_numbers(connection, "languages", map(_language, batch))
    statuses = name_numbers(connection, "statuses", (verdict.status for verdict in batch))
    connection.executemany(
        "INSERT OR REPLACE INTO text_languages(text, language) VALUES (?, ?)",
        [(verdict.text_id, languages[_language(verdict)]) for verdict in batch],
    )
    connection.executemany(
        "INSERT OR REPLACE INTO results(bundle, text, label, confidence, valence, uncertain, "
        "status, scores) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                known[v.bundle],
                v.text_id,
                None if v.label is None else labels[v.label],
                v.confidence,
                v.valence,
                int(v.uncertain),
                statuses[v.status],
                np.asarray(v.scores, "<f4").tobytes(),
            )
            for v in batch
            if v.bundle is not None
        ],
    )
    return StoredVerdicts(
        texts=np.array([v.text_id for v in batch], np.int32),
        label=np.array([-1 if v.label is None else labels[v.label] for v in batch], np.int16),
        confidence=confidences(_floats([v.confidence for v in batch]) * CONFIDENCE_STEPS),
        valence=_floats([v.valence for v in batch]).astype(np.float32),
        language=np.array([languages[_language(v)] for v in batch], np.int16),
        status=np.array([statuses[v.status] for v in batch], np.uint8),
        uncertain=np.array([v.uncertain for v in batch], np.bool_),
        labels=all_names(connection, "labels"),
        languages=all_names(connection, "languages"),
        statuses=all_names(connection, "statuses"),
    )


def confidences(steps: NDArray[np.float64]) -> NDArray[np.float32]:
    """Confidences from their multiples of 2^-24, the fineness of float32 below one.

    Args:
        steps: (V,) negative or nan: none.
    """
    whole = np.floor(steps + 0.5)
    return np.where(whole >= 0, whole / CONFIDENCE_STEPS, np.nan).astype(np.float32)


def _floats(values: Sequence[float | None]) -> NDArray[np.float64]:
    return np.array([math.nan if value is None else value for value in values], np.float64)


def _language(verdict: StoredJudgement) -> str:
    """Blank texts have a language of their own, so that they do not wait for a bundle."""
    if verdict.bundle is None and verdict.status == BLANK:
        return BLANK_LANGUAGE
    return verdict.language


def _existing(connection: sqlite3.Connection, texts: list[int]) -> set[int]:
    rows = connection.execute(
        "SELECT id FROM texts WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(texts),)
    )
    return {row[0] for row in rows}


def _check(verdict: StoredJudgement, labels_of: dict[str, tuple[str, ...]]) -> None:
    labels = None if verdict.bundle is None else labels_of.get(verdict.bundle)
    if verdict.bundle is not None and labels is None:
        raise ProjectError(
            f"The bundle {verdict.bundle:.12} is not known in this project; add it first.",
            "unknown",
        )
    if verdict.label is not None and (
        labels is None
        or verdict.label not in labels
        or len(verdict.scores) != len(labels)
        or not all(map(math.isfinite, verdict.scores))
    ):
        raise ProjectError(
            f"The verdict {verdict.label!r} on text {verdict.text_id} does not fit its bundle: "
            f"{len(verdict.scores)} scores for the labels {labels}.",
            "invalid",
        )
