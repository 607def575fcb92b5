"""How far the text has been read: a thin bar, figures, and a button to stop."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop_app.inference.search_session import ReadingProgress
from desktop_app.numbers import whole
from desktop_app.views.design import Space
from desktop_app.views.progress_line import ProgressLine
from desktop_app.views.quiet_label import QuietLabel


class ReadingBar(QWidget):
    """Quiet when all is read; a bar with figures and a button while there is more."""

    stop_wanted = Signal()
    continue_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Nothing to read yet."""
        super().__init__(parent)
        self._progress: ReadingProgress | None = None
        self._line = ProgressLine(self)
        self._label = QuietLabel(self)
        self.button = QPushButton(self)
        self.button.clicked.connect(self._clicked)
        row = QHBoxLayout()
        row.addWidget(self._label, 1)
        row.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.SMALL)
        column.addWidget(self._line)
        column.addLayout(row)
        self.retranslate()

    @property
    def text(self) -> str:
        """The figures as shown."""
        return self._label.text()

    def show_progress(self, progress: ReadingProgress) -> None:
        """Show another state."""
        self._progress = progress
        self.retranslate()

    def retranslate(self) -> None:
        """Say it in the current language."""
        progress = self._progress
        unread = progress is not None and progress.done < progress.total
        busy = unread and (progress.running or progress.stopped)  # type: ignore[union-attr]
        share = progress.done / progress.total if progress and progress.total else 0.0
        self._line.show_share(share)
        self._line.setVisible(busy)
        self.button.setVisible(busy)
        stopped = progress is not None and progress.stopped
        self.button.setText(self.tr("Continue") if stopped else self.tr("Stop"))
        self.button.setAccessibleName(
            self.tr("Continue reading the text") if stopped else self.tr("Stop reading the text")
        )
        self._label.setText(self._text(progress) if progress is not None else "")

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _text(self, progress: ReadingProgress) -> str:
        if progress.passages == 0:
            return ""
        if progress.done == progress.total:
            text = self.tr("%Ln passage(s), all read", "", progress.passages)
        else:
            text = self.tr("%1 of %2 read")
            text = text.replace("%1", whole(progress.done)).replace("%2", whole(progress.total))
            left = progress.seconds_left
            if progress.running and left is not None:
                rate = self.tr("%1 a second").replace("%1", whole(round(progress.per_second)))
                rest = self.tr("%Ln second(s) left", "", max(1, round(left)))
                text = f"{text}  ·  {rate}  ·  {rest}"
        if progress.left_out:
            text += "  ·  " + self.tr("%Ln passage(s) left out", "", progress.left_out)
        return text

    def _clicked(self) -> None:
        if self._progress is not None and self._progress.stopped:
            self.continue_wanted.emit()
        else:
            self.stop_wanted.emit()
