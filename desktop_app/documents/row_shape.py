"""Cells brought into the shape of their table, with a note of what had to be done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from desktop_app.documents.table_row import RowStatus, TableRow

_REPLACEMENT = "\ufffd"
_KEPT_EMPTY_ROWS = 1_000  # in a row; a longer gap of a spreadsheet is passed over and noted


class EmptyRows(tuple[str, ...]):
    """A record without cells that stands for many of them."""

    number: int = 1


def empty_rows(number: int) -> EmptyRows:
    """So many rows without cells as one record."""
    record = EmptyRows()
    record.number = number
    return record


class RowShape:
    """Makes rows of one width."""

    def __init__(
        self, width: int, *, joint: str, max_cell_characters: int, encoding: str | None = None
    ) -> None:
        """Remember what a row has to be.

        Args:
            width: cells of a row.
            joint: put between cells beyond the last column, which are kept in it.
            max_cell_characters: a longer cell is cut.
            encoding: for the note about bytes that it does not know.
        """
        self._width, self._joint = width, joint
        self._longest, self._encoding = max_cell_characters, encoding

    def row(self, cells: Sequence[str], dropped: int = 0) -> TableRow:
        """One row; `dropped` characters of it were lost already."""
        status: RowStatus = "ok"
        notes = []
        if len(cells) != self._width:
            status = "ragged"
            notes.append(f"{len(cells)} cells for {self._width} columns")
            cells = self._fitted(cells)
        if any(_REPLACEMENT in cell for cell in cells):
            status = "unreadable"
            count = sum(cell.count(_REPLACEMENT) for cell in cells)
            notes.append(f"{count} characters are damaged or not {self._encoding or 'text'}")
        if dropped or max(map(len, cells)) > self._longest:
            status = "cut"
            longest = max(map(len, cells)) + dropped
            notes.append(f"a cell of {longest:,} characters was cut to {self._longest:,}")
            cells = [cell[: self._longest] for cell in cells]
        return TableRow(tuple(cells), status, "; ".join(notes))

    def empty(self, note: str = "empty row") -> TableRow:
        """A row with nothing in it."""
        return TableRow(("",) * self._width, "no text", note)

    def rows(self, records: Iterable[tuple[Sequence[str], int]]) -> Iterator[TableRow]:
        """Rows of records; those without cells are kept, except at the end of the table."""
        empty = 0
        for cells, dropped in records:
            if not cells and not dropped:
                empty += cells.number if isinstance(cells, EmptyRows) else 1
                continue
            if empty > _KEPT_EMPTY_ROWS:
                yield self.empty(f"{empty:,} empty rows in one place, left out but for this one")
            else:
                for _ in range(empty):
                    yield self.empty()
            empty = 0
            yield self.row(cells or [""], dropped)

    def _fitted(self, cells: Sequence[str]) -> list[str]:
        if len(cells) < self._width:
            return [*cells, *[""] * (self._width - len(cells))]
        last = self._width - 1
        return [*cells[:last], self._joint.join(cells[last:])]
