"""The bundles as rows of a list."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop_app.messages.message_words import message_words
from desktop_app.model_words import label_words, make_words, origin_name

if TYPE_CHECKING:
    from desktop_app.models.model_entry import ModelEntry

_Index = QModelIndex | QPersistentModelIndex


class ModelRole(IntEnum):
    """What a row can be asked for beside its text."""

    ENTRY = int(Qt.ItemDataRole.UserRole) + 1


class ModelRows(QAbstractListModel):
    """One row a file, in the order of the session."""

    def __init__(self, parent: QObject | None = None) -> None:
        """No rows."""
        super().__init__(parent)
        self._entries: Sequence[ModelEntry] = ()

    def show(self, entries: Sequence[ModelEntry]) -> None:
        """Show other entries."""
        self.beginResetModel()
        self._entries = tuple(entries)
        self.endResetModel()

    def entry(self, row: int) -> ModelEntry | None:
        """The entry of a row."""
        return self._entries[row] if 0 <= row < len(self._entries) else None

    def row_of(self, bundle: str) -> int | None:
        """The row of a bundle."""
        rows = (row for row, entry in enumerate(self._entries) if entry.bundle == bundle)
        return next(rows, None)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """Number of files."""
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Name or entry of a row."""
        entry = self.entry(index.row()) if index.isValid() else None
        if entry is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.name
        if role == ModelRole.ENTRY:
            return entry
        if role == Qt.ItemDataRole.AccessibleTextRole:
            about = message_words(entry.fault) if entry.fault else make_words(entry)
            parts = [entry.name, origin_name(entry.origin), about, label_words(entry)]
            return ". ".join(filter(None, parts))
        return None
