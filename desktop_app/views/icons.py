"""The few drawings of the window, as paths in the colour of the text around them."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPainterPath, QPen, QPixmap

from desktop_app.colour_scale import scale_colour


class Icon(Enum):
    """What can be drawn."""

    CLASSIFY = "classify"  # a speech bubble with bars in it
    EMBEDDINGS = "embeddings"  # a lens over points
    FILES = "files"  # a sheet with rows
    MODELS = "models"  # layers one above the other
    PROJECT = "project"  # a folder
    INFO = "info"
    WARNING = "warning"


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


def window_icon() -> QIcon:
    """The sign of the program, light on a dark tile, for title bars and task switchers."""
    icon = QIcon()
    for side in (32, 64, 128):
        pixmap = QPixmap(side, side)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(*scale_colour(1.0, dark=False)))
        painter.drawRoundedRect(QRectF(0, 0, side, side), side * 0.22, side * 0.22)
        inner = QRectF(side * 0.2, side * 0.2, side * 0.6, side * 0.6)
        draw_icon(painter, Icon.CLASSIFY, inner, QColor(Qt.GlobalColor.white))
        painter.end()
        icon.addPixmap(pixmap)
    return icon


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


def _files() -> QPainterPath:
    path = QPainterPath(QPointF(6, 2.5))
    path.lineTo(14.5, 2.5)
    path.lineTo(19.5, 7.5)
    path.lineTo(19.5, 19.5)
    path.quadTo(19.5, 21.5, 17.5, 21.5)
    path.lineTo(6.5, 21.5)
    path.quadTo(4.5, 21.5, 4.5, 19.5)
    path.lineTo(4.5, 4)
    path.quadTo(4.5, 2.5, 6, 2.5)
    path.moveTo(14.5, 2.5)
    path.lineTo(14.5, 7.5)
    path.lineTo(19.5, 7.5)
    for y, end in ((11, 15.5), (14, 13), (17, 14.5)):
        path.moveTo(8.5, y)
        path.lineTo(end, y)
    return path


def _models() -> QPainterPath:
    path = QPainterPath(QPointF(12, 2.8))
    for x, y in ((21.5, 8), (12, 13.2), (2.5, 8)):
        path.lineTo(x, y)
    path.closeSubpath()
    for top in (12.2, 16.4):
        path.moveTo(2.5, top)
        path.lineTo(12, top + 5.2)
        path.lineTo(21.5, top)
    return path


def _project() -> QPainterPath:
    path = QPainterPath(QPointF(3, 18))
    path.lineTo(3, 6)
    path.quadTo(3, 4.5, 4.5, 4.5)
    path.lineTo(9, 4.5)
    path.lineTo(11, 7)
    path.lineTo(19.5, 7)
    path.quadTo(21, 7, 21, 8.5)
    path.lineTo(21, 18)
    path.quadTo(21, 19.5, 19.5, 19.5)
    path.lineTo(4.5, 19.5)
    path.quadTo(3, 19.5, 3, 18)
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


_PATHS = {
    Icon.CLASSIFY: _classify,
    Icon.EMBEDDINGS: _embeddings,
    Icon.FILES: _files,
    Icon.MODELS: _models,
    Icon.PROJECT: _project,
    Icon.INFO: _info,
    Icon.WARNING: _warning,
}
