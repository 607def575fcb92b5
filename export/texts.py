"""Reading the texts to verify on: plain lines, or a table with a text column."""

from __future__ import annotations

from pathlib import Path

from bert_tf.data.data_lines import inner_suffix, read_data_lines
from bert_tf.data.table_reader import TABLE_DELIMITERS, read_rows

COLUMN = "text"


def read_texts(path: Path) -> list[str]:
    r"""The texts of a file that are not blank, in their order.

    Args:
        path: `.csv`, `.tsv` or `.jsonl` with a column `text`, or anything else: UTF-8, a text a
            line, lines ending at \n or \r\n and nowhere else. Each also as .gz, .bz2 or .xz.

    Raises:
        ValueError: if the file cannot be read, is not UTF-8 or has no such column.
    """
    is_table = inner_suffix(path) in TABLE_DELIMITERS
    texts = _column(path) if is_table else read_data_lines(path)
    return [text for text in texts if text.strip()]


def _column(path: Path) -> list[str]:
    texts = []
    for number, row in read_rows(path):
        text = row.get(COLUMN)
        if not isinstance(text, str):
            raise ValueError(
                f"{path}, line {number}: a column {COLUMN!r} with text is needed, the columns are "
                f"{', '.join(row)}."
            )
        texts.append(text)
    return texts
