"""A line above the page that says what happened, without stopping anyone."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from desktop_app.colour_scale import scale_colour
from desktop_app.views.design import CORNER, Space, Type, is_dark, over, qcolor, set_type
from desktop_app.views.icons import Icon, draw_icon

QUIET_NOTE_MS = 8_000  # a note that asks nothing of the reader goes away by itself


class MessageBar(QWidget):
    """One message at a time: a note that fades, or a warning that stays until it is closed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Hidden until there is something to say."""
        super().__init__(parent)
        self._text: Callable[[], str] = str
        self._warning = False
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.PAGE + Space.HAIR, Space.SMALL, Space.SMALL, Space.SMALL)
        self._label = QLabel(self)
        self._label.setWordWrap(True)
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        set_type(self._label, Type.BODY)
        self._close = QToolButton(self)
        self._close.setText("✕")
        self._close.setAutoRaise(True)
        self._close.clicked.connect(self.dismiss)
        row.addWidget(self._label, 1)
        row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(QUIET_NOTE_MS)
        self._timer.timeout.connect(self.dismiss)
        self.hide()
        self.retranslate()

    @property
    def text(self) -> str:
        """What is being said, an empty string while hidden."""
        return "" if self.isHidden() else self._label.text()

    def note(self, text: Callable[[], str]) -> None:
        """Say something that needs no action; it goes away by itself."""
        self._show(text, warning=False)
        self._timer.start()

    def warn(self, text: Callable[[], str]) -> None:
        """Say what went wrong; it stays until closed or replaced."""
        self._timer.stop()
        self._show(text, warning=True)

    def dismiss(self) -> None:
        """Say nothing more."""
        self._timer.stop()
        self.hide()

    def retranslate(self) -> None:
        """Say the same in the current language."""
        self._close.setAccessibleName(self.tr("Close this message"))
        self._close.setToolTip(self.tr("Close this message"))
        self._label.setText(self._text())
        self.setAccessibleName(self._label.text())

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw a tinted surface with a sign."""
        palette = self.palette()
        sign = qcolor(scale_colour(-1.0 if self._warning else 1.0, dark=is_dark(palette)))
        ground = palette.color(QPalette.ColorRole.Base)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(over(sign, ground, 0.45), 1))
        painter.setBrush(over(sign, ground, 0.10))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), CORNER, CORNER)
        side = 18.0
        area = QRectF(Space.MEDIUM, (self.height() - side) / 2, side, side)
        draw_icon(painter, Icon.WARNING if self._warning else Icon.INFO, area, sign)

    def sizeHint(self) -> QSize:
        """At least one comfortable line."""
        return super().sizeHint().expandedTo(QSize(0, 40))

    def _show(self, text: Callable[[], str], *, warning: bool) -> None:
        self._text, self._warning = text, warning
        self.retranslate()
        self.show()
        self.update()
