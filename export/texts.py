"""Reading the texts to verify on: plain lines, or a table with a text column."""

from __future__ import annotations

from pathlib import Path

from bert_tf.data.table_reader import read_rows

COLUMN = "text"
_TABLES = frozenset({".csv", ".tsv", ".jsonl", ".ndjson"})


def read_texts(path: Path) -> list[str]:
    r"""The texts of a file that are not blank, in their order.

    Args:
        path: `.csv`, `.tsv` or `.jsonl` with a column `text`, or anything else: UTF-8, a text a
            line, lines ending at \n or \r\n and nowhere else.

    Raises:
        ValueError: if the file is not UTF-8 or has no such column.
        OSError: if it cannot be read.
    """
    texts = _column(path) if path.suffix.lower() in _TABLES else _lines(path)
    return [text for text in texts if text.strip()]


def _lines(path: Path) -> list[str]:
    try:
        content = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(f"{path} must be UTF-8; byte {error.start} is not.") from error
    return [line.removesuffix("\r") for line in content.split("\n")]


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
