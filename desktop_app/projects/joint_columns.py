"""The columns of all documents of a project as one table."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from desktop_app.projects.document import Document, ProjectRow

FILE = "file"  # the first column where there are several documents
_TEXT = "text"  # where there is no document


class JointColumns:
    """Of several documents, columns of one name are one, and so are those of the texts.

    The texts stand under the name that they have in the first document. A column that is called
    so without holding the texts, or called as that of the files, gets a number.
    """

    def __init__(self, documents: Sequence[Document] = ()) -> None:
        """Lay the columns of these documents side by side."""
        several = len(documents) > 1
        heads = [FILE] if several else []
        first = documents[0] if documents else None
        self.text: str = _TEXT if first is None else first.columns[first.text_column]
        numbered: dict[str, str] = {}  # names that are taken to others
        if several:
            taken = {FILE, *(name for each in documents for name in each.columns)}
            if self.text == FILE:
                self.text = _free(FILE, taken)
                taken.add(self.text)
            numbered = {name: _free(name, taken) for name in (FILE, self.text)}
        own = {}
        for document in documents:
            names = [numbered.get(name, name) for name in document.columns]
            names[document.text_column] = self.text
            heads += [name for name in names if name not in heads]
            own[document.id] = names
        self.names: tuple[str, ...] = tuple(heads)  # with that of the texts
        self._files = {each.id: Path(each.path).name for each in documents} if several else {}
        self._places: dict[int, tuple[int | None, ...]] = {}  # document to places in its cells
        for number, names in own.items():
            at = {name: place for place, name in enumerate(names)}
            self._places[number] = tuple(at.get(head) for head in heads)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, JointColumns):
            return NotImplemented
        return (self.names, self.text) == (other.names, other.text) and (
            self._places == other._places
        )

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

    def place(self, document: int, column: int) -> int | None:
        """Where a column is in a document's cells; None where it is not, or tells the file."""
        places = self._places.get(document)
        return None if places is None or self.file_name(document, column) else places[column]

    def file_name(self, document: int, column: int) -> str | None:
        """The name of a document's file, if that is what a column tells."""
        return self._files.get(document, "") if column == 0 and self._files else None

    def cells(self, row: ProjectRow) -> tuple[str, ...]:
        """All columns of a row."""
        return tuple([self.cell(row, column) for column in range(len(self.names))])


def _free(name: str, taken: set[str]) -> str:
    number = 2
    while f"{name} ({number})" in taken:
        number += 1
    return f"{name} ({number})"
