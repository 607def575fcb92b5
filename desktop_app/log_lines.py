"""Lines of the log, chosen by how bad they are."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

Level = Literal["INFO", "WARNING", "ERROR"]
_RANKS = {"DEBUG": 0, "INFO": 1, "WARNING": 2, "ERROR": 3, "CRITICAL": 4}
_HEAD = re.compile(r"\S+Z (DEBUG|INFO|WARNING|ERROR|CRITICAL) ")


def lines_from(lines: Iterable[str], level: Level) -> list[str]:
    """The lines of records of at least a level; what follows a record belongs to it."""
    chosen, keep = [], False
    for line in lines:
        if found := _HEAD.match(line):
            keep = _RANKS[found[1]] >= _RANKS[level]
        if keep:
            chosen.append(line)
    return chosen
