"""Names of files in a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

MOST_NAMES = 10  # a drop may bring thousands


def name_list(paths: Sequence[Path]) -> str:
    """The names, of many files the first and how many there are beside them."""
    shown = ", ".join(path.name for path in paths[:MOST_NAMES])
    more = len(paths) - MOST_NAMES
    return f"{shown}, and {more:,} more" if more > 0 else shown
