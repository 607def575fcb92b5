"""One row of a document: its cells as text, and what was odd about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

RowStatus = Literal["ok", "ragged", "cut", "unreadable", "locked", "no text"]


@dataclass(frozen=True, slots=True)  # made by the million
class TableRow:
    """A row never stops a document: what is wrong with it stands in its status."""

    cells: tuple[str, ...]  # one a column, in the source's order; "" where missing
    status: RowStatus = "ok"
    note: str = ""  # for people, e.g. "5 cells for 4 columns"; "" when ok
