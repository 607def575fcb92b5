"""The two documents of the window's journey, and what a reader of the results must find."""

from __future__ import annotations

import csv
import itertools
from collections.abc import Iterator
from pathlib import Path

import openpyxl

from desktop_app.sample_text import sample_corpus

TEXT_COLUMN = "comment"
SEARCHED = "minutes"  # a word that some of the texts hold
COLUMNS = ("id", TEXT_COLUMN, "product")
_PRODUCTS = ("lamp", "kettle", "chair")


def rows(count: int, *, first: int = 0) -> Iterator[tuple[str, str, str]]:
    """Rows whose texts all differ: sentences of the shipped samples in both languages, numbered."""
    english = [line for line in sample_corpus("en").splitlines() if line.strip()]
    chinese = [line for line in sample_corpus("zh").splitlines() if line.strip()]
    both = itertools.cycle(itertools.chain.from_iterable(zip(english, chinese, strict=False)))
    for number, text in zip(range(first, first + count), both, strict=False):
        yield f"{number:06}", f"{text} ({number})", _PRODUCTS[number % len(_PRODUCTS)]


def write_table(path: Path, count: int) -> None:
    """A CSV in GB18030, as Chinese programs save it."""
    with path.open("w", encoding="gb18030", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(COLUMNS)
        writer.writerows(rows(count))


def write_workbook(path: Path, count: int, *, first: int) -> None:
    """An XLSX whose texts are others than the table's."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("answers")
    sheet.append(COLUMNS)
    for row in rows(count, first=first):
        sheet.append(row)
    book.save(path)


def read_results(path: Path) -> list[dict[str, str]]:
    """The rows of an exported CSV."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))
