"""The scale of a bundle with the place of one verdict on it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QFontMetricsF,
    QLinearGradient,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_app.numbers import signed
from desktop_app.views.design import Space, Type, is_dark, quiet_text, set_type
from desktop_app.views.verdict_style import VerdictStyle

_TRACK, _KNOB = 8, 18  # heights
_STOPS = 9  # of the colour run


class ValenceScale(QWidget):
    """A coloured line from the lowest to the highest value, a knob on it, and the ends' names."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Without a value."""
        super().__init__(parent)
        self._style = VerdictStyle()
        self._valence: float | None = None
        set_type(self, Type.CAPTION)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_valence(self, style: VerdictStyle, valence: float | None) -> None:
        """Move the knob; without a value or a scale nothing is drawn."""
        self._style, self._valence = style, valence
        self.setAccessibleName(self.tr("Valence"))
        self.setAccessibleDescription(signed(valence) if valence is not None else "")
        self.setVisible(valence is not None and style.scale is not None)
        self.update()

    def sizeHint(self) -> QSize:
        """The line and the numbers under it."""
        return QSize(240, _KNOB + Space.HAIR + round(QFontMetricsF(self.font()).height()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw line, ticks and knob."""
        if self._valence is None or self._style.scale is None:
            return
        low, high = self._style.scale
        dark = is_dark(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        track = QRectF(0, (_KNOB - _TRACK) / 2, self.width(), _TRACK)
        run = QLinearGradient(track.topLeft(), track.topRight())
        for stop in range(_STOPS):
            share = stop / (_STOPS - 1)
            run.setColorAt(share, self._style.valence_colour(low + share * (high - low), dark=dark))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(run)
        painter.drawRoundedRect(track, _TRACK / 2, _TRACK / 2)
        self._draw_numbers(painter, track, low, high)
        share = (min(max(self._valence, low), high) - low) / (high - low)
        edge = _KNOB / 2  # the knob stays whole at both ends
        x = min(max(share * track.width(), edge), track.width() - edge)
        centre = QPointF(x, track.center().y())
        painter.setBrush(self.palette().color(QPalette.ColorRole.Base))
        painter.setPen(QPen(self._style.valence_colour(self._valence, dark=dark), 3.5))
        painter.drawEllipse(centre, _KNOB / 2 - 2.5, _KNOB / 2 - 2.5)

    def _draw_numbers(self, painter: QPainter, track: QRectF, low: float, high: float) -> None:
        painter.setPen(quiet_text(self.palette()))
        metrics = QFontMetricsF(self.font())
        ticks = [low, 0.0, high] if low < 0.0 < high else [low, high]
        for value in ticks:
            text = signed(value, 0 if float(value).is_integer() else 1)
            width = metrics.horizontalAdvance(text)
            x = track.left() + (value - low) / (high - low) * track.width() - width / 2
            x = min(max(x, 0.0), self.width() - width)
            painter.drawText(QPointF(x, _KNOB + Space.HAIR / 2 + metrics.ascent()), text)
