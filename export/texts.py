"""Reading the texts to verify on: plain lines, CSV or JSON lines."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

COLUMN = "text"
_HINT = "Give a .txt file with a text a line, or a .csv or .jsonl file with a text column."


def read_texts(path: Path) -> list[str]:
    """The texts of a file that are not blank, in their order.

    Args:
        path: `.csv` (a header with a column `text`), `.jsonl` (objects with `text`), or anything
            else: a text a line, lines ending at \\n or \\r\\n.

    Raises:
        ValueError: if the file is not UTF-8 or has no such column.
        OSError: if it cannot be read.
    """
    try:
        content = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(f"{path} is not UTF-8 (byte {error.start}). {_HINT}") from error
    if path.suffix == ".csv":
        texts = _from_csv(content, path)
    elif path.suffix in {".jsonl", ".ndjson"}:
        texts = _from_json_lines(content, path)
    else:
        texts = [line.removesuffix("\r") for line in content.split("\n")]
    return [text for text in texts if text.strip()]


def _from_csv(content: str, path: Path) -> list[str]:
    reader = csv.DictReader(io.StringIO(content, newline=""))
    if COLUMN not in (reader.fieldnames or []):
        raise ValueError(
            f"{path} has the columns {reader.fieldnames}, {COLUMN!r} is missing. {_HINT}"
        )
    return [row[COLUMN] or "" for row in reader]


def _from_json_lines(content: str, path: Path) -> list[str]:
    texts = []
    for number, line in enumerate(content.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            text = json.loads(line)[COLUMN]
        except (json.JSONDecodeError, KeyError, TypeError) as error:
            raise ValueError(f"{path}, line {number}: no object with {COLUMN!r}. {_HINT}") from error
        if not isinstance(text, str):
            raise ValueError(f"{path}, line {number}: {COLUMN!r} must be a string. {_HINT}")
        texts.append(text)
    return texts
