"""What a project knows of a document, and of the rows in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from desktop_app.projects.source_identity import SourceIdentity
from desktop_app.projects.verdict import StoredJudgement


class SourceRow(Protocol):
    """What is imported: `desktop_app.documents.table_row.TableRow`, or what has its fields."""

    @property
    def cells(self) -> tuple[str, ...]: ...
    @property
    def status(self) -> str: ...
    @property
    def note(self) -> str: ...


@dataclass(frozen=True, kw_only=True)
class Document:
    """A table in a project. One whose import was broken off is not complete."""

    id: int
    path: str  # as opened; "" for a pasted text
    source: SourceIdentity
    options: dict[str, Any]  # how it was read, JSON values
    columns: tuple[str, ...]  # names in the source's order
    text_column: int  # place in `columns` of what is judged
    row_count: int  # that the project holds: an import goes on behind them
    complete: bool
    added: str  # ISO 8601, UTC


@dataclass(frozen=True, slots=True)
class ProjectRow:
    """One row as it is shown and exported."""

    id: int
    document: int
    ordinal: int  # in the document, from 0
    cells: tuple[str, ...]  # the source's, in order
    text: str  # of the chosen column
    text_id: int  # the same for equal texts
    status: str  # of reading: "ok", "ragged", ...
    note: str  # what reading found odd
    verdict: StoredJudgement | None  # None: not judged yet
    corrected: str | None  # the label a person gave
