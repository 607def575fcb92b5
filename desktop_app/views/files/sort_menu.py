"""The columns of a table as a menu, for whoever sorts without a mouse."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

_LONGEST = 60  # characters of a column's name
_UP, _DOWN = "↑", "↓"


class SortMenu(QMenu):
    """Made anew whenever it is opened; the column that is in force is turned around."""

    chosen = Signal(int, object)  # column, -1: the order of the source; Qt.SortOrder

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty."""
        super().__init__(parent)
        self.setAccessibleName(self.tr("Sort the rows"))

    def fill(
        self, columns: Sequence[tuple[int, str]], *, current: int, descending: bool
    ) -> dict[int, QAction]:
        """Offer columns.

        Args:
            columns: their places and names.
            current: the place of the one that rows are sorted by; -1: none.
            descending: how.

        Returns:
            Place to entry; -1 is the order of the source.
        """
        self.clear()
        self.setAccessibleName(self.tr("Sort the rows"))
        entries = {}
        for place, name in columns:
            mark = (_DOWN if descending else _UP) if place == current else ""
            short = name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…"
            text = self.tr("By “%1”").replace("%1", short.replace("&", "&&"))
            entries[place] = self._entry(f"{text} {mark}".rstrip(), place, current, descending)
        self.addSeparator()
        text = self.tr("As in the source")
        entries[-1] = self._entry(text, -1, current, descending)
        self.setActiveAction(entries[current if current in entries else -1])
        return entries

    def _entry(self, text: str, place: int, current: int, descending: bool) -> QAction:
        action = self.addAction(text)
        action.setCheckable(True)
        action.setChecked(place == current)
        ascending = place != current or descending
        order = Qt.SortOrder.AscendingOrder if ascending else Qt.SortOrder.DescendingOrder
        action.triggered.connect(lambda: self.chosen.emit(place, order))
        return action
