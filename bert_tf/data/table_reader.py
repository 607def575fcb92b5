"""Rows of a CSV, TSV or JSON-lines file, with the line each of them came from."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from bert_tf.data.data_error import DataError as DataError
from bert_tf.data.data_lines import inner_suffix, read_data_lines

MAX_CELL = 64 * 1024 * 1024  # characters a CSV cell may have
TABLE_DELIMITERS = {".csv": ",", ".tsv": "\t", ".jsonl": None, ".ndjson": None}  # by file ending

Row = tuple[int, dict[str, Any]]  # line number from 1, values by column


def read_rows(path: Path) -> list[Row]:
    """All rows of a file; see `iterate_rows`.

    Raises:
        DataError: if the file is missing, empty, not UTF-8, or malformed.
    """
    found = list(iterate_rows(path))
    if not found:
        raise DataError(f"{path} holds no rows.")
    return found


def iterate_rows(path: Path, *, on_bytes: Callable[[int], None] | None = None) -> Iterator[Row]:
    """The rows of a file one at a time; its ending (before .gz, .bz2, .xz) says the format.

    CSV and TSV need a header line. Text must be UTF-8, with or without a mark.

    Args:
        path: a .csv, .tsv, .jsonl or .ndjson file.
        on_bytes: told how many bytes of the file were read.

    Raises:
        DataError: if the file is missing, not UTF-8, or malformed.
    """
    path = Path(path)
    suffix = inner_suffix(path)
    if suffix not in TABLE_DELIMITERS:
        raise DataError(
            f"{path} must end in .csv, .tsv, .jsonl or .ndjson, received {suffix or 'no ending'}."
        )
    delimiter = TABLE_DELIMITERS[suffix]
    lines = read_data_lines(path, keep_ends=True, on_bytes=on_bytes)
    yield from _json_rows(path, lines) if delimiter is None else _csv_rows(path, lines, delimiter)


def _json_rows(path: Path, lines: Iterable[str]) -> Iterator[Row]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except (ValueError, RecursionError) as error:  # also numbers and nesting without end
            raise DataError(f"{path}, line {number} is not JSON: {error}.") from error
        if not isinstance(value, dict):
            raise DataError(f"{path}, line {number} must be a JSON object, received {line[:40]!r}.")
        yield number, value


def _csv_rows(path: Path, lines: Iterable[str], delimiter: str) -> Iterator[Row]:
    csv.field_size_limit(MAX_CELL)
    pieces = (piece for line in lines for piece in io.StringIO(line, newline=""))  # at a lone CR
    reader = csv.reader(pieces, delimiter=delimiter, strict=True)
    try:
        header = next(reader, [])
        if len(set(header)) != len(header):
            raise DataError(f"{path}: the header repeats a column: {header}.")
        for cells in reader:
            if not cells:
                continue
            if len(cells) != len(header):
                raise DataError(
                    f"{path}, line {reader.line_num}: expected {len(header)} cells as in the "
                    f"header, received {len(cells)}."
                )
            yield reader.line_num, dict(zip(header, cells, strict=True))
    except csv.Error as error:
        raise DataError(f"{path}, line {reader.line_num}: {error}.") from error


def column(path: Path, row: Row, name: str) -> Any:
    """One value of a row.

    Raises:
        DataError: if the row has no such column; the message lists those it has.
    """
    number, values = row
    if name not in values:
        raise DataError(
            f"{path}, line {number} has no column {name!r}; it has {', '.join(map(repr, values))}."
        )
    return values[name]
