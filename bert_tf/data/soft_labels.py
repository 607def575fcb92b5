"""Given labels mixed with the probabilities of a model, as a file to learn from."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bert_tf.atomic_file import atomic_path
from bert_tf.data.data_error import DataError
from bert_tf.data.table_reader import read_rows

# Axis letters: N texts, C classes.


def mix_labels(
    targets: NDArray[np.float32], probabilities: NDArray[np.float32], share: float
) -> NDArray[np.float32]:
    """`share` of the model's opinion and the rest of the given one, (N, C); rows sum to 1.

    Labels that many texts contradict are pulled back towards what the others teach (Reed et
    al. 2015, "soft bootstrapping").

    Args:
        targets: (N, C), the given shares of the classes.
        probabilities: (N, C), what the model says.
        share: 0 <= share <= 1.
    """
    return ((1 - share) * targets + share * probabilities).astype(np.float32)


def write_soft_labels(
    source: Path, output: Path, distribution: NDArray[np.float32], *, column: str
) -> None:
    """The rows of a table as JSON lines, each with its distribution over the classes.

    Args:
        source: the table; every column of it is kept.
        output: a `.jsonl` file; appears whole or not at all.
        distribution: (N, C), in the order of the rows.
        column: where the list of C shares goes.
    """
    # half a surrogate pair, which JSON may hold and UTF-8 may not, stays the escape it was
    with (
        atomic_path(output) as path,
        path.open("w", encoding="utf-8", errors="backslashreplace") as file,
    ):
        for (_, row), shares in zip(read_rows(source), distribution, strict=True):
            rounded = [round(float(share), 6) for share in shares]
            file.write(json.dumps({**row, column: rounded}, ensure_ascii=False) + "\n")


def check_column_is_free(source: Path, column: str) -> None:
    """Refuse to write over a column that holds something else.

    Raises:
        DataError: if the table has that column.
    """
    if any(column in row for _, row in read_rows(source)):
        raise DataError(
            f"{source} has a column {column!r} already, where the mixed labels would go. "
            f"If it holds the given labels, name it: --distribution-column {column}."
        )
