"""Texts with any number of labels each."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from bert_tf.data.cells import one_name, row_ids, text_cell
from bert_tf.data.data_error import DataError
from bert_tf.data.examples import Examples
from bert_tf.data.label_names import sorted_labels
from bert_tf.data.table_reader import Row, column, read_rows

# Axis letters: N texts, C labels.


def find_label_set(path: Path, *, label_column: str, separator: str) -> tuple[str, ...]:
    """Every label that occurs in the label column, sorted (numbers by size).

    Raises:
        DataError: if there is none.
    """
    rows = read_rows(path)
    labels = sorted_labels(
        label for row in rows for label in _labels(path, row, label_column, separator)
    )
    if not labels:
        raise DataError(f"{path} must hold at least one label in column {label_column!r}.")
    return labels


def read_multi_label(
    path: Path, labels: Sequence[str], *, text_column: str, label_column: str, separator: str
) -> Examples:
    """Read a file of texts with any number of labels each, also none.

    Args:
        path: a table; in JSON lines the labels are a list, in CSV and TSV one cell.
        labels: the C labels in their order.
        text_column: the column of the text.
        label_column: the column of the labels.
        separator: what stands between labels in one cell.

    Returns:
        Examples with the array "targets" (N, C): 1 where a text has a label, else 0.

    Raises:
        DataError: naming file and line, for an unknown label, an empty text or a missing column.
    """
    path = Path(path)
    rows = read_rows(path)
    texts = [text_cell(path, row, text_column) for row in rows]
    places = {label: index for index, label in enumerate(labels)}
    targets = np.zeros((len(rows), len(labels)), np.float32)  # (N, C)
    for index, row in enumerate(rows):
        for label in _labels(path, row, label_column, separator):
            if label not in places:
                raise DataError(
                    f"{path}, line {row[0]}: the label {label!r} is not one of {', '.join(labels)}."
                )
            targets[index, places[label]] = 1.0
    return Examples(texts=(texts,), arrays={"targets": targets}, ids=row_ids(rows, texts))


def _labels(path: Path, row: Row, name: str, separator: str) -> list[str]:
    cell = column(path, row, name)
    if isinstance(cell, list):
        return [one_name(path, row, label, what="label") for label in cell]
    if isinstance(cell, str):
        parts = [part.strip() for part in cell.split(separator)]
        return [one_name(path, row, part, what="label") for part in parts if part]
    raise DataError(
        f"{path}, line {row[0]}: {name!r} must be a list of labels, or one text with "
        f"{separator!r} between them, received {cell!r:.60}."
    )
