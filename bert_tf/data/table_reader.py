"""Rows of a CSV, TSV or JSON-lines file, with the line each of them came from."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

MAX_CELL = 64 * 1024 * 1024  # characters a CSV cell may have


class DataError(ValueError):
    """A data file that cannot be used; the message names file, line and remedy."""


Row = tuple[int, dict[str, Any]]  # line number from 1, values by column


def read_rows(path: Path) -> list[Row]:
    """All rows of a file whose ending says its format: .csv, .tsv, .jsonl or .ndjson.

    CSV and TSV need a header line. Text must be UTF-8, with or without a mark.

    Raises:
        DataError: if the file is missing, empty, not UTF-8, or malformed.
    """
    path = Path(path)
    readers = {".csv": ",", ".tsv": "\t", ".jsonl": None, ".ndjson": None}
    suffix = path.suffix.lower()
    if suffix not in readers:
        raise DataError(
            f"{path} must end in .csv, .tsv, .jsonl or .ndjson, received {suffix or 'no ending'}."
        )
    try:
        content = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise DataError(f"{path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise DataError(
            f"{path} must be UTF-8; line {line} (byte {error.start}) is not. "
            "Save it as UTF-8 first."
        ) from error
    delimiter = readers[suffix]
    rows = _json_rows(path, content) if delimiter is None else _csv_rows(path, content, delimiter)
    found = list(rows)
    if not found:
        raise DataError(f"{path} holds no rows.")
    return found


def _json_rows(path: Path, content: str) -> Iterator[Row]:
    for number, line in enumerate(content.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except (ValueError, RecursionError) as error:  # also numbers and nesting without end
            raise DataError(f"{path}, line {number} is not JSON: {error}.") from error
        if not isinstance(value, dict):
            raise DataError(f"{path}, line {number} must be a JSON object, received {line[:40]!r}.")
        yield number, value


def _csv_rows(path: Path, content: str, delimiter: str) -> Iterator[Row]:
    csv.field_size_limit(MAX_CELL)
    reader = csv.reader(io.StringIO(content, newline=""), delimiter=delimiter, strict=True)
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
