"""The document that is analysed, as rows that can be gone through more than once."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from desktop_app.documents.document_preview import DocumentPreview
from desktop_app.documents.parser_process import ParserProcess
from desktop_app.documents.read_options import ReadOptions
from desktop_app.documents.table_row import TableRow


class DocumentSource(Protocol):
    """What an analysis needs of a document."""

    def preview(self) -> DocumentPreview: ...
    def rows(self) -> Iterator[TableRow]: ...


@contextlib.contextmanager
def open_source(path: Path, options: ReadOptions) -> Iterator[DocumentSource]:
    """The document at a path, read in a process of its own: a hostile file costs that one.

    Raises:
        DocumentError: if it cannot be read, then or while it is being read.
    """
    with ParserProcess() as parser:
        yield ParsedDocument(parser, path, options)


class Parser(Protocol):
    """What reads documents: a `ParserProcess`."""

    def preview(self, path: Path, options: ReadOptions) -> DocumentPreview: ...
    def rows(self, path: Path, options: ReadOptions) -> Iterator[TableRow]: ...


class ParsedDocument:
    """A `DocumentSource`; the rows of a folder have the columns that its preview told."""

    def __init__(self, parser: Parser, path: Path, options: ReadOptions) -> None:
        """Nothing is read yet.

        Args:
            parser: reads the document, as often as it is asked for.
            path: a file or a folder.
            options: where a person knows better.
        """
        self._parser, self._path, self._options = parser, path, options

    def preview(self) -> DocumentPreview:
        """As `DocumentSource.preview`."""
        preview = self._parser.preview(self._path, self._options)
        if preview.kind == "folder":  # or each reading would look at the heads of all files again
            self._options = replace(self._options, columns=preview.columns)
        return preview

    def rows(self) -> Iterator[TableRow]:
        """As `DocumentSource.rows`."""
        return self._parser.rows(self._path, self._options)
