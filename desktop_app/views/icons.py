"""The few drawings of the window, as paths in the colour of the text around them."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen


class Icon(Enum):
    """What can be drawn."""

    CLASSIFY = "classify"  # a speech bubble with bars in it
    EMBEDDINGS = "embeddings"  # a lens over points
    INFO = "info"
    WARNING = "warning"
    DROP = "drop"  # a page with an arrow


def draw_icon(painter: QPainter, icon: Icon, area: QRectF, colour: QColor) -> None:
    """Draw an icon into a square area with lines in one colour."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(area.topLeft())
    painter.scale(area.width() / 24, area.height() / 24)
    pen = QPen(colour, 1.7)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(_PATHS[icon]())
    painter.restore()


def _classify() -> QPainterPath:
    path = QPainterPath(QPointF(8, 17))
    path.lineTo(5, 20.5)
    path.lineTo(5, 17)
    path.quadTo(2.5, 17, 2.5, 14.5)
    path.lineTo(2.5, 6)
    path.quadTo(2.5, 3.5, 5, 3.5)
    path.lineTo(19, 3.5)
    path.quadTo(21.5, 3.5, 21.5, 6)
    path.lineTo(21.5, 14.5)
    path.quadTo(21.5, 17, 19, 17)
    path.closeSubpath()
    for x, top in ((7.5, 10.5), (12, 7), (16.5, 9)):
        path.moveTo(x, 13.5)
        path.lineTo(x, top)
    return path


def _embeddings() -> QPainterPath:
    path = QPainterPath()
    path.addEllipse(QPointF(10.5, 10.5), 7.5, 7.5)
    path.moveTo(16, 16)
    path.lineTo(21.5, 21.5)
    for x, y in ((8, 9), (13, 8.5), (10.5, 13)):
        path.addEllipse(QPointF(x, y), 0.9, 0.9)
    return path


def _info() -> QPainterPath:
    path = QPainterPath()
    path.addEllipse(QPointF(12, 12), 9.5, 9.5)
    path.moveTo(12, 11)
    path.lineTo(12, 16.5)
    path.addEllipse(QPointF(12, 7.6), 0.5, 0.5)
    return path


def _warning() -> QPainterPath:
    path = QPainterPath(QPointF(12, 3))
    path.lineTo(22, 20.5)
    path.lineTo(2, 20.5)
    path.closeSubpath()
    path.moveTo(12, 9.5)
    path.lineTo(12, 14.5)
    path.addEllipse(QPointF(12, 17.4), 0.4, 0.4)
    return path


def _drop() -> QPainterPath:
    path = QPainterPath(QPointF(14, 2.5))
    path.lineTo(5, 2.5)
    path.lineTo(5, 21.5)
    path.lineTo(19, 21.5)
    path.lineTo(19, 7.5)
    path.closeSubpath()
    path.moveTo(14, 2.5)
    path.lineTo(14, 7.5)
    path.lineTo(19, 7.5)
    path.moveTo(12, 10.5)
    path.lineTo(12, 17.5)
    path.moveTo(9, 14.5)
    path.lineTo(12, 17.5)
    path.lineTo(15, 14.5)
    return path


_PATHS = {
    Icon.CLASSIFY: _classify,
    Icon.EMBEDDINGS: _embeddings,
    Icon.INFO: _info,
    Icon.WARNING: _warning,
    Icon.DROP: _drop,
}
