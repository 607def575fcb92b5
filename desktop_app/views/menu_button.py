"""A button that opens a menu, with the same chevron as a box to choose from."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton

from desktop_app.views.choice_box import draw_chevron
from desktop_app.views.design import Space

_CHEVRON = 18


class MenuButton(QPushButton):
    """As wide as its word and the chevron."""

    def sizeHint(self) -> QSize:
        """With room for the chevron."""
        return super().sizeHint() + QSize(_CHEVRON, 0)

    def minimumSizeHint(self) -> QSize:
        """The same: it is never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the button, then the chevron."""
        super().paintEvent(event)
        painter = QPainter(self)
        draw_chevron(painter, self.palette(), self.width() - Space.MEDIUM - 4, self.height() / 2)
