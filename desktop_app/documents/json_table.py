"""JSON lines, and JSON files that hold an array of objects."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from desktop_app.documents.column_names import column_names
from desktop_app.documents.document_error import DocumentError
from desktop_app.documents.opened_table import OpenedTable, Reading
from desktop_app.documents.row_shape import RowShape
from desktop_app.documents.table_row import TableRow
from desktop_app.documents.text_source import Line, TextSource

MAX_ARRAY_BYTES = 64 << 20  # a whole file of JSON is held in memory; lines are not
_SAMPLE_LINES = 1_000  # whose names become the columns
_NO_OBJECT = "text"  # the column of values that have no name


class _Decimal(float):
    """A number that remembers its digits."""

    text: str


def _decimal(text: str) -> _Decimal:
    number = _Decimal(text)
    number.text = text
    return number


def _whole(text: str) -> int | _Decimal:
    return int(text) if len(text) < 1_000 else _decimal(text)


def open_json(reading: Reading) -> OpenedTable:
    """Open JSON lines or a JSON array.

    Raises:
        DocumentError: if it cannot be opened, is no text, or is an array too large or damaged.
    """
    source = TextSource(reading)
    try:
        if _is_one_value(source.head):
            return _opened(source, reading, _values(source), "json")
        sample = islice(source.head_lines(), _SAMPLE_LINES)
        names = _names(_value(text)[0] for text, _ in sample if text.strip())
    except BaseException:
        source.file.close()
        raise
    rows = _rows(source.lines(), names, _shape(reading, names))
    return _table(source, names, rows, "jsonl")


def _is_one_value(head: str) -> bool:
    start = head.lstrip()
    if not start.startswith("{"):
        return start.startswith("[") and not _is_whole(start.split("\n", 1)[0], head)
    return not _is_whole(start.split("\n", 1)[0], head)


def _is_whole(line: str, head: str) -> bool:
    """Whether a line is a value by itself, and not the array that is the file."""
    value, error = _value(line)
    alone = line.strip() == head.strip()
    return not error and not (isinstance(value, list) and alone)


def _value(text: str) -> tuple[Any, str]:
    """A value and why there is none."""
    try:
        return json.loads(text, parse_int=_whole, parse_float=_decimal), ""
    except RecursionError:
        return None, "nested too deeply"
    except ValueError as error:
        return None, f"not JSON: {error}"


def _values(source: TextSource) -> list[Any]:
    if source.file.size > MAX_ARRAY_BYTES:
        raise DocumentError(
            f"{source.file.path} is one JSON value of {source.file.size:,} bytes; at most "
            f"{MAX_ARRAY_BYTES:,} can be read. Save it as JSON lines, one object a line.",
            reason="too large",
        )
    source.read_whole()
    value, error = _value("".join(source.chunks()))
    if error:
        raise DocumentError(
            f"{source.file.path} is neither JSON nor JSON lines ({error}). Repair or convert it."
        )
    return value if isinstance(value, list) else [value]


def _opened(source: TextSource, reading: Reading, values: list[Any], kind: str) -> OpenedTable:
    names = _names(values)
    shape = _shape(reading, names)
    return _table(source, names, (_row(value, names, shape) for value in values), kind)


def _table(
    source: TextSource, names: tuple[str, ...], rows: Iterator[TableRow], kind: str
) -> OpenedTable:
    return OpenedTable(
        kind="json" if kind == "json" else "jsonl",
        columns=column_names(names, len(names)),
        rows=rows,
        encoding=source.guess.encoding,
        header=True,
        size=source.file.size,
        modified_ns=source.file.modified_ns,
        close=source.file.close,
    )


def _shape(reading: Reading, names: tuple[str, ...]) -> RowShape:
    longest = reading.options.max_cell_characters
    return RowShape(len(names), joint=" ", max_cell_characters=longest)


def _names(values: Iterable[Any]) -> tuple[str, ...]:
    """The names of all objects, in the order in which they are met."""
    names: dict[str, None] = {}
    for value in values:
        if isinstance(value, dict):
            names.update(dict.fromkeys(value))
        elif value is not None and not names:
            names[_NO_OBJECT] = None
    return tuple(islice(names, 1_000)) or (_NO_OBJECT,)


def _rows(lines: Iterator[Line], names: tuple[str, ...], shape: RowShape) -> Iterator[TableRow]:
    for text, dropped in lines:
        if not text.strip() and not dropped:
            continue
        value, error = _value(text)
        if error or dropped:
            kept = shape.row([text, *[""] * (len(names) - 1)], dropped)
            yield TableRow(kept.cells, "cut" if dropped else "unreadable", error or kept.note)
        else:
            yield _row(value, names, shape)


def _row(value: Any, names: tuple[str, ...], shape: RowShape) -> TableRow:
    if not isinstance(value, dict):
        row = shape.row([_cell(value), *[""] * (len(names) - 1)])
        return row if names == (_NO_OBJECT,) else TableRow(row.cells, "ragged", "not an object")
    row = shape.row([_cell(value.get(name)) for name in names])
    unknown = [name for name in value if name not in names] if len(value) > 0 else []
    if unknown and row.status == "ok":
        note = f"left out, since no earlier row has it: {', '.join(unknown)[:200]}"
        return TableRow(row.cells, "ragged", note)
    return row


def _cell(value: Any) -> str:
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, _Decimal):
        return value.text
    if isinstance(value, bool):
        return "true" if value else "false"
    try:
        return json.dumps(value, ensure_ascii=False)
    except RecursionError:
        return ""
