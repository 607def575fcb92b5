"""Paints a bundle: its name, what it does, its labels, its hash and licence, or its fault."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPalette
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop_app.colour_scale import scale_colour
from desktop_app.item_models.model_rows import ModelRole
from desktop_app.messages.message_words import message_words
from desktop_app.model_words import identity_words, label_words, make_words
from desktop_app.views.design import (
    Space,
    Type,
    focus_pen,
    font_of,
    is_dark,
    over,
    qcolor,
    quiet_text,
)
from desktop_app.views.icons import Icon, draw_icon

if TYPE_CHECKING:
    from desktop_app.models.model_entry import ModelEntry

_LINES = 3  # below the name
_SIGN = 16


class ModelDelegate(QStyledItemDelegate):
    """Rows of one height."""

    def sizeHint(
        self, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """The height of all lines and the room around them."""
        strong, small = self._metrics(Type.STRONG), self._metrics(Type.CAPTION)
        height = strong.lineSpacing() + _LINES * (small.lineSpacing() + 2)
        return QSize(option.rect.width(), round(height + 2 * Space.MEDIUM))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw one row."""
        entry: ModelEntry = index.data(ModelRole.ENTRY)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = option.palette
        self._draw_ground(painter, option)
        inner = QRectF(option.rect).adjusted(Space.LARGE, Space.MEDIUM, -Space.LARGE, 0)
        name = QRectF(inner.topLeft(), inner.size())
        name.setHeight(self._metrics(Type.STRONG).lineSpacing())
        mark = self.tr("added") if entry.origin == "added" else ""
        self._draw_right(painter, palette, name, mark)
        room = self._metrics(Type.CAPTION).horizontalAdvance(mark) + Space.MEDIUM if mark else 0
        if entry.fault:
            sign = qcolor(scale_colour(-1.0, dark=is_dark(palette)))
            top = name.center().y() - _SIGN / 2
            draw_icon(painter, Icon.WARNING, QRectF(name.left(), top, _SIGN, _SIGN), sign)
            name.setLeft(name.left() + _SIGN + Space.SMALL)
        name.setRight(name.right() - room)
        text = palette.color(QPalette.ColorRole.Text)
        self._draw_line(painter, name, entry.name, Type.STRONG, text)
        lines = [make_words(entry), label_words(entry), identity_words(entry)]
        if entry.fault:
            lines = [self.tr("This file is damaged"), message_words(entry.fault), ""]
        small = self._metrics(Type.CAPTION).lineSpacing()
        for number, line in enumerate(lines):
            top = name.bottom() + 2 + number * (small + 2)
            area = QRectF(inner.left(), top, inner.width(), small)
            strong = number == (0 if entry.fault else 1)
            colour = text if strong else quiet_text(palette)
            self._draw_line(painter, area, line, Type.CAPTION, colour)
        painter.restore()

    def _draw_ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        palette = option.palette
        accent = palette.color(QPalette.ColorRole.Highlight)
        row = QRectF(option.rect).adjusted(Space.HAIR, 1, -Space.HAIR, -1)
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
        painter.setPen(focus_pen(palette) if focused else Qt.PenStyle.NoPen)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setBrush(over(accent, palette.color(QPalette.ColorRole.Base), 0.16))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(palette.color(QPalette.ColorRole.AlternateBase))
        painter.drawRoundedRect(row, 8, 8)
        painter.setPen(Qt.PenStyle.NoPen)

    def _draw_right(self, painter: QPainter, palette: QPalette, area: QRectF, text: str) -> None:
        painter.setFont(font_of(Type.CAPTION, QApplication.font()))
        painter.setPen(quiet_text(palette))
        painter.drawText(area, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)

    def _draw_line(
        self, painter: QPainter, area: QRectF, text: str, step: Type, colour: QColor
    ) -> None:
        font = font_of(step, QApplication.font())
        painter.setFont(font)
        painter.setPen(colour)
        flat = "".join(each if each.isprintable() else " " for each in text)
        shown = QFontMetricsF(font).elidedText(flat, Qt.TextElideMode.ElideRight, area.width())
        how = int(Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextDontClip)
        painter.drawText(area, how, shown)  # a line with Chinese in it is a little higher

    def _metrics(self, step: Type) -> QFontMetricsF:
        return QFontMetricsF(font_of(step, QApplication.font()))
