"""A small table to try the page of files on: the shipped feedback with a product and a date."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from pathlib import Path

from desktop_app.sample_text import sample_corpus
from export.runtime.atomic_output import atomic_output

NAME = "example.csv"
COLUMNS = ("id", "feedback", "region", "date")
_REGIONS = ("North", "South", "West")
_FIRST_DAY = date(2026, 1, 5)
_DAYS_BETWEEN = 5


def write_example_table(folder: Path) -> Path:
    """Write the table as UTF-8 with a byte-order mark; returns its path.

    Args:
        folder: made if it does not exist.

    Raises:
        OSError: if it cannot be written there.
    """
    texts = [*sample_corpus("en").splitlines(), *sample_corpus("zh").splitlines()]
    lines = io.StringIO(newline="")
    writer = csv.writer(lines)
    writer.writerow(COLUMNS)
    for number, text in enumerate(text for text in texts if text.strip()):
        day = _FIRST_DAY + timedelta(days=_DAYS_BETWEEN * (number % 37))
        region = _REGIONS[(number * 7 + number // 5) % len(_REGIONS)]
        writer.writerow((f"{number + 1:04}", text, region, day.isoformat()))
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / NAME
    with atomic_output(path) as stream:
        stream.write(lines.getvalue().encode("utf-8-sig"))
    return path
