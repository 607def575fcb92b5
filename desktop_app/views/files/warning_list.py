"""What was odd about a file, in a tinted box."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from desktop_app.colour_scale import scale_colour
from desktop_app.messages.message_words import message_words
from desktop_app.numbers import whole
from desktop_app.views.design import CORNER, Space, Type, is_dark, over, qcolor, set_type
from desktop_app.views.icons import Icon, draw_icon

_MOST = 4


class WarningList(QWidget):
    """Hidden while there is nothing to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Nothing is odd."""
        super().__init__(parent)
        self._warnings: tuple[str, ...] = ()
        self._label = QLabel(self)
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setWordWrap(True)
        self._label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        set_type(self._label, Type.CAPTION)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.PAGE + Space.HAIR, Space.SMALL, Space.MEDIUM, Space.SMALL)
        column.addWidget(self._label)
        self.hide()

    @property
    def text(self) -> str:
        """What is said."""
        return self._label.text()

    def show_warnings(self, warnings: Sequence[str]) -> None:
        """Say other things; the first few in full."""
        self._warnings = tuple(warnings)
        lines = [message_words(each) for each in self._warnings[:_MOST]]
        if len(self._warnings) > _MOST:
            more = len(self._warnings) - _MOST
            lines.append(self.tr("and %1 more").replace("%1", whole(more)))
        self._label.setText("\n".join(lines))
        self.setAccessibleName(self._label.text())
        self.setVisible(bool(lines))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.show_warnings(self._warnings)
        super().changeEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw a tinted surface with a sign."""
        palette = self.palette()
        sign = qcolor(scale_colour(-1.0, dark=is_dark(palette)))
        ground = palette.color(QPalette.ColorRole.Base)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(over(sign, ground, 0.45), 1))
        painter.setBrush(over(sign, ground, 0.10))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), CORNER, CORNER)
        area = QRectF(Space.MEDIUM, Space.SMALL, 16, 16)
        draw_icon(painter, Icon.WARNING, area, sign)
