"""Results as a CSV file that spreadsheets open with the right letters and without running it."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterable
from typing import IO

from desktop_app.results.csv_text import csv_line, neutralised
from desktop_app.results.result_columns import (
    DECIMALS,
    ResultColumns,
    Value,
    added_values,
    source_cells,
)
from desktop_app.results.result_row import ResultRow, ResultTable
from desktop_app.results.write_options import WriteOptions


def write_csv(
    stream: IO[bytes], table: ResultTable, rows: Iterable[ResultRow], options: WriteOptions
) -> None:
    """Write UTF-8, a row a line, behind a byte-order mark unless it is switched off.

    Text that could be taken for a formula is neutralised unless `options.raw`; numbers of ours
    stay numbers, with a dot.

    Raises:
        OSError: if the stream cannot be written.
    """
    safe: Callable[[str], str] = str if options.raw else neutralised
    if options.byte_order_mark:
        stream.write(codecs.BOM_UTF8)
    columns = ResultColumns.of(table)
    names = [safe(name) for name in (*columns.source, *columns.added)]
    stream.write(csv_line(names).encode())
    for row in rows:
        cells = [safe(cell) for cell in source_cells(table, row)]
        cells += [
            safe(value) if isinstance(value, str) else _plain(value)
            for value in added_values(table, row)
        ]
        stream.write(csv_line(cells).encode())


def _plain(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:.{DECIMALS}f}"
