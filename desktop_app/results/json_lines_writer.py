"""Results as JSON lines: an object a row, UTF-8, letters as they are."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import IO

from desktop_app.results.plain_text import encodable
from desktop_app.results.result_columns import ResultColumns, added_values, source_cells
from desktop_app.results.result_row import ResultRow, ResultTable

_LINE_ENDS = {ord(end): f"\\u{ord(end):04x}" for end in "\u2028\u2029\x85"}


def write_json_lines(stream: IO[bytes], table: ResultTable, rows: Iterable[ResultRow]) -> None:
    """Write one object a row: the source's cells as strings, ours as numbers, true or null.

    Equal or empty names of source columns are made distinct, since an object has each key once.

    Raises:
        OSError: if the stream cannot be written.
    """
    keys = ResultColumns.of(table).keys
    for row in rows:
        values = (*source_cells(table, row), *added_values(table, row))
        line = json.dumps(dict(zip(keys, values, strict=True)), ensure_ascii=False, allow_nan=False)
        line = line.translate(_LINE_ENDS)  # some readers would cut the line there
        stream.write(encodable(line).encode() + b"\n")
