"""A box to choose one of a few words, with a chevron in the colour of its text."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen, QPolygonF
from PySide6.QtWidgets import QComboBox, QWidget

from desktop_app.views.design import Space, quiet_text


class ChoiceBox(QComboBox):
    """As wide as its longest word, or narrower where room is short and it may shrink."""

    least_width: int | None = None  # to which it may shrink; None: not at all

    def __init__(self, parent: QWidget | None = None) -> None:
        """An empty box that grows with the words it is given later."""
        super().__init__(parent)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)

    def minimumSizeHint(self) -> QSize:
        """What is always there."""
        size = super().minimumSizeHint()
        return size if self.least_width is None else QSize(self.least_width, size.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the box, then the chevron."""
        super().paintEvent(event)
        painter = QPainter(self)
        draw_chevron(painter, self.palette(), self.width() - Space.MEDIUM - 4, self.height() / 2)


def draw_chevron(painter: QPainter, palette: QPalette, x: float, y: float) -> None:
    """Draw the sign that there is more to choose from, around a point."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(quiet_text(palette), 1.6)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.drawPolyline(
        QPolygonF([QPointF(x - 4, y - 2), QPointF(x, y + 2), QPointF(x + 4, y - 2)])
    )
