"""A list of painted results without frame, one selection, rows of one height."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget


class ResultList(QListView):
    """Made for delegates that paint whole rows; scrolls by pixels and lays out in no time."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Without model and delegate."""
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setMinimumHeight(72)  # one row; the rest scrolls
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def select_row(self, row: int | None) -> None:
        """Select a row and bring it into view, or select nothing."""
        model = self.model()
        if row is None or model is None or row >= model.rowCount():
            self.selectionModel().clear()
            return
        index = model.index(row, 0)
        if index != self.currentIndex() or not self.selectionModel().isSelected(index):
            self.setCurrentIndex(index)
        self.scrollTo(index)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Rows are as wide as the list."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def changeEvent(self, event: QEvent) -> None:
        """Row heights follow the font, words the language."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.LanguageChange):
            self.scheduleDelayedItemsLayout()
            self.viewport().update()
