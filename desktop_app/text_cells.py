"""How wide a text is where every letter has a cell. No Qt."""

from __future__ import annotations

import unicodedata


def text_cells(text: str) -> int:
    """How many cells of a terminal or a table a text fills; a Chinese character fills two."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
