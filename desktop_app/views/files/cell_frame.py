"""The line below a cell of a table, and the frame of the one that has the keyboard."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem


def draw_cell_frame(
    painter: QPainter, option: QStyleOptionViewItem, *, line: QColor, accent: QColor
) -> None:
    """Draw both; the frame only where the keyboard is."""
    painter.setPen(line)
    bottom = option.rect.bottom()
    painter.drawLine(option.rect.left(), bottom, option.rect.right(), bottom)
    if option.state & QStyle.StateFlag.State_HasFocus:
        painter.setPen(QPen(accent, 1))
        painter.drawRoundedRect(QRectF(option.rect).adjusted(1.5, 1.5, -1.5, -2.5), 4, 4)
