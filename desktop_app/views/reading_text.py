"""A long text to read and copy, not to change."""

from __future__ import annotations

from PySide6.QtGui import QFontDatabase, QFontInfo
from PySide6.QtWidgets import QApplication, QFrame, QPlainTextEdit, QWidget

from desktop_app.views.design import Type, font_of


class ReadingText(QPlainTextEdit):
    """Read-only, without a frame, in letters of one width; Tab leaves it."""

    def __init__(self, parent: QWidget | None = None, *, wrap: bool = True) -> None:
        """An empty text.

        Args:
            parent: the Qt parent.
            wrap: break long lines at the edge.
        """
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setUndoRedoEnabled(False)
        self.document().setDocumentMargin(0)
        mode = QPlainTextEdit.LineWrapMode
        self.setLineWrapMode(mode.WidgetWidth if wrap else mode.NoWrap)
        fixed = QFontInfo(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        base = QApplication.font()
        font = font_of(Type.CAPTION, base)
        font.setFamilies([fixed.family() if fixed.fixedPitch() else "monospace", *base.families()])
        self.setFont(font)
