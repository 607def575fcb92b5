"""Texts, pairs of texts, and pairs with a score: what embeddings learn from."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bert_tf.data.cells import number_cell, row_ids, text_cell
from bert_tf.data.data_error import DataError
from bert_tf.data.examples import Examples
from bert_tf.data.table_reader import Row, read_rows


@dataclass(frozen=True, kw_only=True)
class PairColumns:
    """Which column of a file means what, and which scores it may hold."""

    text: str = "text"  # a text alone
    first: str = "first"  # a text
    second: str = "second"  # a text that belongs to it
    negative: str | None = None  # a text that seems to belong to it and does not
    score: str = "score"  # how similar the two are
    score_min: float = 0.0  # the score of texts that have nothing in common; cosine 0
    score_max: float = 1.0  # the score of texts that mean the same; cosine 1


def read_pairs(
    path: Path, columns: PairColumns, *, scored: bool = False, negatives: bool = False
) -> Examples:
    """Read a file of pairs.

    Args:
        path: a table.
        columns: what its columns are called.
        scored: whether it must have scores.
        negatives: whether to read the negatives, if `columns` names them.

    Returns:
        Examples with two lists of texts, or three with the negatives, and, if scored, the
        array "scores" (N,) in 0..1.

    Raises:
        DataError: naming file and line, for an empty text, a missing column or a score that is
            none.
    """
    path = Path(path)
    rows = read_rows(path)
    names = [columns.first, columns.second]
    if negatives and columns.negative is not None:
        names.append(columns.negative)
    texts = tuple([text_cell(path, row, name) for row in rows] for name in names)
    arrays = {"scores": _scores(path, rows, columns)} if scored else {}
    return Examples(texts=texts, arrays=arrays, ids=row_ids(rows, *texts))


def read_texts(path: Path, columns: PairColumns) -> Examples:
    """Read a file of single texts; errors as for `read_pairs`."""
    path = Path(path)
    rows = read_rows(path)
    texts = [text_cell(path, row, columns.text) for row in rows]
    return Examples(texts=(texts,), ids=row_ids(rows, texts))


def read_whatever_it_holds(path: Path, columns: PairColumns) -> Examples:
    """Scored pairs, else pairs, else single texts, as the columns of the first row say.

    Raises:
        DataError: if it has none of the columns; otherwise as for `read_pairs`.
    """
    there = read_rows(path)[0][1]
    if columns.first in there and columns.second in there:
        return read_pairs(path, columns, scored=columns.score in there)
    if columns.text in there:
        return read_texts(path, columns)
    raise DataError(
        f"{path} must have the columns {columns.first!r} and {columns.second!r}, or "
        f"{columns.text!r}; it has {', '.join(map(repr, there))}."
    )


def _scores(path: Path, rows: list[Row], columns: PairColumns) -> NDArray[np.float32]:
    low, high = columns.score_min, columns.score_max
    if not low < high:
        raise DataError(f"score_min must be below score_max, received {low} and {high}.")
    found = np.asarray([number_cell(path, row, columns.score) for row in rows])
    outside = np.flatnonzero((found < low) | (found > high))
    if len(outside):
        row = rows[outside[0]]
        raise DataError(
            f"{path}, line {row[0]}: {columns.score!r} must lie between {low:g} and {high:g}, "
            f"received {found[outside[0]]:g}; the limits are --score-min and --score-max."
        )
    return ((found - low) / (high - low)).astype(np.float32)
