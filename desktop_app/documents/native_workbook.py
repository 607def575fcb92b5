"""XLS, XLSB and ODS through calamine, which ends the process when a file asks for too much."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from desktop_app.documents.document_error import DocumentError
from desktop_app.documents.document_preview import DocumentKind
from desktop_app.documents.locked_document import LockedDocumentError
from desktop_app.documents.opened_table import OpenedTable, Reading
from desktop_app.documents.sheet_table import Cells, SheetTable, cell_text, chosen_sheet, trimmed
from desktop_app.documents.source_file import SourceFile
from desktop_app.documents.zip_guard import open_zip

MAX_BYTES = 256 << 20  # a sheet is held in memory as a whole


def open_native_workbook(reading: Reading, kind: DocumentKind) -> OpenedTable:
    """Open a sheet of a workbook that is not XLSX.

    Raises:
        DocumentError: if this process may not die, or the file is damaged, locked or too large.
    """
    require_expendable(reading, kind)
    with SourceFile(reading.path) as source:
        if source.size > MAX_BYTES:
            raise DocumentError(
                f"{reading.path} has {source.size:,} bytes; a workbook of this kind may have "
                f"{MAX_BYTES:,}. Save it as XLSX or CSV.",
                reason="too large",
            )
        if kind != "xls":
            open_zip(source.stream, reading.path).close()
        reading.pulse(None)
        sheets, name, rows = _sheet(reading, source)
        table = SheetTable(rows, reading)
        source.check_unchanged()
        return OpenedTable(
            kind=kind,
            columns=table.columns,
            rows=table.rows(),
            header=table.header,
            sheets=sheets,
            sheet=name,
            size=source.size,
            modified_ns=source.modified_ns,
        )


def require_expendable(reading: Reading, kind: str) -> None:
    """Refuse in a process that must not die.

    Raises:
        DocumentError: if it is such a process.
    """
    if not reading.expendable:
        raise DocumentError(
            f"{reading.path} is {kind.upper()}, whose reader can end the process that it runs in. "
            "Read it through ParserProcess.",
            reason="reader",
        )


def _sheet(reading: Reading, source: SourceFile) -> tuple[tuple[str, ...], str, Iterator[Cells]]:
    import python_calamine
    from python_calamine import CalamineWorkbook

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(source.read_at(0, source.size)))
        sheets = tuple(book.sheet_names)
        name = chosen_sheet(reading, sheets)
        reading.pulse(None)
        sheet = book.get_sheet_by_name(name)
    except DocumentError:
        raise
    except python_calamine.PasswordError as error:
        raise LockedDocumentError(reading.path) from error
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise DocumentError(
            f"{reading.path} is damaged or no workbook ({error}). Open it in a spreadsheet "
            "program and save it again."
        ) from error
    return sheets, name, _rows(sheet, reading)


def _rows(sheet: Any, reading: Reading) -> Iterator[Cells]:
    left = [""] * (sheet.start[1] if sheet.start else 0)  # rows above are given, these are not
    for number, row in enumerate(sheet.iter_rows()):
        if number % 256 == 0:
            reading.pulse(None)
        yield trimmed([*left, *map(cell_text, (None if cell == "" else cell for cell in row))])
