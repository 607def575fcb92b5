"""What the page of files shows before there is one: what can be opened, and what was open."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from desktop_app.views.card import Card
from desktop_app.views.design import Space
from desktop_app.views.empty_state import EmptyState
from desktop_app.views.files.recent_button import RecentButton
from desktop_app.views.icons import Icon
from desktop_app.views.quiet_label import QuietLabel

_MOST_RECENT = 5
_RECENT_WIDTH = 460


class StartPanel(Card):
    """A drop target with a button, and the projects of before below it."""

    open_wanted = Signal()
    folder_wanted = Signal()
    example_wanted = Signal()
    project_wanted = Signal(str)  # path

    def __init__(self, parent: QWidget | None = None) -> None:
        """Without recent projects."""
        super().__init__(padding=Space.WIDE, parent=parent)
        self.advice = EmptyState(Icon.FILES, self)
        self.advice.example_wanted.connect(self.open_wanted)
        self.folder_button = QPushButton(self)
        self.advice.add_button(self.folder_button)
        self.example_button = QPushButton(self)
        self.example_button.clicked.connect(self.example_wanted)
        self.advice.add_button(self.example_button)
        self.folder_button.clicked.connect(self.folder_wanted)
        self._heading = QuietLabel(self)
        self._recent = QWidget(self)
        self._recent.setFixedWidth(_RECENT_WIDTH)
        self._list = QVBoxLayout(self._recent)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(Space.HAIR)
        self._list.addWidget(self._heading)
        self.recent_buttons: list[RecentButton] = []
        centre = Qt.AlignmentFlag.AlignHCenter
        self.column.addStretch(2)
        self.column.addWidget(self.advice)
        self.column.addWidget(self._recent, 0, centre)
        self.column.addStretch(3)
        self.retranslate()
        self.show_recent(())

    def show_recent(self, projects: Sequence[Path]) -> None:
        """List the projects of before, the last one first."""
        for button in self.recent_buttons:
            self._list.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.recent_buttons = []
        for path in projects[:_MOST_RECENT]:
            button = RecentButton(path, self._recent)
            button.clicked.connect(lambda _on, each=path: self.project_wanted.emit(str(each)))
            self._list.addWidget(button)
            self.recent_buttons.append(button)
        self._recent.setVisible(bool(self.recent_buttons))
        self.retranslate()

    def focus_first(self) -> None:
        """Put the keyboard where a file is opened."""
        self.advice.focus_button()

    def retranslate(self) -> None:
        """Say everything in the current language."""
        self.advice.set_words(
            self.tr("Judge a whole file"),
            self.tr(
                "Drop a table, a text or a folder here: CSV, Excel, OpenDocument, JSON lines, "
                "text, Markdown, Word or PDF. Every row is judged on this computer, nothing "
                "leaves it."
            ),
            self.tr("Open a file…"),
        )
        self.folder_button.setText(self.tr("Open a folder…"))
        self.folder_button.setAccessibleName(self.tr("Open a folder of documents"))
        self.example_button.setText(self.tr("Show me an example"))
        self.example_button.setAccessibleName(self.tr("Show me an example"))
        self._heading.setText(self.tr("Projects of before"))
        for button in self.recent_buttons:
            button.retranslate()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
