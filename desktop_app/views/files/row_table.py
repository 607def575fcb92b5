"""The table of rows: one height for all, widths by the kind of column, keys that do things."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QSignalBlocker,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from desktop_app.item_models.file_rows import SORT_KEYS, FileColumn, FileRows
from desktop_app.views.files.row_delegate import ROW_HEIGHT, RowDelegate
from desktop_app.views.files.sort_menu import SortMenu

_Index = QModelIndex | QPersistentModelIndex
_WIDTHS = {
    FileColumn.TEXT: 344,
    FileColumn.LABEL: 128,
    FileColumn.CONFIDENCE: 116,
    FileColumn.VALENCE: 112,
    FileColumn.LANGUAGE: 88,
    FileColumn.UNCERTAIN: 92,
    FileColumn.STATUS: 132,
}
_SOURCE_WIDTH = 130


class RowTable(QTableView):
    """Enter opens a row, 1 to 9 give its label, 0 or Delete take that back; S sorts."""

    row_opened = Signal(int)  # position
    row_moved = Signal(int)  # position that the keyboard or the mouse went to
    label_key = Signal(int)  # 0: take back, 1 to 9: that label

    def __init__(self, rows: FileRows, parent: QWidget | None = None) -> None:
        """A table over a model, which it does not own."""
        super().__init__(parent)
        self._rows = rows
        self.delegate = RowDelegate(self)
        self.sort_menu = SortMenu(self)
        self.setModel(rows)
        self.setItemDelegate(self.delegate)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        heights = self.verticalHeader()
        heights.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        heights.setDefaultSectionSize(ROW_HEIGHT)
        heights.hide()
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(True)
        header.setSortIndicatorClearable(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.setDefaultSectionSize(_SOURCE_WIDTH)
        header.setMinimumSectionSize(56)
        header.sortIndicatorChanged.connect(self._sort)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(
            lambda point: self.open_sort_menu(header.mapToGlobal(point))
        )
        self.sort_menu.chosen.connect(  # by a function: the signal's types are not the slot's
            lambda column, order: self.horizontalHeader().setSortIndicator(column, order)
        )
        self.clicked.connect(lambda index: self.row_opened.emit(index.row()))
        rows.modelReset.connect(self._set_widths)
        rows.modelReset.connect(self._follow_sorting)
        self._set_widths()

    @property
    def position(self) -> int | None:
        """Where the keyboard stands; None while it stands nowhere."""
        row = self.currentIndex().row()
        return row if row >= 0 else None

    @property
    def chosen_places(self) -> list[int]:
        """Places in the columns of the rows that are selected."""
        order = self._rows.order
        spans = list(self.selectionModel().selection())  # type: ignore[call-overload]
        found = [order[span.top() : span.bottom() + 1] for span in spans]
        places: list[int] = np.unique(np.concatenate(found)).tolist() if found else []
        return places

    def go_to(self, position: int) -> None:
        """Put the keyboard on a row and bring it into view."""
        if 0 <= position < self._rows.rowCount():
            column = max(self.currentIndex().column(), 0)
            self.setCurrentIndex(self._rows.index(position, column))

    def currentChanged(self, current: _Index, previous: _Index) -> None:
        """Tell where the keyboard went."""
        super().currentChanged(current, previous)
        if current.isValid() and current.row() != previous.row():
            self.row_moved.emit(current.row())

    def open_sort_menu(self, point: QPoint) -> None:
        """Offer the columns that rows can be sorted by.

        Args:
            point: of the screen.
        """
        sorting = self._rows.sorting
        self.sort_menu.fill(
            [
                (column, str(self._rows.headerData(column, Qt.Orientation.Horizontal)))
                for column in range(self._rows.columnCount())
                if self._sorts(column)
            ],
            current=self._rows.sort_column,
            descending=sorting is not None and sorting.descending,
        )
        self.sort_menu.popup(point)

    def key_words(self) -> tuple[tuple[str, str], ...]:
        """The keys of a row, for the sheet of shortcuts."""
        return (
            ("Enter", self.tr("Show the row in full")),
            ("1 – 9", self.tr("Give the row that label")),
            ("0", self.tr("Take the label back")),
            ("S", self.tr("Sort the rows")),
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys for the row that the keyboard stands on."""
        key, plain = event.key(), event.modifiers() == Qt.KeyboardModifier.NoModifier
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.position is not None:
            self.row_opened.emit(self.position)
        elif plain and Qt.Key.Key_0 <= key <= Qt.Key.Key_9:
            self.label_key.emit(int(key) - int(Qt.Key.Key_0))
        elif plain and key == Qt.Key.Key_S:
            self.open_sort_menu(self.viewport().mapToGlobal(QPoint(0, 0)))
        elif plain and key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.label_key.emit(0)
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and theme."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.PaletteChange):
            self.viewport().update()

    def _sort(self, column: int, order: Qt.SortOrder) -> None:
        if column >= 0 and not self._sorts(column):
            self.horizontalHeader().setSortIndicator(-1, order)
            return
        self._rows.sort(column, order)
        self.scrollToTop()

    def _sorts(self, column: int) -> bool:
        return column in SORT_KEYS or column >= len(FileColumn)

    def _follow_sorting(self) -> None:
        """Mark the column that rows are sorted by: it may stand elsewhere, or be gone."""
        header, sorting = self.horizontalHeader(), self._rows.sorting
        descending = sorting is not None and sorting.descending
        with QSignalBlocker(header):
            header.setSortIndicator(
                self._rows.sort_column,
                Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder,
            )

    def _set_widths(self) -> None:
        for column, width in _WIDTHS.items():
            if column < self._rows.columnCount():
                self.setColumnWidth(column, width)
