"""A part of the program as a row: its name, below it version and licence."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPalette
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop_app.views.design import Space, Type, focus_pen, font_of, over, quiet_text

FACTS_ROLE = int(Qt.ItemDataRole.UserRole) + 1
_Index = QModelIndex | QPersistentModelIndex


class PartDelegate(QStyledItemDelegate):
    """Paints whole rows."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        """Two lines with room around them."""
        base = QApplication.font()
        lines = (font_of(Type.BODY, base), font_of(Type.CAPTION, base))
        height = sum(QFontMetricsF(font).height() for font in lines)
        return QSize(100, round(height) + 2 * Space.SMALL)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint the row in its state."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = option.palette
        base = palette.color(QPalette.ColorRole.Base)
        accent = palette.color(QPalette.ColorRole.Highlight)
        area = QRectF(option.rect).adjusted(1, 1, -1, -1)
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
        painter.setPen(focus_pen(palette) if focused else Qt.PenStyle.NoPen)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setBrush(over(accent, base, 0.16))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(over(palette.color(QPalette.ColorRole.Text), base, 0.05))
        painter.drawRoundedRect(area, 7, 7)
        inside = area.adjusted(Space.SMALL, Space.SMALL - 1, -Space.SMALL, 0)
        top = inside.top()
        for step, role, colour in (
            (Type.BODY, Qt.ItemDataRole.DisplayRole, palette.color(QPalette.ColorRole.Text)),
            (Type.CAPTION, FACTS_ROLE, quiet_text(palette)),
        ):
            font = font_of(step, QApplication.font())
            metrics = QFontMetricsF(font)
            painter.setFont(font)
            painter.setPen(colour)
            line = QRectF(inside.left(), top, inside.width(), metrics.height())
            text = metrics.elidedText(
                str(index.data(role)), Qt.TextElideMode.ElideRight, inside.width()
            )
            painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
            top += metrics.height()
        painter.restore()
