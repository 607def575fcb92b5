"""The document that is analysed, as rows that can be gone through more than once."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
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
        yield _Document(parser, path, options)


class _Document:
    def __init__(self, parser: ParserProcess, path: Path, options: ReadOptions) -> None:
        self._parser, self._path, self._options = parser, path, options

    def preview(self) -> DocumentPreview:
        return self._parser.preview(self._path, self._options)

    def rows(self) -> Iterator[TableRow]:
        return self._parser.rows(self._path, self._options)
