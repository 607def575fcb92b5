"""Read a document into a project; an import that was broken off goes on where it stopped."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop_app.analysis.job_control import JobControl
from desktop_app.documents.document_error import DocumentError
from desktop_app.documents.document_preview import DocumentPreview
from desktop_app.documents.parser_process import ParserProcess
from desktop_app.documents.read_options import ReadOptions
from desktop_app.documents.table_row import TableRow
from desktop_app.projects.document import Document
from desktop_app.projects.project import Project
from desktop_app.projects.project_error import ProjectError
from desktop_app.projects.source_identity import SourceIdentity, source_identity, source_state

_ROWS, _SECONDS = 2_000, 0.4  # appended together at most


@dataclass(frozen=True, kw_only=True)
class ImportWish:
    """A document that is to be in the project."""

    path: Path
    options: ReadOptions
    text_column: str  # name; "": the likeliest
    preview: DocumentPreview | None = None  # if it was just read with these options


@dataclass(frozen=True, kw_only=True)
class ImportOutcome:
    """What became of it."""

    document: Document  # complete
    cut: str = ""  # why not all rows are here; "" where they are
    labels_lost: int = 0  # of a person, that found no row in the changed file


class DocumentImport:
    """One import. Use it once."""

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
        self._pool: ThreadPoolExecutor | None = None
        self._batches: Generator[list[TableRow], None, None] | None = None

    def run(self) -> ImportOutcome:
        """Until all rows are in the project.

        Raises:
            DocumentError: if the document cannot be read, or changes meanwhile.
            JobStopped: if it was called off; the rows so far stay.
            ProjectError: if the project cannot be written.
        """
        self._pool = ThreadPoolExecutor(1, "read document")
        try:
            return self._run()
        finally:
            self._parser.cancel()  # so that the pool has nothing to wait for
            self._pool.shutdown()
            if self._batches is not None:
                self._batches.close()

    def _run(self) -> ImportOutcome:
        path = self._wish.path
        identity = self._identity()
        preview = self._preview(identity)
        column = self._wish.text_column or preview.text_column
        if column not in preview.columns:
            names = ", ".join(map(repr, preview.columns))
            raise DocumentError(
                f"{path} has no column {column!r} of texts; choose one of {names}.",
                reason="options",
            )
        place = preview.columns.index(column)
        options = self._wish.options.to_dict()
        earlier = [
            document
            for document in self._project.documents()
            if (document.path, document.options) == (str(path), options)
            and (document.columns, document.text_column) == (preview.columns, place)
        ]
        same = [each for each in earlier if each.complete and each.source == identity]
        if same:
            return ImportOutcome(document=same[-1])
        document = self._project.add_document(
            path=path,
            source=identity,
            columns=preview.columns,
            text_column=place,
            options=options,
        )
        document, cut = self._append_all(document)
        if source_state(path, identity) != "same":
            raise DocumentError(
                f"{path} changed while it was read. Import it again.", reason="changed"
            )
        document = self._project.finish_document(document.id)
        lost = self._replace(earlier, document)
        return ImportOutcome(document=document, cut=cut, labels_lost=lost)

    def _append_all(self, document: Document) -> tuple[Document, str]:
        """The document with its rows, and why some are missing."""
        batches = self._batches = _generator(
            self._parser.row_batches(self._wish.path, self._wish.options)
        )
        skip = document.row_count
        held: list[TableRow] = []
        last = 0.0
        coming = self._begin(next, batches, None)
        while (batch := self._result(coming)) is not None:
            coming = self._begin(next, batches, None)  # read ahead while these are stored
            held += batch[skip:]
            skip = max(0, skip - len(batch))
            if len(held) >= _ROWS or time.monotonic() - last > _SECONDS:
                document, cut = self._append(document, held)
                if cut:
                    return document, cut
                held, last = [], time.monotonic()
            self._control.look_up()
            if self._control.paused:
                self._control.rest()
        return self._append(document, held)

    def _append(self, document: Document, rows: list[TableRow]) -> tuple[Document, str]:
        if not rows:
            return document, ""
        cut = ""
        try:
            document = self._project.append_rows(document.id, rows)
        except ProjectError as error:
            if error.reason != "too many rows":
                raise
            cut = str(error)
            document = self._project.append_rows(document.id, rows[: self._project.rows_left])
        self._appended(document)
        return document, cut

    def _replace(self, earlier: list[Document], document: Document) -> int:
        """The same file as it was before goes, its labels stay."""
        lost = 0
        for old in earlier:
            if old.id != document.id:
                lost += self._project.replace_document(old.id, document.id)
        return lost

    def _preview(self, identity: SourceIdentity) -> DocumentPreview:
        known = self._wish.preview
        if known is not None and (known.size, known.modified_ns) == (
            identity.size,
            identity.modified_ns,
        ):
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

    def _begin(self, call: Callable[..., Any], *arguments: object) -> Future[Any]:
        assert self._pool is not None
        return self._pool.submit(call, *arguments)

    def _result(self, future: Future[Any]) -> Any:
        self._control.wait(future)
        return future.result()

    def _done(self, call: Callable[..., Any], *arguments: object) -> Any:
        return self._result(self._begin(call, *arguments))


def _generator(batches: Iterator[list[TableRow]]) -> Generator[list[TableRow], None, None]:
    yield from batches
