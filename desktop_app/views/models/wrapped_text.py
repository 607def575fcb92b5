"""A text to read and copy that is as high as it needs to be, whatever is in it."""

from __future__ import annotations

import math

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QTextOption
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

_LEAST_WIDTH = 60


class WrappedText(QTextEdit):
    """Breaks a path or a hash where it must, so that nothing is cut off at the edge."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """An empty text, which only the mouse reaches until it gets another focus policy."""
        super().__init__(parent)
        self._lead = 0  # pixels above the text
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAcceptRichText(False)
        self.setUndoRedoEnabled(False)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.document().setDocumentMargin(0)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self._fit()

    def text(self) -> str:
        """What is shown."""
        return self.toPlainText()

    def show_text(self, text: str) -> None:
        """Show another text."""
        if text != self.toPlainText():
            self.setPlainText(text)

    def leave_above(self, pixels: int) -> None:
        """Leave so much room above the text."""
        self._lead = pixels
        self.setViewportMargins(0, pixels, 0, 0)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """Narrow: lines are broken."""
        return QSize(_LEAST_WIDTH, self.height())

    def _fit(self) -> None:
        self.setFixedHeight(self._lead + max(math.ceil(self.document().size().height()), 1))
