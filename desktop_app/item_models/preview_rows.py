"""The first rows of a document as a small table."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop_app.documents.document_preview import DocumentPreview
from desktop_app.documents.table_row import TableRow
from desktop_app.messages.message_words import message_words
from desktop_app.tooltip_text import tooltip_text

_Index = QModelIndex | QPersistentModelIndex
_SHOWN_CHARACTERS = 200  # of a cell
NOTE_ROLE = int(Qt.ItemDataRole.UserRole) + 1  # what reading the row found odd; "": nothing


class PreviewRows(QAbstractTableModel):
    """As it would be taken in."""

    def __init__(self, parent: QObject | None = None) -> None:
        """No rows."""
        super().__init__(parent)
        self._columns: tuple[str, ...] = ()
        self._rows: tuple[TableRow, ...] = ()

    def show(self, preview: DocumentPreview | None) -> None:
        """Show another preview, or none."""
        self.beginResetModel()
        self._columns = () if preview is None else preview.columns
        self._rows = () if preview is None else preview.rows
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """Rows of the preview."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """Columns of the document."""
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The beginning of a cell."""
        if role not in (Qt.ItemDataRole.DisplayRole, NOTE_ROLE, Qt.ItemDataRole.ToolTipRole):
            return None
        row = self._rows[index.row()]
        if role == NOTE_ROLE:
            return row.note or None
        if role == Qt.ItemDataRole.ToolTipRole:
            return tooltip_text(message_words(row.note)) or None
        cells = row.cells
        shown = cells[index.column()] if index.column() < len(cells) else ""
        return " ".join(shown[:_SHOWN_CHARACTERS].split())

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Names of the columns; numbers of the rows."""
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Vertical:
            return section + 1
        return self._columns[section] if section < len(self._columns) else None
