"""A plain text editor that can show one passage and say which one the cursor stands in."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPalette, QTextCharFormat, QTextCursor, QTextOption
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QTextEdit, QWidget

from desktop_app.views.design import Type, over, set_type
from desktop_app.views.text_offsets import TextOffsets

_LONGEST_WORD = 5_000  # characters; Qt takes the square of a longer one's length to wrap it


class TextEditor(QPlainTextEdit):
    """Offsets are those of Python strings throughout.

    A text longer than the limit is cut when it is pasted or set, and said so.
    """

    cursor_moved = Signal(int)  # offset
    text_cut = Signal(int)  # the limit, in characters

    def __init__(self, limit: int, parent: QWidget | None = None) -> None:
        """An empty editor that takes at most `limit` characters from outside."""
        super().__init__(parent)
        self._limit = limit
        self._passage: tuple[int, int] | None = None
        self._offsets: TextOffsets | None = None  # of the present text, made when needed
        self.textChanged.connect(self._forget_offsets)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabChangesFocus(True)
        set_type(self, Type.READING)
        self.document().setDocumentMargin(0)
        self.setTabStopDistance(4 * QFontMetricsF(self.font()).horizontalAdvance(" "))
        self.cursorPositionChanged.connect(self._tell_cursor)

    @property
    def shown_passage(self) -> tuple[int, int] | None:
        """Offsets of the passage that is highlighted, if any."""
        return self._passage

    def set_text(self, text: str) -> None:
        """Replace the text, as one step that can be undone."""
        if len(text) > self._limit:
            text = text[: self._limit]
            self.text_cut.emit(self._limit)
        self._choose_wrapping(text, whole=True)
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text)
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def show_passage(self, start: int, end: int, *, scroll: bool) -> None:
        """Highlight a stretch of the text; nothing is selected and the cursor stays."""
        offsets = self._current_offsets()
        cursor = QTextCursor(self.document())
        last = self.document().characterCount() - 1
        cursor.setPosition(min(offsets.to_qt(start), last))
        cursor.setPosition(min(offsets.to_qt(end), last), QTextCursor.MoveMode.KeepAnchor)
        self._passage = (start, end)
        mark = QTextEdit.ExtraSelection()
        mark.cursor = cursor
        mark.format = self._passage_format()
        self.setExtraSelections([mark])
        if scroll:
            self._bring_into_view(cursor)

    def clear_passage(self) -> None:
        """Highlight nothing."""
        self._passage = None
        self.setExtraSelections([])

    def changeEvent(self, event: QEvent) -> None:
        """Redo the highlight when the theme changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._passage is not None:
            self.show_passage(*self._passage, scroll=False)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Text, never files: those are for the window."""
        return not source.hasUrls() and super().canInsertFromMimeData(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste as plain text, as much as there is room for."""
        if source.hasUrls() or not source.hasText():
            return
        room = self._limit - self.document().characterCount() + 1
        room += self.textCursor().selectionEnd() - self.textCursor().selectionStart()
        text = source.text()
        if len(text) > room:
            self.text_cut.emit(self._limit)
        text = text[: max(room, 0)]
        self._choose_wrapping(text, whole=self.document().isEmpty())
        self.textCursor().insertText(text)
        self.ensureCursorVisible()

    def _choose_wrapping(self, text: str, *, whole: bool) -> None:
        """Where a word has thousands of letters, lines end within words."""
        anywhere = any(len(word) > _LONGEST_WORD and word.isascii() for word in text.split())
        if anywhere or whole:
            mode = QTextOption.WrapMode
            self.setWordWrapMode(
                mode.WrapAnywhere if anywhere else mode.WrapAtWordBoundaryOrAnywhere
            )

    def _tell_cursor(self) -> None:
        position = self.textCursor().position()
        self.cursor_moved.emit(self._current_offsets().from_qt(position))

    def _current_offsets(self) -> TextOffsets:
        if self._offsets is None:
            self._offsets = TextOffsets(self.toPlainText())
        return self._offsets

    def _forget_offsets(self) -> None:
        self._offsets = None

    def _passage_format(self) -> QTextCharFormat:
        palette = self.palette()
        accent = palette.color(QPalette.ColorRole.Highlight)
        form = QTextCharFormat()
        form.setBackground(over(accent, palette.color(QPalette.ColorRole.Base), 0.24))
        form.setForeground(palette.color(QPalette.ColorRole.Text))
        return form

    def _bring_into_view(self, passage: QTextCursor) -> None:
        start = QTextCursor(self.document())
        start.setPosition(passage.selectionStart())
        area = self.viewport().rect().adjusted(0, 24, 0, -24)
        if area.contains(self.cursorRect(start).center()):
            return
        kept, blocked = self.textCursor(), self.blockSignals(True)
        self.setTextCursor(start)
        self.centerCursor()
        bar = self.verticalScrollBar().value()
        self.setTextCursor(kept)
        self.verticalScrollBar().setValue(bar)
        self.blockSignals(blocked)
