"""XLSX: streamed by openpyxl behind guards against bombs, entities and endless dimensions."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import ParseError

from desktop_app.documents.document_error import DocumentError
from desktop_app.documents.opened_table import OpenedTable, Reading
from desktop_app.documents.row_shape import empty_rows
from desktop_app.documents.sheet_table import Cells, SheetTable, cell_text, chosen_sheet, trimmed
from desktop_app.documents.source_file import SourceFile, WatchedStream
from desktop_app.documents.zip_guard import UNPACK_ERRORS, open_zip, refuse_dtd

_DAMAGED = (*UNPACK_ERRORS, ParseError, KeyError, TypeError, AttributeError, IndexError)


def open_xlsx(reading: Reading) -> OpenedTable:
    """Open a sheet of an XLSX workbook.

    Raises:
        DocumentError: if it is damaged or a bomb, or has no such sheet.
    """
    source = SourceFile(reading.path)
    try:
        with open_zip(source.stream, reading.path) as archive:
            refuse_dtd(archive, reading.path)
        book = _workbook(source, reading)
        sheets = tuple(sheet.title for sheet in book.worksheets)
        name = chosen_sheet(reading, sheets)
        table = SheetTable(_rows(book[name], source, reading), reading)
    except BaseException:
        source.close()
        raise
    return OpenedTable(
        kind="xlsx",
        columns=table.columns,
        rows=table.rows(),
        header=table.header,
        sheets=sheets,
        sheet=name,
        size=source.size,
        modified_ns=source.modified_ns,
        close=source.close,
    )


def _workbook(source: SourceFile, reading: Reading) -> Any:
    from openpyxl import load_workbook

    stream = WatchedStream(source.stream, lambda: reading.pulse(None))
    stream.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and extensions that are of no use here
            return load_workbook(
                stream,
                read_only=True,
                data_only=True,
                keep_links=False,
            )
    except _DAMAGED as error:
        raise _damaged(reading, error) from error


def _rows(sheet: Any, source: SourceFile, reading: Reading) -> Iterator[Cells]:
    sheet.reset_dimensions()  # what the file says of its size may be anything
    most = reading.options.max_columns
    gap = 0  # rows that the file does not hold, but which lie between those that it does
    try:
        for number, row in enumerate(sheet.iter_rows()):
            if number % 256 == 0:
                reading.pulse(None)
            if not row:
                gap += 1
                continue
            if gap:
                yield empty_rows(gap)
                gap = 0
            beyond = [cell for cell in row[most:] if cell.value is not None]
            yield trimmed(
                "" if cell.value is None else cell_text(cell.value, _format(cell))
                for cell in (*row[:most], *beyond)
            )
        source.check_unchanged()
    except _DAMAGED as error:
        if isinstance(error, DocumentError):
            raise
        raise _damaged(reading, error) from error


def _format(cell: Any) -> str:
    try:
        return cell.number_format if isinstance(cell.value, int | float) else ""
    except (IndexError, KeyError):
        return ""


def _damaged(reading: Reading, error: BaseException) -> DocumentError:
    return DocumentError(
        f"{reading.path} is damaged or no workbook ({type(error).__name__}: {error}). Open it in "
        "a spreadsheet program and save it again."
    )
