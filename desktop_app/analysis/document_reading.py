"""The rows of one reading of a document on their way into a project."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Generator, Iterator
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import Any

from desktop_app.analysis.job_control import JobControl
from desktop_app.documents.document_error import DocumentError
from desktop_app.documents.parser_process import ParserProcess
from desktop_app.documents.read_options import ReadOptions
from desktop_app.documents.table_row import TableRow
from desktop_app.projects.document import Document
from desktop_app.projects.project import Project
from desktop_app.projects.project_error import ProjectError

_ROWS, _SECONDS = 2_000, 0.4  # appended together at most


class OtherRowsError(Exception):
    """The rows that a project has of a broken-off import are not those that are read now."""


class DocumentReading:
    """One reading. Use it once."""

    def __init__(
        self,
        project: Project,
        parser: ParserProcess,
        control: JobControl,
        pool: Executor,
        *,
        appended: Callable[[Document], None],
        replacing: Collection[Document],
    ) -> None:
        """Nothing is read yet.

        Args:
            project: that takes the rows.
            parser: reads them; nobody else uses it.
            control: asked between batches.
            pool: of one thread, on which the parser is waited for.
            appended: told the document each time it has more rows.
            replacing: documents that go when this one is complete.
        """
        self._project, self._parser, self._control = project, parser, control
        self._pool, self._appended = pool, appended
        self._replacing = {each.id for each in replacing}
        self._room_made = sum(each.row_count for each in replacing)

    def read_into(
        self, document: Document, path: Path, options: ReadOptions
    ) -> tuple[Document, str]:
        """Append what a document does not have yet.

        Args:
            document: not complete; its rows are compared with the first ones that come.
            path: of the source.
            options: how it is read.

        Returns:
            The document with its rows, and why some are missing; "" if none are.

        Raises:
            OtherRowsError: if its rows are others; none were appended then.
            DocumentError: if the source cannot be read.
            JobStopped: if it was called off; the rows so far stay.
            ProjectError: if the project cannot be written.
        """
        batches = _generator(self._parser.row_batches(path, options))
        try:
            return self._append_all(document, batches)
        finally:
            self._parser.cancel()  # so that the pool has nothing to wait for
            self._pool.submit(batches.close).result()

    def _append_all(
        self, document: Document, batches: Generator[list[TableRow], None, None]
    ) -> tuple[Document, str]:
        known, checked = document.row_count, 0
        last_row = 0
        held: list[TableRow] = []
        last = 0.0
        coming = self._begin(next, batches, None)
        while (batch := self._result(coming)) is not None:
            coming = self._begin(next, batches, None)  # read ahead while these are stored
            _check_width(document, batch)
            if checked < known:
                first = batch[: known - checked]
                last_row = self._check(document, first, after=last_row)
                checked += len(first)
                batch = batch[len(first) :]
            held += batch
            if held and (len(held) >= _ROWS or time.monotonic() - last > _SECONDS):
                document, cut = self._append(document, held)
                if cut:
                    return document, cut
                held, last = [], time.monotonic()
            self._control.look_up()
            if self._control.paused:
                self._control.rest()
        if checked < known:
            raise OtherRowsError
        return self._append(document, held)

    def _check(self, document: Document, rows: list[TableRow], *, after: int) -> int:
        found = self._project.last_same_row(document.id, rows, after=after)
        if found is None:
            raise OtherRowsError
        return found

    def _append(self, document: Document, rows: list[TableRow]) -> tuple[Document, str]:
        if not rows:
            return document, ""
        cut = ""
        try:
            document = self._store(document, rows)
        except ProjectError as error:
            if error.reason != "too many rows":
                raise
            cut = str(error)
            room = self._project.rows_left + self._room_made
            document = self._store(document, rows[: max(0, room)])
        self._appended(document)
        return document, cut

    def _store(self, document: Document, rows: list[TableRow]) -> Document:
        return self._project.append_rows(document.id, rows, replacing=self._replacing)

    def _begin(self, call: Callable[..., Any], *arguments: object) -> Future[Any]:
        return self._pool.submit(call, *arguments)

    def _result(self, future: Future[Any]) -> Any:
        self._control.wait(future)
        return future.result()


def _check_width(document: Document, rows: list[TableRow]) -> None:
    """Rows of another width have their texts elsewhere."""
    width = len(document.columns)
    for row in rows:
        if len(row.cells) != width:
            raise DocumentError(
                f"{document.path} has rows of {len(row.cells)} columns; its preview had {width}. "
                "Open it again.",
                reason="changed",
            )


def _generator(batches: Iterator[list[TableRow]]) -> Generator[list[TableRow], None, None]:
    yield from batches
