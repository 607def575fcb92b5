"""The passages nearest to a question as rows of a list."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

if TYPE_CHECKING:
    from desktop_app.corpus.passage_index import Match

_Index = QModelIndex | QPersistentModelIndex


class MatchRole(IntEnum):
    """What a row can be asked for beside its text."""

    MATCH = int(Qt.ItemDataRole.UserRole) + 1


class MatchRows(QAbstractListModel):
    """One row a passage, the most similar first."""

    def __init__(self, parent: QObject | None = None) -> None:
        """No rows."""
        super().__init__(parent)
        self._matches: Sequence[Match] = ()

    def show(self, matches: Sequence[Match]) -> None:
        """Show another ranking."""
        if list(matches) == list(self._matches):
            return
        self.beginResetModel()
        self._matches = matches
        self.endResetModel()

    def match_at(self, row: int) -> Match:
        """The match of a row."""
        return self._matches[row]

    def row_of(self, text: str) -> int | None:
        """The row of a passage with these words."""
        rows = (row for row, match in enumerate(self._matches) if match.passage.text == text)
        return next(rows, None)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """Number of passages found."""
        return 0 if parent.isValid() else len(self._matches)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Text or match of a row."""
        if not index.isValid() or index.row() >= len(self._matches):
            return None
        match = self._matches[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return match.passage.text
        if role == MatchRole.MATCH:
            return match
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{index.row() + 1}. {match.passage.text} ({match.similarity:.2f})"
        return None
