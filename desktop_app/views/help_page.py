"""The frame of the pages behind the menu Help: a way back, a title, messages, the rest."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop_app.views.design import Space, Type, set_type
from desktop_app.views.message_bar import MessageBar


class HelpPage(QWidget):
    """Escape or the button leads back to where one came from."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """An empty page; add to `column`, buttons to `head`."""
        super().__init__(parent)
        self.back_button = QPushButton(self)
        self.back_button.clicked.connect(self.closed)
        self.title = QLabel(self)
        set_type(self.title, Type.TITLE)
        self.messages = MessageBar(self)
        self.head = QHBoxLayout()
        self.head.setSpacing(Space.SMALL)
        self.head.addWidget(self.back_button)
        self.head.addSpacing(Space.SMALL)
        self.head.addWidget(self.title)
        self.head.addStretch(1)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(Space.PAGE, Space.WIDE, Space.PAGE, Space.WIDE)
        self.column.setSpacing(Space.LARGE)
        self.column.addLayout(self.head)
        self.column.addWidget(self.messages)

    def open(self) -> None:
        """Called each time the page comes into view."""
        self.focus_first()

    def focus_first(self) -> None:
        """Put the keyboard where one begins."""
        self.back_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        """Say everything in the current language."""
        self.back_button.setText(self.tr("‹ Back"))
        self.back_button.setAccessibleName(self.tr("Back to the page before"))
        self.back_button.setToolTip(self.tr("Back to the page before (Esc)"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leads back."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)
