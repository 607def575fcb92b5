"""The log, as it grows, and a report for whoever looks for a fault."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import get_args

from PySide6.QtCore import QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication, QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from desktop_app.inference.background_result import BackgroundResult
from desktop_app.log_file import last_lines
from desktop_app.log_lines import Level, lines_from
from desktop_app.views.card import Card
from desktop_app.views.choice_box import ChoiceBox
from desktop_app.views.design import Space
from desktop_app.views.focus_ring import FocusRing
from desktop_app.views.help_page import HelpPage
from desktop_app.views.quiet_label import QuietLabel
from desktop_app.views.reading_text import ReadingText

SHOWN_LINES = 2000
_REFRESH_MS = 1000
_LEVELS: tuple[Level, ...] = get_args(Level)


class LogPage(HelpPage):
    """Shows the end of the log; new lines appear while the page is in view."""

    def __init__(
        self, log: Path | None, diagnose: Callable[[], str], parent: QWidget | None = None
    ) -> None:
        """Nothing is read before the page is opened.

        Args:
            log: the file; None: no log is kept.
            diagnose: makes the report; called on another thread.
            parent: the Qt parent.
        """
        super().__init__(parent)
        self._log, self._diagnose = log, diagnose
        self._lines: list[str] = []
        self.level_box = ChoiceBox(self)
        self.level_box.addItems([str(level) for level in _LEVELS])
        self.level_box.currentIndexChanged.connect(self._show_lines)
        self.folder_button = QPushButton(self)
        self.folder_button.clicked.connect(self._open_folder)
        self.folder_button.setEnabled(log is not None)
        self.copy_button = QPushButton(self)
        self.copy_button.setProperty("main", True)
        self.copy_button.clicked.connect(self._copy)
        self._advice = QuietLabel(self)
        self._advice.setWordWrap(True)
        self.text = ReadingText(self, wrap=False)
        FocusRing(self.text)
        self._report = BackgroundResult(self)
        self._report.arrived.connect(self._copied)
        self._timer = QTimer(self)
        self._timer.setInterval(_REFRESH_MS)
        self._timer.timeout.connect(self.refresh)
        for widget in (self.level_box, self.folder_button, self.copy_button):
            self.head.addWidget(widget)
        card = Card(parent=self)
        card.column.addWidget(self.text, 1)
        below = QHBoxLayout()
        below.setSpacing(Space.LARGE)
        below.addWidget(self._advice, 1)
        card.column.addLayout(below)
        self.column.addWidget(card, 1)
        self.retranslate()

    def open(self) -> None:
        """Show the end of the log and go on."""
        super().open()
        self.refresh()
        self._to_end()
        self._timer.start()

    def refresh(self) -> None:
        """Read what has been added."""
        lines = [] if self._log is None else last_lines(self._log, SHOWN_LINES)
        if lines != self._lines:
            self._lines = lines
            self._show_lines()

    def retranslate(self) -> None:
        """Say everything in the current language."""
        super().retranslate()
        self.title.setText(self.tr("Log"))
        names = (self.tr("Everything"), self.tr("Warnings and errors"), self.tr("Errors"))
        for place, name in enumerate(names):
            self.level_box.setItemText(place, name)
        self.level_box.setAccessibleName(self.tr("Lines to show"))
        self.level_box.view().setAccessibleName(self.tr("Lines to show"))
        self.folder_button.setText(self.tr("Open folder"))
        self.folder_button.setAccessibleName(self.tr("Open the folder of the log"))
        self.copy_button.setText(self.tr("Copy diagnostics"))
        self.copy_button.setAccessibleName(self.tr("Copy diagnostics"))
        self.copy_button.setToolTip(
            self.tr("Versions, models, settings and the last lines of the log")
        )
        self._advice.setText(
            self.tr(
                "The log holds no text of yours and no name of a document, and it stays on this "
                "computer until you hand it on."
            )
        )
        self.text.setAccessibleName(self.tr("The log"))
        self.text.setPlaceholderText(self.tr("Nothing has been noted yet."))

    def hideEvent(self, event: QHideEvent) -> None:
        """Read nothing while nobody looks."""
        self._timer.stop()
        super().hideEvent(event)

    def _show_lines(self) -> None:
        bar = self.text.verticalScrollBar()
        at_end, place = bar.value() >= bar.maximum() - 1, bar.value()
        level = _LEVELS[max(self.level_box.currentIndex(), 0)]
        self.text.setPlainText("\n".join(lines_from(self._lines, level)))
        if at_end:
            self._to_end()
        else:
            bar.setValue(place)

    def _to_end(self) -> None:
        bar = self.text.verticalScrollBar()
        bar.setValue(bar.maximum())

    def _open_folder(self) -> None:
        if self._log is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._log.parent)))

    def _copy(self) -> None:
        self._report.want(self._diagnose)

    def _copied(self, report: str) -> None:
        QGuiApplication.clipboard().setText(report)
        self.messages.note(
            lambda: self.tr("Copied: versions, models, settings and the last lines of the log.")
        )
