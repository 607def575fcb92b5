"""A switch with a word on it: filled while it is on."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from desktop_app.views.design import Space, blend, focus_pen, over, quiet_text

_HEIGHT = 32


class Chip(QAbstractButton):
    """Checkable; a tick stands before its word while it is on, so that colour is not alone."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Off and without a word."""
        super().__init__(parent)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Word, tick and room around them."""
        width = QFontMetricsF(self.font()).horizontalAdvance(self.text())
        return QSize(round(width) + 2 * Space.MEDIUM + 16, _HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the chip in its state."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = self.palette()
        base = palette.color(QPalette.ColorRole.Base)
        accent = palette.color(QPalette.ColorRole.Highlight)
        on = self.isChecked()
        area = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        if self.hasFocus():
            area.adjust(0.5, 0.5, -0.5, -0.5)
        edge = blend(palette, 0.22, ground=QPalette.ColorRole.Base)
        painter.setPen(focus_pen(palette) if self.hasFocus() else QPen(accent if on else edge, 1))
        hover = blend(palette, 0.05, ground=QPalette.ColorRole.Base)
        painter.setBrush(over(accent, base, 0.16) if on else hover if self.underMouse() else base)
        painter.drawRoundedRect(area, 7, 7)
        metrics = QFontMetricsF(self.font())
        width = metrics.horizontalAdvance(self.text())
        left = area.center().x() - (width + (16 if on else 0)) / 2
        text = palette.color(QPalette.ColorRole.Text)
        if on:
            painter.setPen(QPen(text, 1.8, c=Qt.PenCapStyle.RoundCap))
            middle = area.center().y()
            painter.drawPolyline(_tick(left, middle))
            left += 16
        painter.setPen(text if self.isEnabled() else quiet_text(palette))
        words = QRectF(left, area.top(), width + 2, area.height())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self.text())


def _tick(left: float, middle: float) -> list[QPointF]:
    return [
        QPointF(left, middle + 0.5),
        QPointF(left + 3.2, middle + 3.7),
        QPointF(left + 9.5, middle - 3.8),
    ]
