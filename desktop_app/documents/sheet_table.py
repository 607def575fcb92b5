"""A sheet of a workbook as a table of text, whatever library unpacked it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

from desktop_app.documents.column_names import column_names, has_header, width_of
from desktop_app.documents.document_error import DocumentError
from desktop_app.documents.opened_table import Reading
from desktop_app.documents.row_shape import RowShape
from desktop_app.documents.table_row import TableRow

_SAMPLE_ROWS = 200
_LOOKED_FOR = 2_000  # rows among which the sample is looked for; those without cells come in hosts
Cells = Sequence[str]


class SheetTable:
    """Columns and rows of one sheet."""

    def __init__(self, rows: Iterable[Cells], reading: Reading) -> None:
        """Read a sample; the rest is streamed by `rows`."""
        options = reading.options
        stream = iter(rows)
        first = _first(stream)
        sample = [row for row in first if row]
        self.header = options.header if options.header is not None else has_header(sample)
        width = width_of(sample, options.max_columns)
        widest = max((len(row) for row in sample), default=1)
        width = min(max(width, widest), options.max_columns)
        names = list(sample[0]) if self.header and sample else []
        self.columns = column_names(names[:width], width)
        self._width, self._longest = width, options.max_cell_characters
        self._stream: Iterator[Cells] = chain(first, stream)

    def rows(self) -> Iterator[TableRow]:
        """The rows below the header; empty ones at the end are left out."""
        shape = RowShape(self._width, joint="\t", max_cell_characters=self._longest)
        stream = self._stream
        if self.header:
            for row in stream:
                if row:
                    break
        return shape.rows((self._padded(row), 0) for row in stream)

    def _padded(self, row: Cells) -> Cells:
        """Cells at the right that are missing are empty ones; far beyond the last, the filled."""
        if len(row) > self._width:
            return [*row[: self._width], *filter(None, row[self._width :])]
        return [*row, *[""] * (self._width - len(row))] if row else row


def _first(stream: Iterator[Cells]) -> list[Cells]:
    """The same rows for a preview and for reading, or their columns would not be the same."""
    first: list[Cells] = []
    filled = 0
    for row in islice(stream, _LOOKED_FOR):
        first.append(row)
        filled += bool(row)
        if filled == _SAMPLE_ROWS:
            break
    return first


def trimmed(cells: Iterable[str]) -> list[str]:
    """Without the empty cells at the right."""
    kept = list(cells)
    while kept and not kept[-1]:
        kept.pop()
    return kept


def cell_text(value: object, number_format: str = "") -> str:
    """A value as text: whole numbers without a point, dates as ISO, zeros that the format shows."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        whole = isinstance(value, int) or (value == value and value.is_integer())
        text = str(int(value)) if whole and abs(value) < 1e18 else repr(value)
        zeros = number_format and set(number_format) == {"0"} and whole
        return text.zfill(len(number_format)) if zeros else text
    if isinstance(value, datetime.datetime):
        midnight = value.time() == datetime.time(0)
        return value.date().isoformat() if midnight else value.isoformat(sep=" ")
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return str(value)


def chosen_sheet(reading: Reading, sheets: Sequence[str]) -> str:
    """The sheet asked for, or the first one.

    Raises:
        DocumentError: if there is none, or none of that name.
    """
    wanted = reading.options.sheet
    if not sheets:
        raise DocumentError(f"{reading.path} holds no sheet with cells. Choose another file.")
    if wanted is not None and wanted not in sheets:
        raise DocumentError(
            f"{reading.path} has no sheet {wanted!r}; it has {', '.join(map(repr, sheets))}. "
            "Choose one of these.",
            reason="options",
        )
    return wanted if wanted is not None else sheets[0]
