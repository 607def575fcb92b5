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

_MAX_ROWS, _MAX_COLUMNS = 1_048_576, 16_384  # of a sheet, by its format
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
    most = reading.options.max_columns
    last = 0  # number of the last row with cells; those between it and the next are not in the file
    before = 0
    try:
        for count, (number, cells) in enumerate(_numbered_rows(sheet)):
            if count % 256 == 0:
                reading.pulse(None)
            if not before < number <= _MAX_ROWS:
                raise _misplaced(reading, f"a row {number} behind row {before}")
            before = number
            if not cells:
                continue
            if number - last > 1:
                yield empty_rows(number - last - 1)
            last = number
            yield trimmed(_texts(sheet, cells, most, reading))
        source.check_unchanged()
    except _DAMAGED as error:
        if isinstance(error, DocumentError):
            raise
        raise _damaged(reading, error) from error


def _numbered_rows(sheet: Any) -> Iterator[tuple[int, list[dict[str, Any]]]]:
    """Rows of the file with their numbers.

    The sheet's own `iter_rows` makes up every row between two numbers, of which a hostile file
    can name any, and silently drops one that comes too late.
    """
    from openpyxl.worksheet._reader import WorkSheetParser

    book = sheet.parent
    with sheet._get_source() as stream:
        parser = WorkSheetParser(
            stream,
            sheet._shared_strings,
            data_only=book.data_only,
            epoch=book.epoch,
            date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
        )
        for row in parser.parse():
            parser.row_dimensions.clear()  # heights of rows: of no use here, and a million of them
            yield row


def _texts(sheet: Any, cells: list[dict[str, Any]], most: int, reading: Reading) -> list[str]:
    """The cells of a row in the order of their columns; beyond `most` only the filled ones."""
    placed = {cell["column"]: cell for cell in cells}
    widest = max(placed)
    if widest > _MAX_COLUMNS:
        raise _misplaced(reading, f"a cell in column {widest}")
    texts = [""] * min(widest, most)
    for column in sorted(placed):
        value = placed[column]["value"]
        if value is None:
            continue
        text = cell_text(value, _format(sheet, placed[column]))
        if column <= most:
            texts[column - 1] = text
        else:
            texts.append(text)
    return texts


def _format(sheet: Any, cell: dict[str, Any]) -> str:
    from openpyxl.cell.read_only import ReadOnlyCell

    if not isinstance(cell["value"], int | float):
        return ""
    try:
        found: str = ReadOnlyCell(sheet, **cell).number_format
    except (IndexError, KeyError):
        return ""
    return found


def _misplaced(reading: Reading, what: str) -> DocumentError:
    return DocumentError(
        f"{reading.path} has {what}; a sheet counts up to {_MAX_ROWS:,} rows and "
        f"{_MAX_COLUMNS:,} columns, in order. Open it in a spreadsheet program and save it again."
    )


def _damaged(reading: Reading, error: BaseException) -> DocumentError:
    return DocumentError(
        f"{reading.path} is damaged or no workbook ({type(error).__name__}: {error}). Open it in "
        "a spreadsheet program and save it again."
    )
