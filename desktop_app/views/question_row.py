"""A question in the place of what it is about: yes in one button, no in the other."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from desktop_app.views.design import Space

_MOST_OF_A_NAME = 48  # characters
_LEAST_WIDTH = 120  # of the question


def shortened(name: str) -> str:
    """A name as a question has room for it: its beginning and its end."""
    if len(name) <= _MOST_OF_A_NAME:
        return name
    half = _MOST_OF_A_NAME // 2
    return f"{name[:half]}…{name[-half:]}"


class QuestionRow(QWidget):
    """Hidden until it is asked; Escape is a no. The keyboard stands on "no"."""

    agreed = Signal()
    declined = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Nothing is asked."""
        super().__init__(parent)
        self._text = QLabel(self)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)
        self._text.setMinimumWidth(_LEAST_WIDTH)
        self.yes_button, self.no_button = QPushButton(self), QPushButton(self)
        self.yes_button.clicked.connect(self._agree)
        self.no_button.clicked.connect(self._decline)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.SMALL)
        row.addWidget(self._text, 1)
        row.addWidget(self.yes_button)
        row.addWidget(self.no_button)
        self.say("", yes=self.tr("Yes"), no=self.tr("No"))  # never seen: a control has a name
        self.hide()

    @property
    def text(self) -> str:
        """What is asked; an empty string while nothing is."""
        return "" if self.isHidden() else self._text.text()

    def ask(self, question: str, *, yes: str, no: str) -> None:
        """Ask, in place of any other question."""
        self.say(question, yes=yes, no=no)
        self.show()
        self.no_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def say(self, question: str, *, yes: str, no: str) -> None:
        """Say the same in another language."""
        self._text.setText(question)
        self.setAccessibleName(question)
        for button, word in ((self.yes_button, yes), (self.no_button, no)):
            button.setText(word)
            button.setAccessibleName(word)
            button.setAccessibleDescription(question)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape declines."""
        if event.key() == Qt.Key.Key_Escape:
            self._decline()
        else:
            super().keyPressEvent(event)

    def _agree(self) -> None:
        self.hide()
        self.agreed.emit()

    def _decline(self) -> None:
        self.hide()
        self.declined.emit()
