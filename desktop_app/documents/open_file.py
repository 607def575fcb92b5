"""Any document that is one file, opened by the reader of its kind."""

from __future__ import annotations

from desktop_app.documents.document_kind import document_kind
from desktop_app.documents.locked_document import LockedDocumentError, locked_table
from desktop_app.documents.opened_table import OpenedTable, Reading


def open_file(reading: Reading) -> OpenedTable:
    """Open a file; one that wants a password gives a table of one row that says so.

    Raises:
        DocumentError: if it cannot be read.
    """
    kind = None
    try:
        kind = document_kind(reading.path)
        match kind:
            case "xlsx":
                from desktop_app.documents.xlsx_table import open_xlsx

                return open_xlsx(reading)
            case "xls" | "xlsb" | "ods":
                from desktop_app.documents.native_workbook import open_native_workbook

                return open_native_workbook(reading, kind)
            case "docx":
                from desktop_app.documents.docx_text import open_docx

                return open_docx(reading)
            case "pdf":
                from desktop_app.documents.pdf_text import open_pdf

                return open_pdf(reading)
            case _:
                return _open_text(reading, kind)
    except LockedDocumentError:
        return locked_table(kind or "xlsx", reading.path)


def _open_text(reading: Reading, kind: str) -> OpenedTable:
    match kind:
        case "jsonl" | "json":
            from desktop_app.documents.json_table import open_json

            return open_json(reading)
        case "markdown":
            from desktop_app.documents.plain_text import open_markdown

            return open_markdown(reading)
        case "csv":
            from desktop_app.documents.delimited_table import open_delimited

            return open_delimited(reading)
        case _:
            from desktop_app.documents.plain_text import open_plain_text

            return open_plain_text(reading)
