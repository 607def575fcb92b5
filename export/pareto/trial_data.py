"""The texts that recipes are compared on, and what people said about them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bert_tf.data.cells import number_cells, text_cell
from bert_tf.data.classification_examples import Columns, read_classification
from bert_tf.data.data_error import DataError
from bert_tf.data.data_lines import inner_suffix
from bert_tf.data.table_reader import TABLE_DELIMITERS, Row, column, read_rows
from bert_tf.models.task import Task
from export.texts import read_texts

MIN_TEXTS = 10  # fewer give no interval worth the name
LABEL = "label"  # the column that is read without being named

# Axis letters: N texts, C classes.


@dataclass(frozen=True, kw_only=True)
class TrialColumns:
    """Which column of a table means what; None = not named by the user."""

    text: str = "text"
    label: str | None = None  # a class name a row
    distribution: str | None = None  # a list: share of raters a class; the largest is the label
    value: str | None = None  # a number that the expectation of the classes' values should meet

    def named(self) -> list[str]:
        """The columns that say what people thought, as far as the user named them."""
        return [name for name in (self.label, self.distribution, self.value) if name is not None]


@dataclass(frozen=True, kw_only=True)
class TrialData:
    """N texts with what is known about them; labels and values are never both there."""

    texts: tuple[str, ...]  # N, none blank
    labels: NDArray[np.int64] | None = None  # (N,) place of the class that people gave
    values: NDArray[np.float64] | None = None  # (N,) a number that people gave

    def select(self, rows: Sequence[int]) -> TrialData:
        """The texts at these places, in this order."""
        return TrialData(
            texts=tuple(self.texts[row] for row in rows),
            labels=None if self.labels is None else self.labels[list(rows)],
            values=None if self.values is None else self.values[list(rows)],
        )


def read_trial_data(path: Path, columns: TrialColumns, task: Task) -> TrialData:
    """Read a file of texts for a model of this task.

    Of a classifier's file the value column counts if it is named, else the distribution, else
    the labels; a column `label` is read without being named, where there is one.

    Args:
        path: `.csv`, `.tsv` or `.jsonl`, or plain lines of text; also compressed.
        columns: what the columns are called.
        task: the model's.

    Raises:
        ValueError: if the file cannot be read so, holds too few texts, or the task has no use
            for a column that was named.
    """
    _check_columns(path, columns, task)
    if inner_suffix(path) not in TABLE_DELIMITERS:
        data = TrialData(texts=tuple(read_texts(path)))
    else:
        data = _read_table(path, columns, task)
    if len(data.texts) < MIN_TEXTS:
        raise DataError(
            f"{path} holds {len(data.texts)} texts; at least {MIN_TEXTS} are needed, and a few "
            "hundred for figures worth trusting."
        )
    return data


def _check_columns(path: Path, columns: TrialColumns, task: Task) -> None:
    if not columns.named():
        return
    if task.kind != "classification":
        raise ValueError(
            f"The model gives vectors, which are compared with those of the float model: leave "
            f"out the columns {', '.join(columns.named())}."
        )
    if columns.value is not None and task.label_values is None:
        raise ValueError(
            f"The labels of the model stand for no numbers, so the column {columns.value!r} has "
            "nothing to be compared with: leave --value-column out."
        )
    if inner_suffix(path) not in TABLE_DELIMITERS:
        raise ValueError(
            f"{path} is read as plain lines and has no columns: leave out the columns "
            f"{', '.join(columns.named())}, or give a .csv, .tsv or .jsonl file."
        )


def _read_table(path: Path, columns: TrialColumns, task: Task) -> TrialData:
    rows = read_rows(path)
    label = columns.label
    if label is None and not columns.named() and LABEL in rows[0][1]:
        label = LABEL
    if task.kind != "classification" or (label is None and not columns.named()):
        return TrialData(texts=_texts(path, rows, columns.text))
    if columns.value is not None:
        texts = tuple(text_cell(path, row, columns.text) for row in rows)
        values = number_cells(path, rows, columns.value).astype(np.float64)
        return TrialData(texts=texts, values=values)
    meaning = Columns(text=columns.text, label=label or LABEL, distribution=columns.distribution)
    examples = read_classification(path, meaning, task.labels)
    found = examples.arrays["targets"].argmax(axis=1)  # (N,) of (N, C)
    return TrialData(texts=tuple(examples.texts[0]), labels=found.astype(np.int64))


def _texts(path: Path, rows: Sequence[Row], name: str) -> tuple[str, ...]:
    """Those that are not blank: nothing else hangs on the row."""
    cells = [(row, column(path, row, name)) for row in rows]
    return tuple(
        text_cell(path, row, name)
        for row, cell in cells
        if not (isinstance(cell, str) and not cell.strip())
    )
