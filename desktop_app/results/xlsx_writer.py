"""Results as an Excel workbook: texts as texts, scores as numbers, nothing that calculates.

Rows go to the disk as they come (XlsxWriter's constant memory). What Excel cannot hold is split
(rows over sheets), cut and marked (long cells) or escaped (control characters).
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from desktop_app.results.plain_text import encodable
from desktop_app.results.result_columns import (
    ResultColumns,
    Value,
    added_values,
    source_cells,
)
from desktop_app.results.result_error import ResultError
from desktop_app.results.result_row import ResultRow, ResultTable

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

MAX_ROWS = 1_048_576  # of a sheet, the header counted
MAX_COLUMNS = 16_384
MAX_CELL = 32_767  # UTF-16 units, as Excel counts
CUT_MARK = " … [cut]"
_WIDE, _USUAL = 60, 14  # of a column, in digits


def write_xlsx(
    stream: IO[bytes],
    table: ResultTable,
    rows: Iterable[ResultRow],
    *,
    folder: Path | None,
    max_rows: int = MAX_ROWS,
) -> None:
    """Write a workbook: `results`, `about`, and `results 2` and so on where rows are too many.

    Args:
        stream: where the finished workbook goes.
        table: head of the table.
        rows: of the table; read one by one.
        folder: for the temporary files, which are as large as the texts; None: the system's.
        max_rows: of a sheet, the header counted.

    Raises:
        ResultError: if there are more columns than a sheet has.
        OSError: if stream or folder cannot be written.
    """
    from xlsxwriter.exceptions import FileCreateError  # 40 ms, only where a workbook is asked for
    from xlsxwriter.workbook import Workbook

    columns = ResultColumns.of(table)
    names = (*columns.source, *columns.added)
    if len(names) > MAX_COLUMNS:
        raise ResultError(
            f"The table has {len(names):,} columns, a sheet {MAX_COLUMNS:,}; write a .csv instead."
        )
    with tempfile.TemporaryDirectory(
        dir=folder, prefix=".bert-xlsx.", ignore_cleanup_errors=True
    ) as temporary:
        place = _ArchivePlace(stream)
        book = Workbook(place, _options(temporary))
        book.use_zip64()
        try:
            _write_rows(book, table, names, rows, max_rows)
            book.close()
        except FileCreateError as error:
            cause = error.args[0] if error.args else error
            raise cause if isinstance(cause, OSError) else OSError(str(error)) from error
        finally:
            place.left = True


class _ArchivePlace:
    """Where the archive goes. Deaf once it is left: a broken one writes when it is freed."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.left = False
        self._stream = stream
        self._pretended = 0  # the position once it is left

    def write(self, content: bytes) -> int:
        if not self.left:
            return self._stream.write(content)
        self._pretended += len(content)
        return len(content)

    def tell(self) -> int:
        return self._pretended if self.left else self._stream.tell()

    def seek(self, offset: int, whence: int = 0) -> int:
        if not self.left:
            return self._stream.seek(offset, whence)
        self._pretended = offset
        return offset

    def flush(self) -> None:
        if not self.left:
            self._stream.flush()


def cell_text(text: str) -> str:
    """The text as a cell can hold it: at most 32,767 UTF-16 units, a longer one marked as cut.

    A text between `<r>` and `</r>` gets a blank at its end: XlsxWriter takes it for markup of
    its own and would write it into the sheet as it is.
    """
    text = encodable(text)
    if 2 * len(text) > MAX_CELL and _units(text) > MAX_CELL:
        room = MAX_CELL - len(CUT_MARK)
        kept = text.encode("utf-16-le")[: 2 * room].decode("utf-16-le", errors="ignore")
        text = kept + CUT_MARK
    if text.startswith("<r>") and text.endswith("</r>"):
        text += " "
    return text


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _options(temporary: str) -> dict[str, Any]:
    return {
        "constant_memory": True,
        "tmpdir": temporary,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "nan_inf_to_errors": False,
    }


def _write_rows(
    book: Workbook,
    table: ResultTable,
    names: Sequence[str],
    rows: Iterable[ResultRow],
    max_rows: int,
) -> None:
    head, figure = book.add_format({"bold": True}), book.add_format({"num_format": "0.000"})
    number = 1
    sheet = _new_sheet(book, "results", table, names, head)
    _write_about(book, table, head)
    filled = 1  # lines of the sheet
    for row in rows:
        if filled == max_rows:
            sheet.autofilter(0, 0, filled - 1, len(names) - 1)
            number += 1
            sheet, filled = _new_sheet(book, f"results {number}", table, names, head), 1
        for place, cell in enumerate(source_cells(table, row)):
            if cell:
                sheet.write_string(filled, place, cell_text(cell))
        for place, value in enumerate(added_values(table, row), start=len(table.columns)):
            _write_value(sheet, filled, place, value, figure)
        filled += 1
    if filled > 1:
        sheet.autofilter(0, 0, filled - 1, len(names) - 1)


def _new_sheet(
    book: Workbook, name: str, table: ResultTable, names: Sequence[str], head: Any
) -> Worksheet:
    sheet = book.add_worksheet(name)
    for place, column in enumerate(names):
        is_text = place < len(table.columns) and column == table.text_column
        sheet.set_column(place, place, _WIDE if is_text else _USUAL)
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(names):
        sheet.write_string(0, place, cell_text(column), head)
    return sheet


def _write_value(sheet: Worksheet, line: int, place: int, value: Value, figure: Any) -> None:
    if isinstance(value, bool):
        sheet.write_boolean(line, place, value)
    elif isinstance(value, float):
        sheet.write_number(line, place, value, figure)
    elif value is not None:
        sheet.write_string(line, place, cell_text(value))


def _write_about(book: Workbook, table: ResultTable, head: Any) -> None:
    sheet = book.add_worksheet("about")
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 90)
    lines: list[tuple[str, str]] = list(about_lines(table))
    for line, (name, value) in enumerate(lines):
        sheet.write_string(line, 0, cell_text(name), head)
        sheet.write_string(line, 1, cell_text(value))


def about_lines(table: ResultTable) -> Iterable[tuple[str, str]]:
    """Name and value of all that decided the results: settings, then each bundle."""
    yield "text column", table.text_column
    yield from table.settings
    for bundle in table.provenance:
        yield "model", bundle.name
        yield "sha256", bundle.sha256
        yield "language", bundle.language
        yield "recipe", bundle.recipe
        yield "licence", bundle.licence
        yield "labels", ", ".join(bundle.labels)
