"""The columns that documents brought along, beside the texts. No Qt."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_app.projects.document import Document, ProjectRow
from desktop_app.projects.joint_columns import JointColumns


class SourceColumns:
    """All columns but that of the texts."""

    def __init__(self, documents: Sequence[Document] = ()) -> None:
        """Lay the columns of these documents side by side."""
        self._joint = JointColumns(documents)
        names = self._joint.names
        self._places = [place for place, name in enumerate(names) if name != self._joint.text]
        self.names: tuple[str, ...] = tuple([names[place] for place in self._places])

    def __eq__(self, other: object) -> bool:
        return self._joint == other._joint if isinstance(other, SourceColumns) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._joint)

    def cell(self, row: ProjectRow, column: int) -> str:
        """What a row has in a column; "" where its document has no such column."""
        return self._joint.cell(row, self._places[column])

    def place(self, name: str, document: int) -> int | None:
        """Where a column is in a document's cells; None where it is not."""
        if name not in self.names:
            return None
        return self._joint.place(document, self._places[self.names.index(name)])

    def file_name(self, name: str, document: int) -> str | None:
        """The name of a document's file, if that is what a column tells."""
        if name not in self.names:
            return None
        return self._joint.file_name(document, self._places[self.names.index(name)])

    def cells(self, row: ProjectRow) -> tuple[str, ...]:
        """All columns of a row."""
        return tuple([self._joint.cell(row, place) for place in self._places])
