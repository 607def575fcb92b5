"""Paste or open a text, ask a question, see the nearest sentences in their context."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop_app.corpus.passages import PassageUnit, suggested_unit
from desktop_app.corpus.text_file import MAX_TEXT_BYTES, TextFileError, read_text_file
from desktop_app.inference.bundle_choice import BundleChoice
from desktop_app.inference.search_session import (
    LanguageObstacle,
    ReadingProgress,
    SearchAnswer,
    SearchSession,
)
from desktop_app.item_models.match_rows import MatchRows
from desktop_app.label_names import language_name
from desktop_app.language import example_language
from desktop_app.numbers import whole
from desktop_app.route_words import route_words, unread_words
from desktop_app.sample_text import sample_corpus
from desktop_app.views.card import Card
from desktop_app.views.choice_box import ChoiceBox
from desktop_app.views.design import Space, Type, set_type
from desktop_app.views.empty_state import EmptyState
from desktop_app.views.file_fault import fault_text
from desktop_app.views.icons import Icon
from desktop_app.views.match_delegate import MatchDelegate
from desktop_app.views.message_bar import MessageBar
from desktop_app.views.model_caption import ModelCaption
from desktop_app.views.page_shortcut import PageShortcut
from desktop_app.views.quiet_label import QuietLabel
from desktop_app.views.reading_bar import ReadingBar
from desktop_app.views.result_list import ResultList
from desktop_app.views.text_editor import TextEditor

_UNITS: tuple[PassageUnit, ...] = ("sentence", "line")  # as in the combo box


class EmbeddingsPage(QWidget):
    """The corpus on the left, the question and what is near to it on the right."""

    open_model_wanted = Signal()
    open_text_wanted = Signal()
    answered = Signal(object)  # SearchAnswer, each time one is shown

    def __init__(
        self, session: SearchSession, choice: BundleChoice, parent: QWidget | None = None
    ) -> None:
        """A page for one session, which outlives it, and its choice of bundles."""
        super().__init__(parent)
        self._session = session
        self._choice = choice
        self._obstacle: LanguageObstacle | None = None
        self._answer: SearchAnswer | None = None
        self.caption = ModelCaption(choice, self)
        self.caption.open_wanted.connect(self.open_model_wanted)
        self.messages = MessageBar(self)
        self.editor = TextEditor(MAX_TEXT_BYTES, self)
        self.question = QLineEdit(self)
        self.unit = ChoiceBox(self)
        self.reading = ReadingBar(self)
        self.rows = MatchRows(self)
        self.match_list = ResultList(self)
        self._open_text = QPushButton(self)
        self._clear = QPushButton(self)
        self._empty = EmptyState(Icon.EMBEDDINGS, self)
        self.language_note = EmptyState(Icon.INFO, self)
        self._heading = QuietLabel(self)
        self._results = QStackedWidget(self)
        self._lay_out()
        self._connect()
        self.retranslate()

    def show_bundle(self, metadata: Any) -> None:
        """Work with another embedding bundle from here on."""
        self.caption.show_bundle(metadata)

    def show_choice(self) -> None:
        """Follow a choice of bundles that was made elsewhere."""
        self.caption.show_choice()

    def show_text(self, text: str, unit: PassageUnit | None = None) -> None:
        """Search in another text; without a unit the one that fits it is chosen."""
        self.unit.setCurrentIndex(_UNITS.index(unit or suggested_unit(text)))
        self.editor.set_text(text)
        self.messages.dismiss()

    def open_text_file(self, path: Path) -> None:
        """Search in a text file; one that cannot be read leaves everything as it is."""
        try:
            text = read_text_file(path)
        except TextFileError as error:
            self.messages.warn(lambda fault=error: fault_text(fault))  # type: ignore[misc]
            return
        self.show_text(text)
        self.question.setFocus(Qt.FocusReason.OtherFocusReason)

    def ask(self, question: str) -> None:
        """Put a question into the field, as if typed."""
        self.question.setText(question)

    def focus_text(self) -> None:
        """Put the keyboard where one begins."""
        target = self.editor if self.editor.document().isEmpty() else self.question
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        """Say everything in the current language."""
        self.caption.title.setText(self.tr("Embeddings"))
        self.editor.setPlaceholderText(self.tr("Paste a text here, or drop a text file…"))
        self.editor.setAccessibleName(self.tr("Text to search in"))
        self.question.setPlaceholderText(self.tr("Ask a question, or describe what you look for…"))
        self.question.setAccessibleName(self.tr("Question"))
        self.match_list.setAccessibleName(self.tr("Nearest passages"))
        self._retranslate_units()
        self._show_clear()
        self._open_text.setText(self.tr("Open text…"))
        self._open_text.setAccessibleName(self.tr("Open a text file"))
        self._clear.setText(self.tr("Clear"))
        self._clear.setAccessibleName(self.tr("Clear the text"))
        words = (
            self.tr("Go to the question"),
            self.tr("Go to the text"),
            self.tr("Go to the list"),
        )
        for shortcut, does in zip(self._shortcuts, words, strict=True):
            shortcut.setWhatsThis(does)
        self._show_answer(self._answer)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _retranslate_units(self) -> None:
        self.unit.blockSignals(True)
        chosen = max(self.unit.currentIndex(), 0)
        self.unit.clear()
        self.unit.addItems([self.tr("Sentence by sentence"), self.tr("Line by line")])
        self.unit.setCurrentIndex(chosen)
        self.unit.blockSignals(False)
        self.unit.setAccessibleName(self.tr("How the text is cut"))
        self.unit.view().setAccessibleName(self.unit.accessibleName())

    def _lay_out(self) -> None:
        paper = Card(padding=Space.WIDE - Space.HAIR, parent=self)
        head = QHBoxLayout()
        head.setSpacing(Space.SMALL)
        head.addWidget(self._open_text)
        head.addWidget(self.unit)
        head.addStretch(1)
        head.addWidget(self._clear)
        paper.column.addLayout(head)
        paper.column.addWidget(self.editor, 1)
        paper.column.addWidget(self.reading)

        set_type(self.question, Type.READING)
        self.question.setProperty("large", True)
        self.question.setTextMargins(Space.SMALL, 0, Space.SMALL, 0)
        self.question.setClearButtonEnabled(True)
        self.question.setAcceptDrops(False)  # a dropped file is for the window, not for its name
        self.match_list.setModel(self.rows)
        self.match_list.setItemDelegate(MatchDelegate(self.match_list))
        matches = QWidget(self)
        column = QVBoxLayout(matches)
        column.setContentsMargins(0, 0, 0, 0)
        self._heading.setIndent(Space.MEDIUM)
        column.addSpacing(Space.HAIR)
        column.addWidget(self._heading)
        column.addWidget(self.match_list, 1)
        self._results.addWidget(self._empty)
        self._results.addWidget(matches)
        self._results.addWidget(self.language_note)
        found = Card(padding=Space.SMALL, parent=self)
        found.column.addWidget(self._results)
        right = QWidget(self)
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.MEDIUM)
        column.addWidget(self.question)
        column.addWidget(found, 1)

        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(Space.LARGE)
        split.addWidget(paper)
        split.addWidget(right)
        split.setSizes([480, 560])
        split.setStretchFactor(0, 1)
        split.setStretchFactor(1, 1)
        page = QVBoxLayout(self)
        page.setContentsMargins(Space.PAGE, Space.WIDE, Space.PAGE, Space.WIDE)
        page.setSpacing(Space.LARGE)
        page.addWidget(self.caption)
        page.addWidget(self.messages)
        page.addWidget(split, 1)

    def _connect(self) -> None:
        self.editor.textChanged.connect(self._corpus_changed)
        self.editor.text_cut.connect(self._say_cut)
        self.unit.currentIndexChanged.connect(self._corpus_changed)
        self.question.textChanged.connect(self._session.set_question)
        self.match_list.selectionModel().currentChanged.connect(self._row_chosen)
        self.match_list.clicked.connect(self._row_chosen)
        self._open_text.clicked.connect(self.open_text_wanted)
        self._clear.clicked.connect(self._clear_text)
        self._empty.example_wanted.connect(self._show_example)
        self.reading.stop_wanted.connect(self._session.stop_reading)
        self.reading.continue_wanted.connect(self._session.continue_reading)
        self._session.progressed.connect(self._show_progress)
        self._session.hindered.connect(self._show_obstacle)
        self._session.found.connect(self._show_answer)
        self._session.failed.connect(self._say_failed)
        self._session.worker_restarted.connect(self._say_restarted)
        self._shortcuts = [
            PageShortcut("Ctrl+F", self, self.question.setFocus),
            PageShortcut("Ctrl+E", self, self.editor.setFocus),
            PageShortcut("Ctrl+L", self, self.match_list.setFocus),
        ]
        for first, second in (
            (self._open_text, self.unit),
            (self.unit, self._clear),
            (self._clear, self.editor),
            (self.editor, self.reading.button),
            (self.reading.button, self.question),
            (self.question, self.match_list),
        ):
            QWidget.setTabOrder(first, second)

    def _corpus_changed(self) -> None:
        self.editor.clear_passage()
        self._session.set_corpus(self.editor.toPlainText(), _UNITS[self.unit.currentIndex()])
        self._show_clear()

    def _show_clear(self) -> None:
        self._clear.setVisible(not self.editor.document().isEmpty())

    def _show_progress(self, progress: ReadingProgress) -> None:
        self.reading.show_progress(progress)
        if self._answer is None:
            self._show_answer(None)

    def _show_obstacle(self, obstacle: LanguageObstacle | None) -> None:
        self._obstacle = obstacle

    def _show_answer(self, answer: SearchAnswer | None) -> None:
        self._answer = answer
        if answer is None or not answer.matches:
            self._results.setCurrentIndex(0 if self._obstacle is None else 2)
            self._show_advice()
            self._show_language_note()
            self.rows.show(())
            self.editor.clear_passage()
            return
        chosen = self._chosen_text()
        self.rows.show(answer.matches)
        heading = self.tr("Nearest in meaning")
        route = self._session.route
        self._heading.setText(f"{heading}  ·  {route_words(route)}" if route else heading)
        self._results.setCurrentIndex(1)
        if chosen is not None and (row := self.rows.row_of(chosen)) is not None:
            self.match_list.select_row(row)
        self.answered.emit(answer)

    def _chosen_text(self) -> str | None:
        index = self.match_list.currentIndex()
        return index.data() if index.isValid() else None

    def _show_advice(self) -> None:
        if self._session.passages:
            self._empty.set_words(
                self.tr("Ask the text a question"),
                self.tr(
                    "Use your own words: sentences are found by what they mean, "
                    "not by the words they share."
                ),
                "",
            )
        else:
            self._empty.set_words(
                self.tr("Find sentences by what they mean"),
                self.tr(
                    "Paste a text on the left or drop a text file there, then ask a question. "
                    "Nothing leaves this computer."
                ),
                self.tr("Show me an example"),
            )

    def _show_language_note(self) -> None:
        obstacle = self._obstacle
        if obstacle is None:
            return
        language = obstacle.route.language
        if not obstacle.question:
            headline = self.tr("No model reads this language")
            advice = unread_words(language, self._choice.languages)
        else:
            headline = self.tr("The question is in another language than the text")
            advice = self.tr(
                "The text is in %1. Sentences of two languages are read by two models, whose "
                "vectors cannot be compared. Ask in %1, or choose one model by hand at the top."
            ).replace("%1", language_name(language or ""))
        self.language_note.set_words(headline, advice, "")

    def _row_chosen(self, index: QModelIndex) -> None:
        if index.isValid():
            passage = self.rows.match_at(index.row()).passage
            self.editor.show_passage(passage.start, passage.end, scroll=True)

    def _show_example(self) -> None:
        language = example_language(self._choice.languages)
        self.show_text(sample_corpus(language), "line")
        question = self.tr("Who was helpful and kind?")
        self.ask("Who was helpful and kind?" if language == "en" else question)

    def _clear_text(self) -> None:
        self.editor.set_text("")
        self.messages.dismiss()
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say_cut(self, limit: int) -> None:
        self.messages.note(
            lambda: self.tr(
                "This page holds up to %1 characters; the rest of the text was left out."
            ).replace("%1", whole(limit))
        )

    def _say_failed(self, reason: str) -> None:
        self.messages.warn(
            lambda: self.tr("The model could not read on. (%1)").replace("%1", reason)
        )

    def _say_restarted(self, _reason: str) -> None:
        self.messages.note(
            lambda: self.tr("The model process stopped and was started again. Nothing was lost.")
        )
