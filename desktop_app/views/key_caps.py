"""Keys, drawn as keys."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QWidget

from desktop_app.views.design import Space, Type, blend, line_colour, set_type

_PADDING, _CORNER = 7, 5


class KeyCaps(QWidget):
    """Each combination in a frame of its own, side by side."""

    def __init__(self, keys: tuple[str, ...], parent: QWidget | None = None) -> None:
        """The keys as this system writes them."""
        super().__init__(parent)
        self._keys = keys
        set_type(self, Type.CAPTION)
        self.setAccessibleName(", ".join(keys))

    def sizeHint(self) -> QSize:
        """Room for all of them."""
        metrics = QFontMetricsF(self.font())
        width = sum(self._width(metrics, each) + Space.HAIR for each in self._keys) - Space.HAIR
        return QSize(round(max(width, 1)), round(metrics.height()) + 2 * Space.HAIR)

    def minimumSizeHint(self) -> QSize:
        """They are never cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw them from the right."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette, metrics = self.palette(), QFontMetricsF(self.font())
        height = metrics.height() + Space.HAIR + 2
        x, y = float(self.width()), (self.height() - height) / 2
        for keys in reversed(self._keys):
            width = self._width(metrics, keys)
            x -= width
            area = QRectF(x, y, width, height).adjusted(0.5, 0.5, -0.5, -0.5)
            painter.setPen(QPen(line_colour(palette), 1))
            painter.setBrush(blend(palette, 0.05, ground=QPalette.ColorRole.Base))
            painter.drawRoundedRect(area, _CORNER, _CORNER)
            painter.setPen(palette.color(QPalette.ColorRole.Text))
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, keys)
            x -= Space.HAIR

    def _width(self, metrics: QFontMetricsF, keys: str) -> float:
        return max(metrics.horizontalAdvance(keys) + 2 * _PADDING, metrics.height() + Space.HAIR)
