"""What stands where results will be: what to do, and a button to see it done."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop_app.views.design import Space, Type, blend, set_type
from desktop_app.views.icons import Icon, draw_icon
from desktop_app.views.quiet_label import QuietLabel

_ADVICE_WIDTH = 330


class EmptyState(QWidget):
    """A drawing, a headline, a sentence and a button, in the middle of the free space."""

    example_wanted = Signal()

    def __init__(self, icon: Icon, parent: QWidget | None = None) -> None:
        """Without words; the page that owns it gives them in its language."""
        super().__init__(parent)
        self._headline = QLabel(self)
        self._headline.setTextFormat(Qt.TextFormat.PlainText)
        self._headline.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._headline.setWordWrap(True)
        set_type(self._headline, Type.STRONG)
        self._advice = QuietLabel(self, step=Type.BODY)
        self._advice.setWordWrap(True)
        self._advice.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._button = QPushButton(self)
        self._button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # until it has a text
        self._button.clicked.connect(self.example_wanted)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.WIDE, Space.WIDE, Space.WIDE, Space.WIDE)
        column.setSpacing(Space.MEDIUM)
        column.addStretch(1)
        column.addWidget(_Drawing(icon, self), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._headline)
        column.addWidget(self._advice, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(Space.HAIR)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(Space.SMALL)
        self._buttons.addStretch(1)
        self._buttons.addWidget(self._button)
        self._buttons.addStretch(1)
        column.addLayout(self._buttons)
        column.addStretch(1)

    def set_words(self, headline: str, advice: str, button: str) -> None:
        """Put up the words; an empty button text hides the button."""
        self._headline.setText(headline)
        self._advice.setText(advice)
        self._advice.setFixedSize(_ADVICE_WIDTH, self._advice.heightForWidth(_ADVICE_WIDTH))
        self._button.setText(button)
        self._button.setAccessibleName(button)
        self._button.setVisible(bool(button))
        policy = Qt.FocusPolicy.StrongFocus if button else Qt.FocusPolicy.NoFocus
        self._button.setFocusPolicy(policy)

    def add_button(self, button: QPushButton) -> None:
        """Put another button beside the first."""
        self._buttons.insertWidget(self._buttons.count() - 1, button)

    def focus_button(self) -> None:
        """Put the keyboard on the button."""
        self._button.setFocus(Qt.FocusReason.OtherFocusReason)


class _Drawing(QWidget):
    def __init__(self, icon: Icon, parent: QWidget) -> None:
        super().__init__(parent)
        self._icon = icon

    def sizeHint(self) -> QSize:
        return QSize(56, 56)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        colour = blend(self.palette(), 0.35, ground=QPalette.ColorRole.Base)
        draw_icon(painter, self._icon, QRectF(self.rect()).adjusted(4, 4, -4, -4), colour)
