"""A ring around a text or a list of cards that scrolls, while the keyboard stands on it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop_app.views.design import Space, focus_pen

_MOVES = (QEvent.Type.Move, QEvent.Type.Resize)
_CHANGES = (QEvent.Type.FocusIn, QEvent.Type.FocusOut, QEvent.Type.Show, QEvent.Type.Hide)


class FocusRing(QWidget):
    """Lies over what it rings, a little wider where there is room; the mouse does not feel it."""

    def __init__(self, ringed: QWidget) -> None:
        """Hidden until `ringed`, which has its parent, gets the keyboard."""
        super().__init__(ringed.parentWidget())
        self._ringed = ringed
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        ringed.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow what is ringed."""
        if event.type() in _MOVES or event.type() in _CHANGES:
            self._follow()
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(focus_pen(self.palette()))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 7, 7)

    def _follow(self) -> None:
        ringed, place = self._ringed, self._ringed.parentWidget()
        if place is None:
            return
        if place is not self.parentWidget():  # a layout took it elsewhere
            self.setParent(place)
        room = Space.HAIR
        wide = ringed.geometry().adjusted(-room, -room, room, room)
        self.setGeometry(wide.intersected(place.rect()))
        self.setVisible(ringed.hasFocus())
        self.raise_()
