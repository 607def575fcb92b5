"""One measurement of a bundle: what was found, a button to do it, and how far it is."""

from __future__ import annotations

import time

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop_app.inference.models_session import ModelWork
from desktop_app.views.design import Space, Type, set_type
from desktop_app.views.progress_line import ProgressLine
from desktop_app.views.quiet_label import QuietLabel

_TICK_MS = 200
_MOST_BEFORE_THE_END = 0.97  # a bar that is full while work goes on would lie


class MeasureRow(QWidget):
    """The owner gives heading, result and words of the button; this shows the work."""

    wanted = Signal()
    cancel_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Nothing is measured."""
        super().__init__(parent)
        self._work: ModelWork | None = None
        self.heading = QLabel(self)
        self.heading.setTextFormat(Qt.TextFormat.PlainText)
        set_type(self.heading, Type.STRONG)
        self.result = QuietLabel(self, step=Type.BODY)
        self.result.setWordWrap(True)
        self.button = QPushButton(self)
        self.button.clicked.connect(self.wanted)
        self.cancel_button = QPushButton(self)
        self.cancel_button.clicked.connect(self.cancel_wanted)
        self._line = ProgressLine(self)
        head = QHBoxLayout()
        head.setSpacing(Space.SMALL)
        head.addWidget(self.heading, 1)
        head.addWidget(self.button)
        head.addWidget(self.cancel_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.HAIR)
        column.addLayout(head)
        column.addWidget(self._line)
        column.addWidget(self.result)
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._show_time)
        self._idle_result = ""
        self.retranslate()
        self.show_work(None)

    def show_result(self, text: str) -> None:
        """Show what was found, when nothing is being done."""
        self._idle_result = text
        self.retranslate()

    def show_work(self, work: ModelWork | None) -> None:
        """Show that it is being measured, or no longer."""
        had_focus = self.button.hasFocus() or self.cancel_button.hasFocus()
        self._work = work
        self._line.setVisible(work is not None)
        self.button.setVisible(work is None)
        self.cancel_button.setVisible(work is not None)
        if had_focus:
            (self.button if work is None else self.cancel_button).setFocus()
        if work is None:
            self._timer.stop()
        else:
            self._timer.start()
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the current language."""
        self.cancel_button.setText(self.tr("Cancel"))
        self.cancel_button.setAccessibleName(self.tr("Cancel the measurement"))
        if self._work is None:
            self.result.setText(self._idle_result)
        else:
            self._show_time()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _show_time(self) -> None:
        work = self._work
        if work is None:
            return
        seconds = work.seconds
        past = time.monotonic() - work.since
        if seconds is None:
            self._line.show_share(0.5)
            self.result.setText(self.tr("Being tested…"))
            return
        self._line.show_share(min(past / max(seconds, 1e-3), _MOST_BEFORE_THE_END))
        left = max(1, round(seconds - past))
        self.result.setText(self.tr("Being measured, about %Ln second(s) left", "", left))
