"""One bundle in full: what to use it for, its test and speed here, where it comes from."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop_app.inference.models_session import ModelWork
from desktop_app.label_names import language_name
from desktop_app.messages.message_words import message_words
from desktop_app.model_words import (
    everything,
    label_words,
    mebibytes,
    origin_name,
    selftest_words,
    speed_words,
    task_name,
)
from desktop_app.models.model_entry import ModelEntry
from desktop_app.views.card import Card
from desktop_app.views.design import Space, Type, set_type
from desktop_app.views.focus_ring import FocusRing
from desktop_app.views.models.fact_grid import FactGrid
from desktop_app.views.models.measure_row import MeasureRow
from desktop_app.views.models.wrapped_text import WrappedText
from desktop_app.views.question_row import QuestionRow, shortened
from desktop_app.views.quiet_label import QuietLabel


class ModelDetail(Card):
    """Shows one entry and says what is wanted with it."""

    use_wanted = Signal(str)  # "classify", "embeddings" or "files"
    selftest_wanted = Signal()
    speed_wanted = Signal()
    cancel_wanted = Signal()
    removal_wanted = Signal()  # confirmed
    copied = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Without an entry."""
        super().__init__(padding=Space.HAIR, parent=parent)
        self.entry: ModelEntry | None = None
        self._reports: tuple[dict[str, Any], dict[str, Any]] = ({}, {})
        self._name = WrappedText(self)
        set_type(self._name, Type.TITLE)
        self._fault = QLabel(self)
        self._fault.setTextFormat(Qt.TextFormat.PlainText)
        self._fault.setWordWrap(True)
        self.use_text_button, self.use_files_button = QPushButton(self), QPushButton(self)
        self.use_text_button.setProperty("main", True)
        self.remove_button = QPushButton(self)
        self.question = QuestionRow(self)
        self.selftest, self.speed = MeasureRow(self), MeasureRow(self)
        self.facts = FactGrid(self)
        self.copy_button = QPushButton(self)
        self._all_heading = QuietLabel(self)
        self.all_text = WrappedText(self)
        FocusRing(self.all_text)
        self.all_text.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        set_type(self.all_text, Type.CAPTION)
        self._lay_out()
        self._connect()
        self.retranslate()

    def show_entry(
        self, entry: ModelEntry | None, *, selftest: dict[str, Any], speed: dict[str, Any]
    ) -> None:
        """Show a bundle with what was measured of it, both empty where nothing was."""
        if entry != self.entry:
            self.question.hide()
        self.entry, self._reports = entry, (selftest, speed)
        self.retranslate()

    def show_work(self, work: ModelWork | None) -> None:
        """Show which measurement of this bundle is going on; others have to wait for it."""
        mine = work if work and self.entry and work.subject == self.entry.bundle else None
        for row, kind in ((self.selftest, "selftest"), (self.speed, "speed")):
            row.show_work(mine if mine and mine.kind == kind else None)
            row.button.setEnabled(work is None)
        self.remove_button.setEnabled(work is None)

    def retranslate(self) -> None:
        """Say everything in the current language."""
        self._say_buttons()
        entry = self.entry
        for widget in (self.selftest, self.speed, self.copy_button, self.all_text):
            widget.setVisible(entry is not None and not entry.fault)
        self._all_heading.setVisible(self.all_text.isVisibleTo(self))
        self._fault.setVisible(entry is not None and bool(entry.fault))
        if entry is None:
            return
        self._name.show_text(entry.name)
        damaged = self.tr("This file is damaged and is not used.")
        self._fault.setText(f"{damaged} {message_words(entry.fault)}")
        self._show_uses(entry)
        self.selftest.show_result(selftest_words(self._reports[0]) or self.tr("Not tested here."))
        self.speed.show_result(speed_words(self._reports[1]) or self.tr("Not measured here."))
        self.facts.show_facts(self._facts(entry))
        self.all_text.show_text(everything(entry.description or {}))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _say_buttons(self) -> None:
        classify = self.entry is None or self.entry.task != "embedding"
        use = self.tr("Use for Classify") if classify else self.tr("Use for Embeddings")
        for button, word in (
            (self.use_text_button, use),
            (self.use_files_button, self.tr("Use for Files")),
            (self.remove_button, self.tr("Remove…")),
            (self.copy_button, self.tr("Copy SHA-256")),
            (self.selftest.button, self.tr("Run self-test")),
            (self.speed.button, self.tr("Measure speed")),
        ):
            button.setText(word)
            button.setAccessibleName(word)
        self.selftest.heading.setText(self.tr("Self-test on this computer"))
        self.speed.heading.setText(self.tr("Speed on this computer"))
        self._all_heading.setText(self.tr("Everything that the file says of itself"))
        self.all_text.setAccessibleName(self.tr("Everything that the file says of itself"))
        if self.question.text:
            asked, yes, no = self._question()
            self.question.say(asked, yes=yes, no=no)

    def _show_uses(self, entry: ModelEntry) -> None:
        self.use_text_button.setVisible(not entry.fault)
        self.use_files_button.setVisible(entry.task == "classification")
        self.remove_button.setVisible(entry.origin == "added")

    def _facts(self, entry: ModelEntry) -> list[tuple[str, str]]:
        place = (self.tr("File"), str(entry.path))
        origin = (self.tr("Origin"), origin_name(entry.origin))
        description = entry.description
        if description is None:
            return [origin, place]
        return [
            (self.tr("Task"), task_name(entry.task)),
            (self.tr("Language"), language_name(str(description["language"]))),
            (self.tr("Labels") if entry.labels else self.tr("Vectors"), label_words(entry)),
            (self.tr("Size"), mebibytes(int(description["size"]))),
            (self.tr("Recipe"), str(description["recipe"]["name"])),
            (self.tr("Licence"), entry.licence),
            origin,
            place,
            (self.tr("SHA-256"), entry.sha256),
        ]

    def _lay_out(self) -> None:
        inside = QWidget(self)
        column = QVBoxLayout(inside)
        column.setContentsMargins(Space.WIDE, Space.LARGE, Space.WIDE, Space.LARGE)
        column.setSpacing(Space.MEDIUM)
        uses = QHBoxLayout()
        uses.setSpacing(Space.SMALL)
        for button in (self.use_text_button, self.use_files_button):
            uses.addWidget(button)
        uses.addStretch(1)
        uses.addWidget(self.remove_button)
        copy = QHBoxLayout()
        copy.addWidget(self._all_heading, 1)
        copy.addWidget(self.copy_button)
        column.addWidget(self._name)
        column.addWidget(self._fault)
        column.addLayout(uses)
        for widget in (self.question, self.selftest, self.speed, self.facts):
            column.addWidget(widget)
        column.addLayout(copy)
        column.addWidget(self.all_text)
        column.addStretch(1)
        area = QScrollArea(self)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        for ground in (area.viewport(), inside):
            ground.setAutoFillBackground(False)  # the card is seen through
        self.column.addWidget(area)

    def _connect(self) -> None:
        self.use_text_button.clicked.connect(self._use_for_text)
        self.use_files_button.clicked.connect(lambda: self.use_wanted.emit("files"))
        self.remove_button.clicked.connect(self._ask_removal)
        self.question.agreed.connect(self.removal_wanted)
        self.question.declined.connect(self.remove_button.setFocus)
        self.selftest.wanted.connect(self.selftest_wanted)
        self.speed.wanted.connect(self.speed_wanted)
        for row in (self.selftest, self.speed):
            row.cancel_wanted.connect(self.cancel_wanted)
        self.copy_button.clicked.connect(self._copy)

    def _use_for_text(self) -> None:
        if self.entry is not None:
            embedding = self.entry.task == "embedding"
            self.use_wanted.emit("embeddings" if embedding else "classify")

    def _question(self) -> tuple[str, str, str]:
        name = "" if self.entry is None else shortened(self.entry.name)
        asked = self.tr("Remove “%1”? Its copy on this computer is deleted.").replace("%1", name)
        return asked, self.tr("Remove"), self.tr("Keep")

    def _ask_removal(self) -> None:
        asked, yes, no = self._question()
        self.question.ask(asked, yes=yes, no=no)

    def _copy(self) -> None:
        if self.entry is not None:
            QApplication.clipboard().setText(self.entry.sha256)
            self.copied.emit()
