"""Texts with the classes that people gave them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bert_tf.data.table_reader import DataError, Row, column, read_rows

MAX_VALUE = 1e6  # its square still has room in float32


@dataclass(frozen=True, kw_only=True)
class Columns:
    """Which column of a file means what."""

    text: str = "text"  # the text itself
    label: str = "label"  # one class name a row; unused where `distribution` is given
    distribution: str | None = None  # a list: the share of raters that chose each class
    value: str | None = None  # a number to be met by the expectation of the classes' values
    group: str | None = None  # rows are scored group by group, and the groups averaged


@dataclass(frozen=True, kw_only=True)
class ClassificationExamples:
    """N texts and C classes; all arrays run along the texts."""

    texts: list[str]
    targets: NDArray[np.float32]  # (N, C) each row sums to 1
    values: NDArray[np.float32] | None  # (N,) the number each expectation should meet
    groups: list[str] | None  # (N,) names
    ids: list[str]  # (N,) the id column, or a hash of the text

    def __len__(self) -> int:
        return len(self.texts)


def find_labels(path: Path, columns: Columns) -> tuple[str, ...]:
    """The distinct values of the label column, sorted (numbers by size).

    Raises:
        DataError: if there are fewer than two.
    """
    found = {_label(path, row, columns) for row in read_rows(path)}
    labels = sorted(found, key=_label_order)
    if len(labels) < 2:
        raise DataError(
            f"{path} must hold at least two different labels in column {columns.label!r}, "
            f"received {labels}."
        )
    return tuple(labels)


def _label_order(label: str) -> tuple[float, str]:
    try:
        number = float(label)
    except ValueError:
        return (math.inf, label)
    return (number if math.isfinite(number) else math.inf, label)


def _label(path: Path, row: Row, columns: Columns) -> str:
    value = column(path, row, columns.label)
    label = str(value).strip()
    if value is None or not label:
        raise DataError(f"{path}, line {row[0]}: the label is empty.")
    if isinstance(value, dict | list) or "\n" in label or "\r" in label:
        raise DataError(
            f"{path}, line {row[0]}: the label must be one line of text, received {label[:60]!r}."
        )
    return label


def read_classification(
    path: Path, columns: Columns, labels: Sequence[str]
) -> ClassificationExamples:
    """Read a file of labelled texts.

    Raises:
        DataError: naming file and line, for an unknown label, an empty text, a
            distribution that is none, or a missing column.
    """
    path = Path(path)
    rows = read_rows(path)
    texts = [_text(path, row, columns) for row in rows]
    return ClassificationExamples(
        texts=texts,
        targets=np.stack([_target(path, row, columns, labels) for row in rows]),
        values=_values(path, rows, columns),
        groups=[str(column(path, row, columns.group)) for row in rows] if columns.group else None,
        ids=[
            str(row[1].get("id") or sha256(text.encode("utf-8", "surrogatepass")).hexdigest())
            for row, text in zip(rows, texts, strict=True)
        ],
    )


def _text(path: Path, row: Row, columns: Columns) -> str:
    text = column(path, row, columns.text)
    if text is not None and not isinstance(text, str):
        raise DataError(f"{path}, line {row[0]}: the text must be a string, received {text!r:.60}.")
    if text is None or not text.strip():
        raise DataError(f"{path}, line {row[0]}: the text is empty; remove the row or fill it in.")
    return text


def _target(path: Path, row: Row, columns: Columns, labels: Sequence[str]) -> NDArray[np.float32]:
    if columns.distribution is None:
        label = _label(path, row, columns)
        if label not in labels:
            raise DataError(
                f"{path}, line {row[0]}: the label {label!r} is not one of {', '.join(labels)}."
            )
        return np.eye(len(labels), dtype=np.float32)[list(labels).index(label)]
    shares = column(path, row, columns.distribution)
    try:
        target = np.asarray(shares, np.float64)
        valid = target.shape == (len(labels),) and bool((target >= 0).all())
        valid = valid and 0 < target.sum() < math.inf
    except (TypeError, ValueError, OverflowError):
        valid = False
    if not valid:
        raise DataError(
            f"{path}, line {row[0]}: {columns.distribution!r} must be a list of {len(labels)} "
            f"shares >= 0 with a finite sum, received {str(shares)[:60]}."
        )
    return (target / target.sum()).astype(np.float32)


def _values(path: Path, rows: list[Row], columns: Columns) -> NDArray[np.float32] | None:
    if columns.value is None:
        return None
    return np.asarray([_number(path, row, columns.value) for row in rows], np.float32)


def _number(path: Path, row: Row, name: str) -> float:
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
