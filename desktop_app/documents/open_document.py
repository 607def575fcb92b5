"""A document's preview and its rows, read in this process.

For files of others in an application use `ParserProcess`, which answers the same and cannot be
brought down by them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

from desktop_app.documents.document_preview import PREVIEW_ROWS, DocumentPreview
from desktop_app.documents.folder_table import open_folder
from desktop_app.documents.open_file import open_file
from desktop_app.documents.opened_table import OpenedTable, Reading
from desktop_app.documents.read_options import ReadOptions
from desktop_app.documents.table_row import TableRow
from desktop_app.documents.text_column import guess_text_column


def preview_document(path: Path, options: ReadOptions | None = None) -> DocumentPreview:
    """The first rows of a document and how it is read; of large files only the head is read.

    Args:
        path: a file or a folder.
        options: where a person knows better.

    Raises:
        DocumentError: if it cannot be read, or only in a process that may die (XLS, XLSB, ODS,
            PDF).
    """
    return preview_of(Reading(path=path, options=options or ReadOptions()))


def document_rows(path: Path, options: ReadOptions | None = None) -> Iterator[TableRow]:
    """All rows of a document, streamed.

    Args:
        path: a file or a folder.
        options: as those of the preview.

    Raises:
        DocumentError: as `preview_document`; also while the rows are read, if the file changes.
    """
    return rows_of(Reading(path=path, options=options or ReadOptions()))


def preview_of(reading: Reading) -> DocumentPreview:
    """The preview that a wish asks for.

    Raises:
        DocumentError: if the document cannot be read.
    """
    table = open_table(replace(reading, head_only=True))
    try:
        rows = tuple(islice(table.rows, PREVIEW_ROWS))
    finally:
        table.close()
    return DocumentPreview(
        kind=table.kind,
        columns=table.columns,
        rows=rows,
        encoding=table.encoding,
        delimiter=table.delimiter,
        header=table.header,
        sheets=table.sheets,
        sheet=table.sheet,
        text_column=guess_text_column(table.columns, rows),
        warnings=table.warnings,
        size=table.size,
        modified_ns=table.modified_ns,
        fingerprint=table.fingerprint,
        unread=table.unread,
    )


def rows_of(reading: Reading) -> Iterator[TableRow]:
    """The rows that a wish asks for.

    Raises:
        DocumentError: if the document cannot be read.
    """
    table = open_table(reading)
    try:
        yield from table.rows
    finally:
        table.close()


def open_table(reading: Reading) -> OpenedTable:
    """A file or a folder, opened.

    Raises:
        DocumentError: if it cannot be.
    """
    return open_folder(reading) if reading.path.is_dir() else open_file(reading)
