"""The columns that documents brought along, side by side. No Qt."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from desktop_app.projects.document import Document, ProjectRow

FILE = "file"  # the first column where there are several documents


class SourceColumns:
    """All columns but those of the texts; of several documents, columns of one name are one."""

    def __init__(self, documents: Sequence[Document] = ()) -> None:
        """Lay the columns of these documents side by side."""
        several = len(documents) > 1
        names: list[str] = [FILE] if several else []
        own: dict[int, list[tuple[int, str]]] = {}  # document to places and names
        for document in documents:
            own[document.id] = [
                (place, f"{name} (2)" if several and name == FILE else name)
                for place, name in enumerate(document.columns)
                if place != document.text_column
            ]
            names += [name for _, name in own[document.id] if name not in names]
        self.names: tuple[str, ...] = tuple(names)
        self._files = {each.id: Path(each.path).name for each in documents} if several else {}
        self._places: dict[int, tuple[int | None, ...]] = {}  # document to places in its cells
        for number, columns in own.items():
            at = {name: place for place, name in columns}
            self._places[number] = tuple(at.get(name) for name in names)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, SourceColumns):
            return NotImplemented
        return self.names == other.names and self._places == other._places

    def __hash__(self) -> int:
        return hash(self.names)

    def cell(self, row: ProjectRow, column: int) -> str:
        """What a row has in a column; "" where its document has no such column."""
        if column == 0 and self._files:
            return self._files.get(row.document, "")
        places = self._places.get(row.document)
        place = None if places is None else places[column]
        if place is None or place >= len(row.cells):
            return ""
        return row.cells[place]

    def cells(self, row: ProjectRow) -> tuple[str, ...]:
        """All columns of a row."""
        return tuple([self.cell(row, column) for column in range(len(self.names))])
