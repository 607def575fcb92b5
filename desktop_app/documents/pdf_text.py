"""The paragraphs of a PDF, a page after the other; a page is a part of its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from desktop_app.documents.document_error import DocumentError
from desktop_app.documents.locked_document import LockedDocumentError
from desktop_app.documents.native_workbook import require_expendable
from desktop_app.documents.opened_table import OpenedTable, Reading
from desktop_app.documents.plain_text import join_lines
from desktop_app.documents.row_shape import RowShape
from desktop_app.documents.source_file import SourceFile
from desktop_app.documents.table_row import TableRow

MAX_PAGES = 100_000
_SHORT_LINE = 0.8  # of the longest: a line that ends a sentence and is shorter ends a paragraph
_SENTENCE_ENDS = tuple(".!?:…。！？：”\"'’）)")


def open_pdf(reading: Reading) -> OpenedTable:
    """Open a PDF: columns page and text.

    Raises:
        DocumentError: if this process may not die, or the file is damaged.
        LockedDocumentError: if it wants a password.
    """
    require_expendable(reading, "pdf")
    source = SourceFile(reading.path)
    try:
        document = _document(source, reading)
        count = min(len(document), MAX_PAGES)
    except BaseException:
        source.close()
        raise

    def close() -> None:
        document.close()
        source.close()

    return OpenedTable(
        kind="pdf",
        columns=("page", "text"),
        rows=_rows(document, count, source, reading),
        header=False,
        size=source.size,
        modified_ns=source.modified_ns,
        close=close,
    )


def _document(source: SourceFile, reading: Reading) -> Any:
    import pypdfium2
    from pypdfium2.raw import FPDF_ERR_PASSWORD

    reading.pulse(None)
    try:
        return pypdfium2.PdfDocument(source.stream)
    except pypdfium2.PdfiumError as error:
        if error.err_code == FPDF_ERR_PASSWORD:
            raise LockedDocumentError(reading.path) from error
        raise DocumentError(
            f"{reading.path} is damaged or no PDF ({error}). Print it to a new PDF."
        ) from error


def _rows(document: Any, count: int, source: SourceFile, reading: Reading) -> Iterator[TableRow]:
    longest = reading.options.max_cell_characters
    shape = RowShape(2, joint=" ", max_cell_characters=longest)
    for page in range(reading.first_part, count):
        number = str(page + 1)
        if page in reading.lost:
            yield TableRow((number, ""), "unreadable", reading.lost[page])
            continue
        reading.pulse(page)
        texts = _page_paragraphs(document, page)
        if texts is None:
            yield TableRow((number, ""), "unreadable", "the page is damaged")
            continue
        for text in texts:
            yield shape.row([number, text])
        if not texts:
            yield TableRow((number, ""), "no text", "a page without text, perhaps a scan")
    source.check_unchanged()


def _page_paragraphs(document: Any, number: int) -> list[str] | None:
    """The paragraphs of a page; None if it is damaged."""
    import pypdfium2

    try:
        page = document[number]
        text_page = page.get_textpage()
        text = text_page.get_text_bounded()
        text_page.close()
        page.close()
    except pypdfium2.PdfiumError:
        return None
    return paragraphs(text)


def paragraphs(text: str) -> list[str]:
    """Lines of a page joined to paragraphs, which a PDF does not mark.

    A paragraph ends at an empty line, and at a line that ends a sentence before the margin.
    """
    text = text.replace("\0", "").replace("\ufffe", "").replace("\x02", "")  # soft hyphens
    lines = [line.strip() for line in text.replace("\r", "\n").split("\n")]
    if "\r\n" in text:
        lines = [line.strip() for line in text.split("\r\n")]
    margin = _SHORT_LINE * max(map(len, lines), default=0)
    found: list[str] = []
    parts: list[str] = []
    for line in lines:
        if line:
            parts.append(line)
        if parts and (not line or (line.endswith(_SENTENCE_ENDS) and len(line) < margin)):
            found.append(join_lines(parts))
            parts = []
    return [*found, join_lines(parts)] if parts else found
