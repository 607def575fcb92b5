"""The probability of every class as a row of its own: name, bar, share."""

from __future__ import annotations

import math

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_app.corpus.verdict import Verdict
from desktop_app.label_names import label_name
from desktop_app.numbers import percent, whole
from desktop_app.views.design import Space, Type, is_dark, quiet_text, set_type, track_colour
from desktop_app.views.verdict_style import VerdictStyle

_MOST, _FEWEST = 8, 5  # rows; with more classes the likeliest are shown and the rest summed up
_BAR_HEIGHT = 8


class ProbabilityBars(QWidget):
    """As many rows as there are classes, up to a limit."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Without a verdict."""
        super().__init__(parent)
        self._style = VerdictStyle()
        self._verdict: Verdict | None = None
        set_type(self, Type.CAPTION)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def show_verdict(self, style: VerdictStyle, verdict: Verdict | None) -> None:
        """Show the classes of another verdict."""
        changed = style.labels != self._style.labels
        self._style, self._verdict = style, verdict
        rows = [f"{name} {percent(share)}" for _, name, share in self._rows(_MOST)]
        self.setAccessibleName(self.tr("Class probabilities"))
        self.setAccessibleDescription("; ".join(rows))
        if changed:
            self.setMinimumHeight(self._height_of(_FEWEST))  # the usual five are always seen
            self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """A line for each row."""
        return QSize(240, self._height_of(_MOST))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the rows."""
        rows = self._rows(max(1, int(self.height() / self._row_height())))
        if not rows:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette, dark = self.palette(), is_dark(self.palette())
        metrics = QFontMetricsF(self.font())
        widest = max(metrics.horizontalAdvance(name) for _, name, _ in rows)
        names = min(widest + Space.MEDIUM, self.width() * 0.45)
        figures = metrics.horizontalAdvance(">99%") + Space.MEDIUM
        height = self._row_height()
        for number, (label, name, share) in enumerate(rows):
            line = QRectF(0, number * height, self.width(), height)
            painter.setPen(quiet_text(palette))
            shown = metrics.elidedText(name, Qt.TextElideMode.ElideRight, names - Space.SMALL)
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, shown)
            painter.setPen(palette.color(QPalette.ColorRole.Text))
            right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            painter.drawText(line, right, percent(share))
            top = line.center().y() - _BAR_HEIGHT / 2
            track = QRectF(names, top, self.width() - names - figures, _BAR_HEIGHT)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(track_colour(palette))
            painter.drawRoundedRect(track, _BAR_HEIGHT / 2, _BAR_HEIGHT / 2)
            if share >= 0.005:
                filled = QRectF(track)
                filled.setWidth(max(track.width() * share, _BAR_HEIGHT))
                colour = self._style.colour(label, dark=dark) if label else quiet_text(palette)
                painter.setBrush(colour)
                painter.drawRoundedRect(filled, _BAR_HEIGHT / 2, _BAR_HEIGHT / 2)

    def _row_height(self) -> float:
        return QFontMetricsF(self.font()).height() + Space.SMALL - 1

    def _height_of(self, most: int) -> int:
        return math.ceil(min(max(len(self._style.labels), 1), most) * self._row_height())

    def _rows(self, most: int) -> list[tuple[str, str, float]]:
        """Label ("" for the sum of the rest), name and share; at most so many rows."""
        if self._verdict is None or self._verdict.label is None:
            return []
        shares = self._style.shares(self._verdict)
        shown = shares
        if len(shares) > most:
            shares = sorted(shares, key=lambda pair: -pair[1])
            shown = shares[: most - 1]
        rows = [(label, label_name(label), share) for label, share in shown]
        left_out = shares[len(shown) :]
        if left_out:
            name = self.tr("%1 others").replace("%1", whole(len(left_out)))
            rows.append(("", name, sum(share for _, share in left_out)))
        return rows
