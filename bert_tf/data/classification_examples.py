"""Texts with the classes that people gave them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bert_tf.data.cells import group_cells, name_cell, number_cells, row_ids, text_cell
from bert_tf.data.data_error import DataError
from bert_tf.data.examples import Examples
from bert_tf.data.label_names import sorted_labels
from bert_tf.data.table_reader import Row, column, read_rows

# Axis letters: N texts, C classes.


@dataclass(frozen=True, kw_only=True)
class Columns:
    """Which column of a file means what."""

    text: str = "text"  # the text itself
    label: str = "label"  # one class name a row; unused where `distribution` is given
    distribution: str | None = None  # a list: the share of raters that chose each class
    value: str | None = None  # a number to be met by the expectation of the classes' values
    group: str | None = None  # rows are scored group by group, and the groups averaged


def find_labels(path: Path, columns: Columns) -> tuple[str, ...]:
    """The distinct values of the label column, sorted (numbers by size).

    Raises:
        DataError: if there are fewer than two.
    """
    labels = sorted_labels(_label(path, row, columns) for row in read_rows(path))
    if len(labels) < 2:
        raise DataError(
            f"{path} must hold at least two different labels in column {columns.label!r}, "
            f"received {list(labels)}."
        )
    return labels


def _label(path: Path, row: Row, columns: Columns) -> str:
    return name_cell(path, row, columns.label, what="label")


def read_classification(path: Path, columns: Columns, labels: Sequence[str]) -> Examples:
    """Read a file of labelled texts.

    Returns:
        Examples with the arrays "targets" (N, C), whose rows sum to 1, and, if there is a
        value column, "values" (N,).

    Raises:
        DataError: naming file and line, for an unknown label, an empty text, a
            distribution that is none, or a missing column.
    """
    path = Path(path)
    rows = read_rows(path)
    texts = [text_cell(path, row, columns.text) for row in rows]
    arrays = {"targets": np.stack([_target(path, row, columns, labels) for row in rows])}
    if columns.value is not None:
        arrays["values"] = number_cells(path, rows, columns.value)
    return Examples(
        texts=(texts,),
        arrays=arrays,
        groups=group_cells(path, rows, columns.group),
        ids=row_ids(rows, texts),
    )


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
