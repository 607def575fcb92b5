"""Paints the cells of a preview: the column that will be judged stands out, odd rows are marked."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPalette
from PySide6.QtWidgets import QApplication, QStyledItemDelegate, QStyleOptionViewItem

from desktop_app.colour_scale import scale_colour
from desktop_app.item_models.preview_rows import NOTE_ROLE
from desktop_app.views.design import (
    Space,
    Type,
    font_of,
    is_dark,
    line_colour,
    over,
    qcolor,
    quiet_text,
)
from desktop_app.views.files.cell_frame import draw_cell_frame
from desktop_app.views.icons import Icon, draw_icon

_SIGN = 14.0


class PreviewDelegate(QStyledItemDelegate):
    """One line a cell."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Without a column that stands out."""
        super().__init__(parent)
        self.text_column = -1

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw one cell."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = option.palette
        base = palette.color(QPalette.ColorRole.Base)
        accent = palette.color(QPalette.ColorRole.Highlight)
        judged = index.column() == self.text_column
        if judged:
            painter.fillRect(option.rect, over(accent, base, 0.07))
        draw_cell_frame(painter, option, line=line_colour(palette), accent=accent)
        area = QRectF(option.rect).adjusted(Space.SMALL, 0, -Space.SMALL, 0)
        if index.column() == 0 and index.data(NOTE_ROLE):
            sign = QRectF(area.left(), area.center().y() - _SIGN / 2, _SIGN, _SIGN)
            draw_icon(
                painter, Icon.WARNING, sign, qcolor(scale_colour(-1.0, dark=is_dark(palette)))
            )
            area.setLeft(sign.right() + Space.HAIR)
        font = font_of(Type.BODY, QApplication.font())
        painter.setFont(font)
        painter.setPen(palette.color(QPalette.ColorRole.Text) if judged else quiet_text(palette))
        text = index.data(Qt.ItemDataRole.DisplayRole) or ""
        shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, shown)
        painter.restore()
