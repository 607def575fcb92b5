"""A project as the window sees it: signals on the window's thread, all work elsewhere."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from PySide6.QtCore import QObject, Qt, Signal

from desktop_app.analysis import news
from desktop_app.analysis.bundle_routes import BundleRoutes, RouteMaker, shipped_routes
from desktop_app.analysis.document_import import ImportWish
from desktop_app.analysis.import_series import ImportSeries
from desktop_app.analysis.project_desk import ProjectDesk
from desktop_app.analysis.project_export import ExportWish
from desktop_app.analysis.recent_projects import RecentProjects
from desktop_app.analysis.worker_shelf import background_worker
from desktop_app.documents.read_options import ReadOptions
from desktop_app.inference.new_project import make_project
from desktop_app.projects.document import Document, ProjectRow
from desktop_app.projects.project import Project
from desktop_app.projects.project_error import ProjectError
from desktop_app.projects.table_columns import TableColumns
from desktop_app.results.provenance import Provenance
from desktop_app.results.report_words import ReportLanguage
from desktop_app.results.write_options import WriteOptions
from desktop_app.workers.worker_start import WorkerFactory


@dataclass(frozen=True, kw_only=True)
class _ProjectMade:
    """A new project lies there, with its choice of bundles; a document is to go into it."""

    path: Path
    wish: ImportWish


@dataclass(frozen=True, kw_only=True)
class _Removal:
    """A document is on its way out."""

    document: int  # id
    name: str
    before: news.State  # what went on


class ProjectSession(QObject):
    """At most one project is open. An ordinal is the place of a row in the columns."""

    preview_ready = Signal(object)  # DocumentPreview of the file that was asked for
    opened = Signal()  # a project is open: its properties are valid now
    closed = Signal()
    state_changed = Signal(str)  # see `state`
    progressed = Signal(object)  # JobProgress, at most 10 a second
    columns_changed = Signal(object)  # TableColumns, a snapshot; at most 2 a second while judging
    job_ended = Signal(str)  # "done", "cancelled", "paused", "failed"
    failed = Signal(str)  # a plain sentence; everything is as it was
    found = Signal(object)  # ordinals of the rows that a search found
    exported = Signal(str)  # path
    export_ended = Signal(bool, object)  # was cancelled; JobProgress of a job that waited, or None
    explained = Signal(int, object)  # ordinal, tuple of SentenceExplanation
    history_changed = Signal(bool, bool)  # can undo, can redo
    document_removed = Signal(str)  # name of its file

    _arrived = Signal(object)  # News

    def __init__(
        self,
        folder: Path,
        *,
        factory: WorkerFactory = background_worker,
        routes: RouteMaker = shipped_routes,
        parent: QObject | None = None,
    ) -> None:
        """Nothing is open.

        Args:
            folder: where new projects and the list of recent ones go; made when needed.
            factory: starts workers.
            routes: chooses bundles.
            parent: the Qt parent.
        """
        super().__init__(parent)
        self._state: news.State = "empty"
        self._project: Project | None = None
        self._columns: TableColumns | None = None
        self._documents: tuple[Document, ...] = ()
        self._routes: BundleRoutes | None = None
        self._recent = RecentProjects(folder)
        self._folder, self._make_routes = folder, routes
        self._closing = False  # a project is on its way out
        self._next: tuple[ImportWish, str | None] | None = None  # to begin once it is out
        self._first: tuple[Path, ImportWish] | None = None  # for a new project that is opened
        self._removing: _Removal | None = None
        self._preview: news.PreviewRead | None = None  # the last one
        self._previewed_in: news.State | None = None  # what went on before the preview
        self._arrived.connect(self._take, Qt.ConnectionType.QueuedConnection)
        self._desk = ProjectDesk(folder, self._arrived.emit, factory=factory, make_routes=routes)

    # What is open

    @property
    def state(self) -> news.State:
        """What is going on: "empty", "previewing", "importing", "judging", "paused", "ready"."""
        return self._state

    @property
    def project_path(self) -> Path | None:
        """Of the open project; None: none is open."""
        return None if self._project is None else self._project.path

    @property
    def project_name(self) -> str:
        """For people; "" where none is open."""
        return "" if self._project is None else self._project.path.stem

    @property
    def documents(self) -> tuple[Document, ...]:
        """Of the open project."""
        return self._documents

    @property
    def provenance(self) -> tuple[Provenance, ...]:
        """The bundles that judge it."""
        return () if self._routes is None else self._routes.provenance

    @property
    def chosen_bundle(self) -> str | None:
        """The one bundle for all texts; None: by language."""
        return None if self._routes is None else self._routes.chosen

    @property
    def recent(self) -> tuple[Path, ...]:
        """The projects that were open last and are still there, the latest first."""
        return self._recent.paths

    def columns(self) -> TableColumns:
        """The columns as they were told last.

        Raises:
            RuntimeError: if no project is open.
        """
        if self._columns is None:
            raise RuntimeError("No project is open; wait for the signal `opened`.")
        return self._columns

    def rows(self, ordinals: ArrayLike) -> list[ProjectRow]:
        """Rows with their cells and verdicts; quick, and from any thread.

        Args:
            ordinals: at most 10,000, for example of the rows in view.

        Returns:
            Them in this order; none where no project is open.
        """
        project, columns, routes = self._project, self._columns, self._routes
        if project is None or columns is None or routes is None:
            return []
        try:
            return project.rows(_ids(columns, ordinals), routes.routing)
        except ProjectError as error:
            if self._project is project:  # it was not closed meanwhile
                self._arrived.emit(news.Failed(reason=str(error)))
            return []

    def cells(self, place: int, first: int, last: int) -> list[tuple[int, str]]:
        """One cell of the rows of some ids, for sorting; from any thread.

        Args:
            place: of the cell in its row.
            first: the least id.
            last: the greatest id.

        Returns:
            Ids with the beginning of the cell; nothing where no project is open.

        Raises:
            ProjectError: if the project is damaged.
        """
        project = self._project
        return [] if project is None else project.cells(place, first=first, last=last)

    # Wishes

    def preview(self, path: Path, options: ReadOptions) -> None:
        """Look at a document; `preview_ready` or `failed` follows."""
        if self._previewed_in is None:
            self._previewed_in = self._state
        self._change_state("previewing")
        self._desk.preview(path.absolute(), options)

    def import_document(
        self,
        path: Path,
        options: ReadOptions,
        text_column: str,
        *,
        bundle: str | None = None,
        following: Sequence[Path] = (),
    ) -> None:
        """Read a document into the open project, or a new one, and judge it.

        Args:
            path: a file or a folder.
            options: those of its preview.
            text_column: name of the column that is judged.
            bundle: name or path of the one that judges all rows of a new project; None: by
                language. A project that is open keeps its own.
            following: documents that are read after it, each as it seems, by its column of that
                name or else the likeliest.
        """
        path, seen = path.absolute(), self._preview
        fresh = seen is not None and (seen.path, seen.options) == (path, options)
        wish = ImportSeries(
            path=path,
            options=options,
            text_column=text_column,
            preview=seen.preview if seen is not None and fresh else None,
            following=tuple(each.absolute() for each in following),
        )
        if self._closing:
            self._next = (wish, bundle)
        else:
            self._begin(wish, bundle)

    def open_project(self, path: Path) -> None:
        """Open a project in place of the one that is open; `opened` or `failed` follows."""
        self._desk.open_project(path.absolute())

    def close_project(self) -> None:
        """Close the project; what is under way can go on when it is opened again."""
        self._closing = self._project is not None
        self._desk.close_project()

    def remove_document(self, document: int) -> None:
        """Take a document out, by its id, with its labels; `document_removed` or `failed` follows.

        A job that was under way goes on afterwards, one that rested rests.
        """
        names = [Path(each.path).name for each in self._documents if each.id == document]
        if names:
            self._removing = _Removal(document=document, name=names[0], before=self._state)
            self._desk.remove_document(document)

    def use_bundle(self, bundle: str | None) -> None:
        """Judge all texts with one bundle, by name or path; None: with that of their language."""
        self._desk.use_bundle(bundle)

    def pause(self) -> None:
        """Let the job rest; `job_ended("paused")` says that it does."""
        self._desk.pause()

    def resume(self) -> None:
        """Go on, also with what an earlier run of the program left."""
        self._desk.resume()

    def cancel(self) -> None:
        """End the writing of a file, or else the job; what was judged stays."""
        self._end_preview()
        self._desk.cancel()

    def search(self, words: str) -> None:
        """Find the rows that hold all words; `found` follows, of the last search alone."""
        self._desk.search(words)

    def correct(self, ordinals: ArrayLike, label: str | None) -> None:
        """Give rows a person's label; None takes it back. `columns_changed` follows."""
        if self._columns is not None:
            self._desk.correct(_ids(self._columns, ordinals), label)

    def undo(self) -> None:
        """Take the last correction back."""
        self._desk.undo()

    def redo(self) -> None:
        """Do the correction again that was taken back last."""
        self._desk.redo()

    def explain(self, ordinal: int) -> None:
        """Explain a row; `explained` follows, of the last wish alone."""
        if self._columns is not None and 0 <= ordinal < len(self._columns):
            self._desk.explain(ordinal, int(self._columns.rows[ordinal]))

    def export(
        self,
        path: Path,
        options: WriteOptions,
        *,
        report: bool = False,
        language: ReportLanguage = "en",
        ordinals: NDArray[np.integer] | None = None,
    ) -> None:
        """Write a file; `exported` or `failed` follows, `export_ended` always. Judging waits.

        Args:
            path: ends with .csv, .xlsx or .jsonl, a report with .html.
            options: for CSV.
            report: write a report on the rows instead of the rows.
            language: of the report's words.
            ordinals: of the rows, in this order; None: all.
        """
        columns = self._columns
        self._desk.export(
            ExportWish(
                path=path.absolute(),
                options=options,
                report=report,
                language=language,
                rows=None if ordinals is None or columns is None else columns.rows[ordinals],
            )
        )

    def shutdown(self) -> None:
        """End everything; what was under way can go on at the next start."""
        self._desk.shutdown()
        self._project = None

    # News, on the window's thread

    def _take(self, item: Any) -> None:
        match item:
            case news.Progressed():
                self.progressed.emit(item.progress)
            case news.ColumnsChanged():
                self._columns, self._documents = item.columns, item.documents
                self._routes = item.routes
                self.columns_changed.emit(item.columns)
                self._end_removal()
            case news.StateChanged():
                self._previewed_in = None
                self._change_state(item.state)
            case news.ProjectOpened():
                self._opened(item)
            case news.ProjectClosed():
                self._project = self._columns = self._routes = None
                self._documents = ()
                self._closing = False
                self.closed.emit()
                self._begin_next()
            case _ProjectMade():
                self._first = (item.path, item.wish)
                self._desk.open_project(item.path)
            case news.PreviewRead():
                self._preview = item
                self._end_preview()
                self.preview_ready.emit(item.preview)
            case news.JobEnded():
                self.job_ended.emit(item.how)
            case news.Failed():
                self._end_preview()
                self._removing = None
                self.failed.emit(item.reason)
            case news.Found():
                self.found.emit(item.places)
            case news.Exported():
                self.exported.emit(str(item.path))
            case news.ExportEnded():
                self.export_ended.emit(item.cancelled, item.job)
            case news.Explained():
                self.explained.emit(item.place, item.sentences)
            case news.HistoryChanged():
                self.history_changed.emit(item.undo, item.redo)

    def _opened(self, item: news.ProjectOpened) -> None:
        self._project, self._columns = item.project, item.columns
        self._documents, self._routes = item.documents, item.routes
        self._closing = False  # it went to make room for this one
        self._recent.add(item.project.path)
        self.opened.emit()
        first, self._first = self._first, None
        if first is not None and first[0] == item.project.path:
            self._desk.import_document(first[1])

    def _begin(self, wish: ImportWish, bundle: str | None) -> None:
        if bundle is None or self._project is not None:
            self._desk.import_document(wish)
        else:
            threading.Thread(
                target=self._make_project, args=(wish, bundle), name="new project", daemon=True
            ).start()

    def _begin_next(self) -> None:
        following, self._next = self._next, None
        if following is not None:
            self._begin(*following)

    def _make_project(self, wish: ImportWish, bundle: str) -> None:
        """On a thread of its own: a new project that is judged by one bundle."""
        try:
            path = make_project(self._folder, wish.path, bundle, self._make_routes)
        except (ValueError, OSError) as error:
            self._arrived.emit(news.Failed(reason=str(error)))
        else:
            self._arrived.emit(_ProjectMade(path=path, wish=wish))

    def _end_removal(self) -> None:
        removal = self._removing
        if removal is None or any(each.id == removal.document for each in self._documents):
            return
        self._removing = None
        self.document_removed.emit(removal.name)
        if removal.before in ("importing", "judging"):
            self._desk.resume()
        elif removal.before == "paused" and self._project is not None:
            self._desk.open_project(self._project.path)  # offers to go on, as at its opening

    def _end_preview(self) -> None:
        if self._previewed_in is not None:
            state, self._previewed_in = self._previewed_in, None
            self._change_state(state)

    def _change_state(self, state: news.State) -> None:
        if state != self._state:
            self._state = state
            self.state_changed.emit(state)


def _ids(columns: TableColumns, ordinals: ArrayLike) -> list[int]:
    places = np.asarray(ordinals, np.intp).reshape(-1)
    ids: list[int] = columns.rows[places].tolist()
    return ids
