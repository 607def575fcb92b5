"""A line of text of second rank."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from desktop_app.views.design import Type, quiet_text, set_type


class QuietLabel(QLabel):
    """A label in the caption size and a softer shade of the text colour, on one line by default."""

    def __init__(self, parent: QWidget | None = None, *, step: Type = Type.CAPTION) -> None:
        """An empty label."""
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        set_type(self, step)
        self._restyle()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.ApplicationPaletteChange):
            self._restyle()

    def _restyle(self) -> None:
        shade = quiet_text(QApplication.palette())
        if self.palette().color(QPalette.ColorRole.WindowText) != shade:
            palette = QPalette()
            palette.setColor(QPalette.ColorRole.WindowText, shade)
            self.setPalette(palette)
