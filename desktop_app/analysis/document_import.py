"""Read a document into a project; an import that was broken off goes on where it stopped."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from desktop_app.analysis.document_reading import DocumentReading, OtherRowsError
from desktop_app.analysis.file_state import FileState
from desktop_app.analysis.job_control import JobControl, JobStopped
from desktop_app.analysis.predecessors import cut_documents, mark_cut, predecessors, why_not_replace
from desktop_app.documents.document_error import DocumentError
from desktop_app.documents.document_preview import DocumentPreview
from desktop_app.documents.folder_listing import list_folder
from desktop_app.documents.parser_process import ParserProcess
from desktop_app.documents.read_options import ReadOptions
from desktop_app.projects.document import Document
from desktop_app.projects.project import Project
from desktop_app.projects.project_error import ProjectError
from desktop_app.projects.source_identity import SourceIdentity, source_identity


@dataclass(frozen=True, kw_only=True)
class ImportWish:
    """A document that is to be in the project."""

    path: Path
    options: ReadOptions
    text_column: str  # name; "": the likeliest
    preview: DocumentPreview | None = None  # if it was just read with these options
    seen: FileState | None = None  # what it was when it was chosen; None: not known, or a folder


@dataclass(frozen=True, kw_only=True)
class ImportOutcome:
    """What became of it."""

    document: Document  # complete
    cut: str = ""  # why not all rows are here; "" where they are
    labels_lost: int = 0  # of a person, that found no row in the changed file


class DocumentImport:
    """One import. Use it once.

    A changed document takes the place of what was read of it before, with its labels. Where that
    would cost labels for no good reason, it is not taken in, and what was there stays.
    """

    def __init__(
        self,
        project: Project,
        wish: ImportWish,
        parser: ParserProcess,
        control: JobControl,
        *,
        appended: Callable[[Document], None],
    ) -> None:
        """Nothing is read yet.

        Args:
            project: that takes the rows.
            wish: what is read.
            parser: reads it; nobody else uses it.
            control: asked between batches.
            appended: told the document each time it has more rows.
        """
        self._project, self._wish, self._parser = project, wish, parser
        self._control, self._appended = control, appended
        self._pool = ThreadPoolExecutor(1, "read document")
        self._document: Document | None = None  # that takes the rows
        self._earlier: list[Document] = []  # that it replaces

    @property
    def replacing(self) -> bool:
        """Whether its rows take the place of others that are still there."""
        return bool(self._earlier)

    def run(self) -> ImportOutcome:
        """Until all rows are in the project.

        Raises:
            DocumentError: if the document cannot be read, changes meanwhile, or would cost labels;
                the project is as before, but for labels that its new rows were given meanwhile.
            JobStopped: if it was called off; the rows so far stay.
            ProjectError: if the project cannot be written; likewise.
        """
        try:
            return self._run()
        except (JobStopped, ProjectError):
            raise  # what is here can be gone on with
        except Exception as error:
            if not (isinstance(error, DocumentError) and error.reason == "cancelled"):
                self._abandon()
            raise
        finally:
            self._parser.cancel()  # so that the pool has nothing to wait for
            self._pool.shutdown()

    def _run(self) -> ImportOutcome:
        identity = self._identity()
        preview = self._preview(identity)
        column = self._column(preview)
        self._earlier = predecessors(self._project, self._wish.path, self._wish.options, column)
        same = self._unchanged(identity, preview)
        if same is not None:
            return ImportOutcome(document=same)
        self._begin(preview, identity, column)
        try:
            document, cut_off = self._read(preview)
        except OtherRowsError:
            self._begin_anew(preview, identity, column)
            document, cut_off = self._read(preview)
        if self._identity().fingerprint != identity.fingerprint:
            raise DocumentError(
                f"{self._wish.path} changed while it was read. Import it again.", reason="changed"
            )
        lost = self._finish(document, preview, cut_off)
        return ImportOutcome(
            document=replace(document, complete=True), cut=cut_off, labels_lost=lost
        )

    def _unchanged(self, identity: SourceIdentity, preview: DocumentPreview) -> Document | None:
        """The document, if all of it is in the project already."""
        known = (identity, preview.columns)
        same = [each for each in self._earlier if (each.source, each.columns) == known]
        same = [each for each in same if each.complete]
        if len(self._earlier) > 1 or not same:  # what is left of others has to go
            return None
        if same[0].id in cut_documents(self._project):
            return None
        return None if self._project.has_unread_parts(same[0].id, _parted(preview)) else same[0]

    def _begin(
        self, preview: DocumentPreview, identity: SourceIdentity, column: str, *, anew: bool = False
    ) -> None:
        """Find or add the document that takes the rows."""
        self._document = self._project.add_document(
            path=self._wish.path,
            source=identity,
            columns=preview.columns,
            text_column=preview.columns.index(column),
            options=self._wish.options.to_dict(),
            anew=anew,
        )
        self._earlier = [each for each in self._earlier if each.id != self._document.id]

    def _begin_anew(self, preview: DocumentPreview, identity: SourceIdentity, column: str) -> None:
        """Leave what was broken off: it goes now, or with its labels at the end."""
        broken_off = self._document
        self._begin(preview, identity, column, anew=True)
        if broken_off is not None and not self._project.abandon_document(broken_off.id, heir=None):
            self._earlier.append(broken_off)

    def _read(self, preview: DocumentPreview) -> tuple[Document, str]:
        assert self._document is not None
        options = self._wish.options
        if preview.kind == "folder":  # a file that cannot be looked at for once moves no column
            options = replace(options, columns=preview.columns)
        reading = DocumentReading(
            self._project,
            self._parser,
            self._control,
            self._pool,
            appended=self._appended,
            replacing=self._earlier,
        )
        return reading.read_into(self._document, self._wish.path, options)

    def _finish(self, document: Document, preview: DocumentPreview, cut_off: str) -> int:
        """Complete a document in place of the earlier ones; how many labels were lost.

        Raises:
            DocumentError: if that would cost what should be kept.
        """
        path = self._wish.path
        kept = "What was read of it before stays, with its labels."
        unreachable = self._done(_unreachable, path) if preview.kind == "folder" else ()
        cut_before = cut_documents(self._project)
        for old in self._earlier:
            if cut_off and old.complete and old.id not in cut_before:
                raise DocumentError(f"{path}: {cut_off} {kept}", reason="too large")
            why = why_not_replace(
                self._project, old, document, parted=_parted(preview), unreachable=unreachable
            )
            if why:
                raise DocumentError(
                    f"{path} cannot be read whole now ({why}). {kept} Import it again when that "
                    "can be read, or remove the document first.",
                    reason="missing",
                )
        if cut_off:
            mark_cut(self._project, document.id)
        try:
            lost = self._project.replace_documents(
                [each.id for each in self._earlier], document.id, keep_labels=bool(cut_off)
            )
        except ProjectError as error:
            if error.reason != "labels lost":
                raise
            raise DocumentError(f"{path}: {error} {kept}", reason="changed") from error
        self._document = None  # it is complete
        return lost

    def _abandon(self) -> None:
        """Take out what an import that failed has left; labels go to what was read before."""
        if self._document is None:
            return
        heirs = [each.id for each in self._earlier if each.complete]
        with contextlib.suppress(ProjectError):  # then it can go on at another time
            self._project.abandon_document(self._document.id, heir=heirs[-1] if heirs else None)

    def _column(self, preview: DocumentPreview) -> str:
        column = self._wish.text_column or preview.text_column
        if column is None or column not in preview.columns:
            names = ", ".join(map(repr, preview.columns))
            raise DocumentError(
                f"{self._wish.path} has no column {column!r} of texts; choose one of {names}.",
                reason="options",
            )
        return column

    def _preview(self, identity: SourceIdentity) -> DocumentPreview:
        known = self._wish.preview
        if known is not None and not known.unread:
            state = (known.size, known.modified_ns)
            same_files = known.kind != "folder" or known.fingerprint == identity.fingerprint
            if state == (identity.size, identity.modified_ns) and same_files:
                return known
        found: DocumentPreview = self._done(
            self._parser.preview, self._wish.path, self._wish.options
        )
        return found

    def _identity(self) -> SourceIdentity:
        try:
            identity: SourceIdentity = self._done(source_identity, self._wish.path)
        except OSError as error:
            raise DocumentError(
                f"{self._wish.path} cannot be read ({error.strerror or error}). Check that it is "
                "there and readable.",
                reason="missing",
            ) from error
        return identity

    def _done(self, call: Callable[..., Any], *arguments: object) -> Any:
        future = self._pool.submit(call, *arguments)
        self._control.wait(future)
        return future.result()


def _parted(preview: DocumentPreview) -> bool:
    """Whether the first column tells the file or the page."""
    return preview.kind in ("folder", "pdf")


def _unreachable(folder: Path) -> list[str]:
    places = list_folder(folder).unreachable
    return [place.relative_to(folder).as_posix() for place in places]
