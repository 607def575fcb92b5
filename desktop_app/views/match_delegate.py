"""Paints a passage with its rank and its similarity to the question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPalette
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop_app.item_models.match_rows import MatchRole
from desktop_app.numbers import similarity, whole
from desktop_app.views.design import Space, Type, focus_pen, font_of, over, quiet_text, track_colour
from desktop_app.views.elided_text import Lines

if TYPE_CHECKING:
    from desktop_app.corpus.passage_index import Match

_LINES = 2
_BAR = (84, 6)  # width, height


class MatchDelegate(QStyledItemDelegate):
    """Rows of one height: rank, words, and a bar that grows with the similarity."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Ready to paint."""
        super().__init__(parent)

    def sizeHint(
        self, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """The height of two lines of text and the room around them."""
        line = QFontMetricsF(font_of(Type.BODY, QApplication.font())).lineSpacing()
        return QSize(option.rect.width(), round(_LINES * line + 2 * Space.MEDIUM + Space.SMALL))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw one row."""
        match: Match = index.data(MatchRole.MATCH)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        row = QRectF(option.rect).adjusted(Space.HAIR, 1, -Space.HAIR, -1)
        palette = option.palette
        accent, base = (
            palette.color(QPalette.ColorRole.Highlight),
            palette.color(QPalette.ColorRole.Base),
        )
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setBrush(over(accent, base, 0.16))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(palette.color(QPalette.ColorRole.AlternateBase))
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
        painter.setPen(focus_pen(palette) if focused else Qt.PenStyle.NoPen)
        painter.drawRoundedRect(row, 8, 8)
        painter.setPen(Qt.PenStyle.NoPen)
        inner = row.adjusted(Space.MEDIUM, Space.MEDIUM - 1, -Space.MEDIUM, -Space.MEDIUM + 1)
        figures = self._draw_figures(painter, palette, inner, match)
        font = font_of(Type.BODY, QApplication.font())
        rank = QFontMetricsF(font).horizontalAdvance("00") + Space.MEDIUM
        width = inner.width() - rank - figures - Space.WIDE
        lines = Lines(match.passage.text, font, width, _LINES)
        top = inner.center().y() - lines.height / 2
        self._draw_rank(painter, palette, QPointF(inner.left(), top), index.row() + 1)
        painter.setPen(palette.color(QPalette.ColorRole.Text))
        lines.draw(painter, inner.left() + rank, top)
        painter.restore()

    def _draw_rank(self, painter: QPainter, palette: QPalette, at: QPointF, rank: int) -> None:
        font = font_of(Type.BODY, QApplication.font())
        painter.setFont(font)
        painter.setPen(quiet_text(palette))
        metrics = QFontMetricsF(font)
        box = QRectF(at.x(), at.y(), metrics.horizontalAdvance("00"), metrics.lineSpacing())
        painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, whole(rank))

    def _draw_figures(
        self, painter: QPainter, palette: QPalette, area: QRectF, match: Match
    ) -> float:
        strong = font_of(Type.STRONG, QApplication.font())
        small = font_of(Type.CAPTION, QApplication.font())
        line = QFontMetricsF(strong).lineSpacing()
        width, height = _BAR
        note = "×" + whole(match.occurrences) if match.occurrences > 1 else ""
        if match.truncated:
            note = " ".join(filter(None, [note, self.tr("cut")]))
        content = line + Space.HAIR + height + (line if note else 0)
        box = QRectF(area.right() - width, area.center().y() - content / 2, width, line)
        painter.setFont(strong)
        painter.setPen(palette.color(QPalette.ColorRole.Text))
        painter.drawText(box, Qt.AlignmentFlag.AlignRight, similarity(match.similarity))
        bar = QRectF(box.left(), box.bottom() + Space.HAIR, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(track_colour(palette))
        painter.drawRoundedRect(bar, height / 2, height / 2)
        filled = QRectF(bar)
        filled.setWidth(max(bar.width() * max(match.similarity, 0.0), height))
        if match.similarity > 0:
            painter.setBrush(palette.color(QPalette.ColorRole.Highlight))
            painter.drawRoundedRect(filled, height / 2, height / 2)
        painter.setFont(small)
        painter.setPen(quiet_text(palette))
        below = QRectF(bar.left(), bar.bottom() + 1, width, line)
        painter.drawText(below, Qt.AlignmentFlag.AlignRight, note)
        return float(width)
