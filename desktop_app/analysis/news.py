"""What the thread of a project tells the window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from desktop_app.analysis.bundle_routes import BundleRoutes
from desktop_app.analysis.job_progress import JobProgress
from desktop_app.analysis.row_explanation import SentenceExplanation
from desktop_app.documents.document_preview import DocumentPreview
from desktop_app.documents.read_options import ReadOptions
from desktop_app.projects.document import Document
from desktop_app.projects.project import Project
from desktop_app.projects.table_columns import TableColumns

State = Literal["empty", "previewing", "importing", "judging", "paused", "ready"]
JobEnd = Literal["done", "cancelled", "paused", "failed"]


@dataclass(frozen=True, kw_only=True)
class PreviewRead:
    """A document was looked at; nothing is imported yet."""

    path: Path
    options: ReadOptions
    preview: DocumentPreview


@dataclass(frozen=True, kw_only=True)
class ProjectOpened:
    """A project is open."""

    project: Project  # its reading methods may be called from any thread
    documents: tuple[Document, ...]
    columns: TableColumns
    routes: BundleRoutes


@dataclass(frozen=True, kw_only=True)
class ProjectClosed:
    """None is open any more."""


@dataclass(frozen=True, kw_only=True)
class StateChanged:
    """What is going on."""

    state: State


@dataclass(frozen=True, kw_only=True)
class Progressed:
    """A job went on."""

    progress: JobProgress


@dataclass(frozen=True, kw_only=True)
class ColumnsChanged:
    """There are new rows, verdicts or labels."""

    columns: TableColumns  # a snapshot
    documents: tuple[Document, ...]
    routes: BundleRoutes


@dataclass(frozen=True, kw_only=True)
class JobEnded:
    """No job is going on any more, or it rests."""

    how: JobEnd


@dataclass(frozen=True, kw_only=True)
class Failed:
    """Something could not be done; everything is as it was before."""

    reason: str  # a plain sentence


@dataclass(frozen=True, kw_only=True)
class Found:
    """A word search is done."""

    places: NDArray[np.intp]  # of rows, ascending


@dataclass(frozen=True, kw_only=True)
class Exported:
    """A file was written."""

    path: Path


@dataclass(frozen=True, kw_only=True)
class ExportEnded:
    """No file is written any more, whether it was written or not."""

    cancelled: bool
    job: JobProgress | None  # that waited meanwhile, or can go on; None: there is none


@dataclass(frozen=True, kw_only=True)
class Explained:
    """A row was explained."""

    place: int
    sentences: tuple[SentenceExplanation, ...]


@dataclass(frozen=True, kw_only=True)
class HistoryChanged:
    """What can be taken back, and done again."""

    undo: bool
    redo: bool


News = (
    PreviewRead
    | ProjectOpened
    | ProjectClosed
    | StateChanged
    | Progressed
    | ColumnsChanged
    | JobEnded
    | Failed
    | Found
    | Exported
    | ExportEnded
    | Explained
    | HistoryChanged
)
Tell = Callable[[News], None]
"""Called on the thread of the project."""
