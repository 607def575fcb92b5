"""All keys on one sheet, made anew of what the window really has whenever it is opened."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop_app.views.card import Card
from desktop_app.views.design import Space, Type, set_type
from desktop_app.views.focus_ring import FocusRing
from desktop_app.views.help_page import HelpPage
from desktop_app.views.key_caps import KeyCaps
from desktop_app.views.shortcut_list import ShortcutGroup


class ShortcutSheet(HelpPage):
    """A card for what works everywhere and one for each page, in two columns."""

    def __init__(
        self,
        collect: Callable[[], Sequence[tuple[str, ShortcutGroup]]],
        parent: QWidget | None = None,
    ) -> None:
        """Empty until it is opened.

        Args:
            collect: gives the groups with the names of their places, in the present language.
            parent: the Qt parent.
        """
        super().__init__(parent)
        self._collect = collect
        self.groups: Sequence[tuple[str, ShortcutGroup]] = ()
        self._scroll = QScrollArea(self)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.viewport().setAutoFillBackground(False)
        self.column.addWidget(self._scroll, 1)
        FocusRing(self._scroll)
        self.retranslate()

    def open(self) -> None:
        """Ask the window for its keys."""
        super().open()
        self._fill()

    def retranslate(self) -> None:
        """Say everything in the current language."""
        super().retranslate()
        self.title.setText(self.tr("Keyboard shortcuts"))
        self._scroll.setAccessibleName(self.tr("Keyboard shortcuts"))
        if self.isVisible():
            self._fill()

    def _fill(self) -> None:
        self.groups = self._collect()
        inside = QWidget(self)
        inside.setAutoFillBackground(False)
        row = QHBoxLayout(inside)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.LARGE)
        columns = [QVBoxLayout(), QVBoxLayout()]
        heights = [0, 0]
        for place, group in self.groups:
            shorter = heights.index(min(heights))
            columns[shorter].addWidget(self._card(place, group, inside))
            heights[shorter] += len(group.shortcuts) + 2
        for column in columns:
            column.setSpacing(Space.LARGE)
            column.addStretch(1)
            row.addLayout(column, 1)
        self._scroll.setWidget(inside)  # the sheet of before is deleted
        inside.setAutoFillBackground(False)

    def _card(self, place: str, group: ShortcutGroup, parent: QWidget) -> Card:
        card = Card(padding=Space.LARGE, parent=parent)
        heading = QLabel(place, card)
        set_type(heading, Type.STRONG)
        card.column.addWidget(heading)
        grid = QGridLayout()
        grid.setHorizontalSpacing(Space.LARGE)
        grid.setVerticalSpacing(Space.HAIR)
        grid.setColumnStretch(0, 1)
        for line, shortcut in enumerate(group.shortcuts):
            does = QLabel(shortcut.does, card)
            does.setWordWrap(True)
            caps = KeyCaps(shortcut.keys, card)
            grid.addWidget(does, line, 0)
            grid.addWidget(caps, line, 1, Qt.AlignmentFlag.AlignRight)
        card.column.addLayout(grid)
        return card
