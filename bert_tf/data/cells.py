"""Cells of a table as texts, names and numbers; each error names file, line and column."""

from __future__ import annotations

import math
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bert_tf.data.data_error import DataError
from bert_tf.data.table_reader import Row, column

MAX_VALUE = 1e6  # its square still has room in float32


def text_cell(path: Path, row: Row, name: str) -> str:
    """A text that is not blank.

    Raises:
        DataError: if it is, or no text at all.
    """
    text = column(path, row, name)
    if text is not None and not isinstance(text, str):
        raise DataError(f"{path}, line {row[0]}: the text must be a string, received {text!r:.60}.")
    if text is None or not text.strip():
        where = "" if name == "text" else f" in column {name!r}"
        raise DataError(
            f"{path}, line {row[0]}: the text is empty{where}; remove the row or fill it in."
        )
    return text


def name_cell(path: Path, row: Row, name: str, *, what: str) -> str:
    """The name of a class or group: one line, stripped.

    Args:
        path: the file, for messages.
        row: the row.
        name: the column.
        what: what the name is of, for messages.

    Raises:
        DataError: if it is empty or no single line of text.
    """
    return one_name(path, row, column(path, row, name), what=what)


def one_name(path: Path, row: Row, value: Any, *, what: str) -> str:
    """A value that was already taken out of its cell, as a name; see `name_cell`."""
    label = str(value).strip()
    if value is None or not label:
        raise DataError(f"{path}, line {row[0]}: the {what} is empty.")
    if isinstance(value, dict | list) or "\n" in label or "\r" in label:
        raise DataError(
            f"{path}, line {row[0]}: the {what} must be one line of text, received {label[:60]!r}."
        )
    return label


def number_cell(path: Path, row: Row, name: str) -> float:
    """A finite number with room for its square in float32.

    Raises:
        DataError: if it is none.
    """
    value: Any = column(path, row, name)
    try:
        number = float(value)
    except (TypeError, ValueError, OverflowError):
        number = math.nan
    if not abs(number) <= MAX_VALUE:  # also if it is NaN
        raise DataError(
            f"{path}, line {row[0]}: {name!r} must be a number of at most {MAX_VALUE:.0e}, "
            f"received {value!r:.60}."
        )
    return number


def number_cells(path: Path, rows: Sequence[Row], name: str) -> NDArray[np.float32]:
    """One number a row, (N,)."""
    return np.asarray([number_cell(path, row, name) for row in rows], np.float32)


def group_cells(path: Path, rows: Sequence[Row], name: str | None) -> list[str] | None:
    """One group name a row; None if there is no such column."""
    if name is None:
        return None
    return [name_cell(path, row, name, what="group") for row in rows]


def row_ids(rows: Sequence[Row], *columns: Sequence[str]) -> list[str]:
    """The id column where a row has one, else a hash of its texts."""
    return [
        str(row[1].get("id") or _digest(texts)) for row, *texts in zip(rows, *columns, strict=True)
    ]


def _digest(texts: Sequence[str]) -> str:
    return sha256("\x1f".join(texts).encode("utf-8", "surrogatepass")).hexdigest()
