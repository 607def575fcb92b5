"""Texts with one number each."""

from __future__ import annotations

from pathlib import Path

from bert_tf.data.cells import number_cells, row_ids, text_cell
from bert_tf.data.examples import Examples
from bert_tf.data.table_reader import read_rows


def read_regression(path: Path, *, text_column: str, value_column: str) -> Examples:
    """Read a file of texts with a number each.

    Returns:
        Examples with the array "values" (N,).

    Raises:
        DataError: naming file and line, for an empty text, a value that is no number, or a
            missing column.
    """
    path = Path(path)
    rows = read_rows(path)
    texts = [text_cell(path, row, text_column) for row in rows]
    return Examples(
        texts=(texts,),
        arrays={"values": number_cells(path, rows, value_column)},
        ids=row_ids(rows, texts),
    )
