"""Paints the cells of a table of verdicts: a dot before a label, small bars behind figures."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPalette, QPen
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop_app.item_models.file_rows import CORRECTED_ROLE, VALUE_ROLE, FileColumn
from desktop_app.views.design import (
    Space,
    Type,
    font_of,
    is_dark,
    line_colour,
    over,
    quiet_text,
    track_colour,
)
from desktop_app.views.files.cell_frame import draw_cell_frame
from desktop_app.views.verdict_style import VerdictStyle

ROW_HEIGHT = 34
_DOT, _BAR = 9.0, 6.0
_QUIET = (FileColumn.LANGUAGE, FileColumn.STATUS)


class _Shades:
    """The colours and the font of one palette: they are asked for in every cell."""

    def __init__(self, palette: QPalette) -> None:
        base = palette.color(QPalette.ColorRole.Base)
        self.key = palette.cacheKey()
        self.dark = is_dark(palette)
        self.text = palette.color(QPalette.ColorRole.Text)
        self.quiet = quiet_text(palette)
        self.line = line_colour(palette)
        self.track = track_colour(palette)
        self.accent = palette.color(QPalette.ColorRole.Highlight)
        self.chosen = over(self.accent, base, 0.16)
        self.hover = palette.color(QPalette.ColorRole.AlternateBase)
        self.font = font_of(Type.BODY, QApplication.font())
        self.metrics = QFontMetricsF(self.font)
        self.percent_width = self.metrics.horizontalAdvance(">99%") + Space.SMALL
        self.signed_width = self.metrics.horizontalAdvance("+0.0") + Space.HAIR


class RowDelegate(QStyledItemDelegate):
    """Draws whole cells itself; Qt's own drawing asks the model for far more."""

    def __init__(self, parent: QObject | None = None) -> None:
        """For bundles yet unknown."""
        super().__init__(parent)
        self._style = VerdictStyle()
        self._colours: dict[tuple[str, bool], QColor] = {}
        self._shades = _Shades(QApplication.palette())

    @property
    def style(self) -> VerdictStyle:
        """How the bundles' labels look."""
        return self._style

    @style.setter
    def style(self, style: VerdictStyle) -> None:
        if style != self._style:
            self._style = style
            self._colours.clear()

    def sizeHint(
        self, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """One height for all."""
        return QSize(option.rect.width(), ROW_HEIGHT)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw one cell."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.palette.cacheKey() != self._shades.key:
            self._shades = _Shades(option.palette)
        shades = self._shades
        self._draw_ground(painter, option)
        area = QRectF(option.rect).adjusted(Space.SMALL, 0, -Space.SMALL, 0)
        painter.setFont(shades.font)
        painter.setPen(shades.text)
        column = index.column()
        if column == FileColumn.LABEL:
            self._draw_label(painter, area, index)
        elif column == FileColumn.CONFIDENCE:
            self._draw_confidence(painter, area, index)
        elif column == FileColumn.VALENCE:
            self._draw_valence(painter, area, index)
        else:
            if column in _QUIET or column >= len(FileColumn):
                painter.setPen(shades.quiet)
            self._words(painter, area, index.data(Qt.ItemDataRole.DisplayRole))
        painter.restore()

    def _draw_ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        shades = self._shades
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, shades.chosen)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(option.rect, shades.hover)
        draw_cell_frame(painter, option, line=shades.line, accent=shades.accent)

    def _draw_label(
        self,
        painter: QPainter,
        area: QRectF,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        label = index.data(VALUE_ROLE)
        if label is None:
            return
        pen = painter.pen()
        colour = self._colour(label, dark=self._shades.dark)
        dot = QPointF(area.left() + _DOT / 2, area.center().y())
        if index.data(CORRECTED_ROLE):  # a ring: a person's
            painter.setPen(QPen(colour, 2.4))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(dot, _DOT / 2 - 1, _DOT / 2 - 1)
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            painter.drawEllipse(dot, _DOT / 2, _DOT / 2)
        painter.setPen(pen)
        words = area.adjusted(_DOT + Space.SMALL, 0, 0, 0)
        self._words(painter, words, index.data(Qt.ItemDataRole.DisplayRole))

    def _colour(self, label: str, *, dark: bool) -> QColor:
        found = self._colours.get((label, dark))
        if found is None:
            found = self._colours[label, dark] = self._style.colour(label, dark=dark)
        return found

    def _draw_confidence(
        self,
        painter: QPainter,
        area: QRectF,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        share = index.data(VALUE_ROLE)
        if share is None:
            return
        words = index.data(Qt.ItemDataRole.DisplayRole)
        track = self._figures_and_track(painter, area, words, self._shades.percent_width)
        if track is None:
            return
        track.setWidth(max(track.width() * share, _BAR))
        painter.setBrush(self._shades.quiet)
        painter.drawRoundedRect(track, _BAR / 2, _BAR / 2)

    def _draw_valence(
        self,
        painter: QPainter,
        area: QRectF,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        valence = index.data(VALUE_ROLE)
        if valence is None:
            return
        words = index.data(Qt.ItemDataRole.DisplayRole)
        track = self._figures_and_track(painter, area, words, self._shades.signed_width)
        if track is None or self.style.scale is None:
            return
        low, high = self.style.scale
        zero = min(max(0.0, low), high)
        ends = sorted(
            track.left() + track.width() * (min(max(value, low), high) - low) / (high - low)
            for value in (zero, valence)
        )
        bar = QRectF(ends[0], track.top(), max(ends[1] - ends[0], 2), _BAR)
        painter.setBrush(self.style.valence_colour(valence, dark=self._shades.dark))
        painter.drawRoundedRect(bar, 2, 2)

    def _figures_and_track(
        self, painter: QPainter, area: QRectF, words: str, width: float
    ) -> QRectF | None:
        """Draw figures and, where there is room, the empty track behind them; where it is."""
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        figures = QRectF(area.left(), area.top(), width, area.height())
        painter.drawText(figures, right, words)
        track = QRectF(figures.right() + Space.SMALL, area.center().y() - _BAR / 2, 0, _BAR)
        track.setRight(area.right())
        if track.width() < 16:
            return None
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._shades.track)
        painter.drawRoundedRect(track, _BAR / 2, _BAR / 2)
        return track

    def _words(self, painter: QPainter, area: QRectF, text: str | None) -> None:
        if text:
            side = Qt.TextElideMode.ElideRight
            shown = self._shades.metrics.elidedText(text, side, area.width())
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, shown)
