"""A thin bar that fills from the left."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QWidget

from desktop_app.views.design import track_colour

_HEIGHT = 4


class ProgressLine(QWidget):
    """Shows a share of a whole; words beside it say the same."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty."""
        super().__init__(parent)
        self.setFixedHeight(_HEIGHT)
        self._share = 0.0

    @property
    def share(self) -> float:
        """From 0 to 1."""
        return self._share

    def show_share(self, share: float) -> None:
        """Show another share, from 0 to 1."""
        self._share = min(max(share, 0.0), 1.0)
        self.update()

    def sizeHint(self) -> QSize:
        """Thin."""
        return QSize(120, _HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw track and bar."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        track = QRectF(self.rect())
        painter.setBrush(track_colour(self.palette()))
        painter.drawRoundedRect(track, _HEIGHT / 2, _HEIGHT / 2)
        if self._share > 0:
            filled = QRectF(track)
            filled.setWidth(max(track.width() * self._share, _HEIGHT))
            painter.setBrush(self.palette().color(QPalette.ColorRole.Highlight))
            painter.drawRoundedRect(filled, _HEIGHT / 2, _HEIGHT / 2)
