"""Texts that hold words, found by looking at every text.

An index would be quicker for long words and useless for the commonest Chinese ones, which have two
characters; docs/decisions/projects.md has the figures.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from desktop_app.projects.aggregates import check_ids

_RANGE = 50_000  # ids between two looks at `stop`
_MOST_WORDS = 16
_MOST_CHARACTERS = 200  # of a word


def search_texts(
    connection: sqlite3.Connection, words: str, *, stop: Callable[[], bool] = lambda: False
) -> NDArray[np.int32]:
    """Ids of the texts that hold every one of the words, anywhere and in either case.

    Args:
        connection: to read from.
        words: separated by blanks; what stands in "quotation marks" is one word.
        stop: asked now and then; True ends the search with what was found.

    Returns:
        Ids, ascending; of all texts where there is no word.
    """
    conditions, values = _conditions(split_words(words))
    (last,) = connection.execute("SELECT ifnull(max(id), 0) FROM texts").fetchone()
    check_ids(0, last)
    found: list[int] = []
    for start in range(1, last + 1, _RANGE):
        if stop():
            break
        rows = connection.execute(
            f"SELECT id FROM texts WHERE id BETWEEN ? AND ?{conditions}",
            (start, start + _RANGE - 1, *values),
        )
        found.extend(row[0] for row in rows)
    return np.array(found, np.int32)


def split_words(words: str) -> list[str]:
    """Words of a query, without repeats, sixteen at most."""
    parts = words.replace("“", '"').replace("”", '"').split('"')
    found: list[str] = []
    for place, part in enumerate(parts):
        quoted = place % 2 == 1 and place < len(parts) - 1
        found.extend([part.strip()] if quoted else part.split())
    usable = [word[:_MOST_CHARACTERS] for word in found if word]
    return list(dict.fromkeys(usable))[:_MOST_WORDS]


def _conditions(words: list[str]) -> tuple[str, list[str]]:
    conditions: list[str] = []
    values: list[str] = []
    for word in words:
        forms = _forms(word)
        either = " OR ".join(["text LIKE ? ESCAPE '\\'"] * len(forms))
        conditions.append(f" AND ({either})")
        values.extend(f"%{_escaped(form)}%" for form in forms)
    return "".join(conditions), values


def _forms(word: str) -> list[str]:
    """SQLite knows upper and lower case in ASCII alone."""
    forms = {word}
    if not word.isascii():
        forms |= {word.lower(), word.upper(), word.title()}
    return sorted(forms)


def _escaped(word: str) -> str:
    clean = word.encode("utf-8", "replace").decode("utf-8").replace("\0", "")
    return clean.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
