"""Paints a sentence with its label, the bar of class probabilities and the valence."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPainterPath, QPalette
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop_app.corpus.verdict import Verdict
from desktop_app.item_models.sentence_rows import SentenceRole
from desktop_app.label_names import label_name
from desktop_app.numbers import percent, signed
from desktop_app.views.design import (
    Space,
    Type,
    focus_pen,
    font_of,
    is_dark,
    over,
    quiet_text,
    track_colour,
)
from desktop_app.views.elided_text import Lines
from desktop_app.views.verdict_style import VerdictStyle

_LINES = 2  # of a sentence, before it is elided
_BAR_HEIGHT = 8


class SentenceDelegate(QStyledItemDelegate):
    """Rows of one height, so that ten thousand scroll like ten."""

    def __init__(self, parent: QObject | None = None) -> None:
        """For a bundle yet unknown."""
        super().__init__(parent)
        self.style = VerdictStyle()

    def sizeHint(
        self, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """The height of two lines of text and the line of figures."""
        text, small = self._fonts()
        height = _LINES * QFontMetricsF(text).lineSpacing() + QFontMetricsF(small).height()
        return QSize(option.rect.width(), round(height + 2 * Space.MEDIUM + Space.HAIR))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw one row."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        verdict: Verdict | None = index.data(SentenceRole.VERDICT)
        row = QRectF(option.rect).adjusted(Space.HAIR, 1, -Space.HAIR, -1)
        self._draw_ground(painter, option, row)
        self._draw_stripe(painter, option.palette, row, verdict)
        inner = row.adjusted(Space.LARGE, Space.SMALL, -Space.MEDIUM, -Space.SMALL)
        text, small = self._fonts()
        lines = Lines(index.data(Qt.ItemDataRole.DisplayRole), text, inner.width(), _LINES)
        figures_height = QFontMetricsF(small).height()
        content = lines.height + Space.HAIR + figures_height
        top = inner.center().y() - content / 2
        painter.setPen(option.palette.color(QPalette.ColorRole.Text))
        lines.draw(painter, inner.left(), top)
        figures = QRectF(
            inner.left(), top + lines.height + Space.HAIR, inner.width(), figures_height
        )
        painter.setFont(small)
        if verdict is not None:
            self._draw_figures(painter, option.palette, figures, verdict)
        else:
            painter.setPen(quiet_text(option.palette))
            painter.drawText(figures, Qt.AlignmentFlag.AlignVCenter, "…")
        painter.restore()

    def _fonts(self) -> tuple[QFont, QFont]:
        base = QApplication.font()
        return font_of(Type.BODY, base), font_of(Type.CAPTION, base)

    def _draw_ground(self, painter: QPainter, option: QStyleOptionViewItem, row: QRectF) -> None:
        palette = option.palette
        accent = palette.color(QPalette.ColorRole.Highlight)
        base = palette.color(QPalette.ColorRole.Base)
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
        painter.setPen(focus_pen(palette) if focused else Qt.PenStyle.NoPen)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setBrush(over(accent, base, 0.16))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(palette.color(QPalette.ColorRole.AlternateBase))
        else:
            painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(row, 8, 8)
        painter.setPen(Qt.PenStyle.NoPen)

    def _draw_stripe(
        self, painter: QPainter, palette: QPalette, row: QRectF, verdict: Verdict | None
    ) -> None:
        if verdict is None or verdict.label is None:
            return
        dark = is_dark(palette)
        if verdict.valence is not None and self.style.scale is not None:
            painter.setBrush(self.style.valence_colour(verdict.valence, dark=dark))
        else:
            painter.setBrush(self.style.colour(verdict.label, dark=dark))
        stripe = QRectF(
            row.left() + 4, row.top() + Space.MEDIUM, 4, row.height() - 2 * Space.MEDIUM
        )
        painter.drawRoundedRect(stripe, 2, 2)

    def _draw_figures(
        self, painter: QPainter, palette: QPalette, area: QRectF, verdict: Verdict
    ) -> None:
        if verdict.label is None:
            painter.setPen(quiet_text(palette))
            said = self.tr("No text to judge")
            if verdict.foreign:
                said = self.tr("In another language, not judged")
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, said)
            return
        metrics = QFontMetricsF(painter.font())
        number = 0.0
        if verdict.valence is not None and self.style.scale is not None:
            number = metrics.horizontalAdvance("+0.0") + Space.MEDIUM
            painter.setPen(palette.color(QPalette.ColorRole.Text))
            painter.drawText(
                area,
                Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
                signed(verdict.valence),
            )
        bar = min(150.0, area.width() * 0.34)
        left = area.right() - number - bar
        top = area.center().y() - _BAR_HEIGHT / 2
        self._draw_bar(painter, palette, QRectF(left, top, bar, _BAR_HEIGHT), verdict)
        words = QRectF(area.left(), area.top(), left - area.left() - Space.MEDIUM, area.height())
        text = f"{label_name(verdict.label)}  {percent(verdict.confidence)}"
        if verdict.truncated:
            text += "  ·  " + self.tr("only its beginning was read")
        painter.setPen(quiet_text(palette))
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, shown)

    def _draw_bar(
        self, painter: QPainter, palette: QPalette, bar: QRectF, verdict: Verdict
    ) -> None:
        shape = QPainterPath()
        shape.addRoundedRect(bar, _BAR_HEIGHT / 2, _BAR_HEIGHT / 2)
        painter.save()
        painter.setClipPath(shape)
        painter.fillRect(bar, track_colour(palette))
        left, dark = bar.left(), is_dark(palette)
        for label, share in self.style.shares(verdict):
            width = bar.width() * share
            painter.fillRect(
                QRectF(left, bar.top(), max(width - 1, 0), bar.height()),
                self.style.colour(label, dark=dark),
            )
            left += width
        painter.restore()
