"""Type or paste a text; the verdict appears, whole and sentence by sentence."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop_app.corpus.verdict import Analysis
from desktop_app.inference.bundle_choice import BundleChoice
from desktop_app.inference.classify_session import ClassifySession
from desktop_app.item_models.sentence_rows import SentenceRows
from desktop_app.language import example_language
from desktop_app.numbers import whole
from desktop_app.route_words import unread_words
from desktop_app.sample_text import sample_text
from desktop_app.views.card import Card
from desktop_app.views.design import Space
from desktop_app.views.empty_state import EmptyState
from desktop_app.views.icons import Icon
from desktop_app.views.message_bar import MessageBar
from desktop_app.views.model_caption import ModelCaption
from desktop_app.views.page_shortcut import PageShortcut
from desktop_app.views.quiet_label import QuietLabel
from desktop_app.views.result_list import ResultList
from desktop_app.views.sentence_delegate import SentenceDelegate
from desktop_app.views.text_editor import TextEditor
from desktop_app.views.verdict_panel import VerdictPanel
from desktop_app.views.verdict_style import VerdictStyle

MAX_CHARACTERS = 100_000  # of a text that is judged while it is typed


class ClassifyPage(QWidget):
    """The text on the left, what the model makes of it on the right."""

    open_model_wanted = Signal()
    judged = Signal(object)  # the overall Verdict, each time it is shown

    def __init__(
        self, session: ClassifySession, choice: BundleChoice, parent: QWidget | None = None
    ) -> None:
        """A page for one session, which outlives it, and its choice of bundles."""
        super().__init__(parent)
        self._session = session
        self._choice = choice
        self._metadata: Any = None
        self._analysis = Analysis(text="", sentences=(), verdicts=())
        self._following_cursor = False
        self.caption = ModelCaption(choice, self)
        self.caption.open_wanted.connect(self.open_model_wanted)
        self.messages = MessageBar(self)
        self.editor = TextEditor(MAX_CHARACTERS, self)
        self.verdict_panel = VerdictPanel(self)
        self.rows = SentenceRows(self)
        self.sentence_list = ResultList(self)
        self._delegate = SentenceDelegate(self.sentence_list)
        self._count = QuietLabel(self)
        self._clear = QPushButton(self)
        self._empty = EmptyState(Icon.CLASSIFY, self)
        self.language_note = EmptyState(Icon.INFO, self)
        self._heading = QuietLabel(self)
        self._results = QStackedWidget(self)
        self._lay_out()
        self._connect()
        self.retranslate()

    def show_bundle(self, metadata: Any) -> None:
        """Work with another classification bundle from here on."""
        self._metadata = metadata
        self._delegate.style = VerdictStyle.of(metadata)
        self.caption.show_bundle(metadata)
        self._show_verdict()
        self.sentence_list.viewport().update()

    def show_choice(self) -> None:
        """Follow a choice of bundles that was made elsewhere."""
        self.caption.show_choice()

    def show_text(self, text: str) -> None:
        """Put a text into the editor and analyse it without waiting."""
        self.editor.set_text(text)
        self._session.analyse_now()

    def focus_text(self) -> None:
        """Put the keyboard where typing begins."""
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        """Say everything in the current language."""
        self.caption.title.setText(self.tr("Classify"))
        self.editor.setPlaceholderText(self.tr("Type or paste a text here…"))
        self.editor.setAccessibleName(self.tr("Text to classify"))
        self.sentence_list.setAccessibleName(self.tr("Sentences with their verdicts"))
        self._heading.setText(self.tr("Sentence by sentence"))
        self._to_list.setWhatsThis(self.tr("Go to the sentences"))
        self._to_text.setWhatsThis(self.tr("Go to the text"))
        self._clear.setText(self.tr("Clear"))
        self._clear.setAccessibleName(self.tr("Clear the text"))
        self._empty.set_words(
            self.tr("What does the text say between the lines?"),
            self.tr(
                "Type or paste a text on the left. The verdict appears here as you write, "
                "sentence by sentence. Nothing leaves this computer."
            ),
            self.tr("Show me an example"),
        )
        self._show_count()
        self._show_language_note()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _lay_out(self) -> None:
        paper = Card(padding=Space.WIDE - Space.HAIR, parent=self)
        paper.column.addWidget(self.editor, 1)
        foot = QHBoxLayout()
        foot.addWidget(self._count, 1)
        foot.addWidget(self._clear)
        paper.column.addLayout(foot)

        self.sentence_list.setModel(self.rows)
        self.sentence_list.setItemDelegate(self._delegate)
        sentences = Card(padding=Space.SMALL, parent=self)
        self._heading.setIndent(Space.MEDIUM)
        sentences.column.addSpacing(Space.HAIR)
        sentences.column.addWidget(self._heading)
        sentences.column.addWidget(self.sentence_list, 1)
        verdicts = QWidget(self)
        column = QVBoxLayout(verdicts)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.MEDIUM)
        column.addWidget(self.verdict_panel)
        column.addWidget(sentences, 1)
        waiting = Card(padding=Space.WIDE, parent=self)
        waiting.column.addWidget(self._empty)
        self._results.addWidget(waiting)
        self._results.addWidget(verdicts)
        unread = Card(padding=Space.WIDE, parent=self)
        unread.column.addWidget(self.language_note)
        self._results.addWidget(unread)

        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(Space.LARGE)
        split.addWidget(paper)
        split.addWidget(self._results)
        split.setSizes([560, 480])
        split.setStretchFactor(0, 1)
        split.setStretchFactor(1, 1)
        page = QVBoxLayout(self)
        page.setContentsMargins(Space.PAGE, Space.WIDE, Space.PAGE, Space.WIDE)
        page.setSpacing(Space.LARGE)
        page.addWidget(self.caption)
        page.addWidget(self.messages)
        page.addWidget(split, 1)

    def _connect(self) -> None:
        self.editor.textChanged.connect(self._text_changed)
        self.editor.cursor_moved.connect(self._cursor_moved)
        self.editor.text_cut.connect(self._say_cut)
        self.sentence_list.selectionModel().currentChanged.connect(self._row_chosen)
        self.sentence_list.clicked.connect(self._row_chosen)
        self._clear.clicked.connect(self._clear_text)
        self._empty.example_wanted.connect(self._show_example)
        self._session.analysed.connect(self._show_analysis)
        self._session.failed.connect(self._say_failed)
        self._session.worker_restarted.connect(self._say_restarted)
        self._to_list = PageShortcut("Ctrl+L", self, self.sentence_list.setFocus)
        self._to_text = PageShortcut("Ctrl+E", self, self.focus_text)
        QWidget.setTabOrder(self.editor, self._clear)
        QWidget.setTabOrder(self._clear, self.sentence_list)

    def _text_changed(self) -> None:
        text = self.editor.toPlainText()
        self._session.set_text(text)
        if not text.strip():
            self._results.setCurrentIndex(0)
            self.editor.clear_passage()

    def _show_analysis(self, analysis: Analysis) -> None:
        if analysis.text != self.editor.toPlainText():
            return  # typed on meanwhile; the next analysis is already on its way
        self._analysis = analysis
        self.rows.show(analysis)
        self._results.setCurrentIndex(self._result_page(analysis))
        self._show_language_note()
        self._show_verdict()
        self._show_count()
        self._renew_highlight()
        if analysis.overall is not None:
            self.judged.emit(analysis.overall)

    def _show_example(self) -> None:
        self.show_text(sample_text(example_language(self._choice.languages)))

    def _result_page(self, analysis: Analysis) -> int:
        if not analysis.sentences:
            return 0
        return 2 if analysis.unsupported else 1

    def _show_language_note(self) -> None:
        route = self._analysis.route
        if route is not None and route.bundle is None:
            advice = unread_words(route.language, self._choice.languages)
            self.language_note.set_words(self.tr("No model reads this language"), advice, "")

    def _renew_highlight(self) -> None:
        """Keep the highlight on the sentence that is being written or was chosen."""
        row = self.sentence_list.currentIndex().row()
        if self.editor.shown_passage is not None and 0 <= row < self.rows.rowCount():
            sentence = self.rows.sentence(row)
            self.editor.show_passage(sentence.start, sentence.end, scroll=False)
        else:
            self.editor.clear_passage()

    def _show_verdict(self) -> None:
        length = self._metadata.max_length - 2 if self._metadata is not None else 0
        analysis = self._analysis
        self.verdict_panel.show_verdict(
            self._delegate.style, analysis.overall, length, analysis.route
        )

    def _show_count(self) -> None:
        total, done = len(self._analysis.sentences), self._analysis.done
        if total == 0 or self._analysis.unsupported:
            self._count.setText("")
        elif done == total:
            self._count.setText(self.tr("%Ln sentence(s)", "", total))
        else:
            text = self.tr("%1 of %Ln sentence(s) read", "", total)
            self._count.setText(text.replace("%1", whole(done)))
        self._clear.setVisible(not self.editor.document().isEmpty())

    def _cursor_moved(self, offset: int) -> None:
        if self._analysis.text != self.editor.toPlainText():
            return
        row = self.rows.row_at(offset)
        self._following_cursor = True
        self.sentence_list.select_row(row)
        self._following_cursor = False
        if row is None:
            self.editor.clear_passage()
        else:
            sentence = self.rows.sentence(row)
            self.editor.show_passage(sentence.start, sentence.end, scroll=False)

    def _row_chosen(self, index: QModelIndex) -> None:
        if self._following_cursor or not index.isValid():
            return
        if self._analysis.text == self.editor.toPlainText():
            sentence = self.rows.sentence(index.row())
            self.editor.show_passage(sentence.start, sentence.end, scroll=True)

    def _clear_text(self) -> None:
        self.editor.set_text("")
        self.messages.dismiss()
        self.focus_text()

    def _say_cut(self, limit: int) -> None:
        self.messages.note(
            lambda: self.tr(
                "This page judges up to %1 characters; the rest of the text was left out."
            ).replace("%1", whole(limit))
        )

    def _say_failed(self, reason: str) -> None:
        self.messages.warn(
            lambda: self.tr("This text could not be judged. Change it to try again. (%1)").replace(
                "%1", reason
            )
        )

    def _say_restarted(self, _reason: str) -> None:
        self.messages.note(
            lambda: self.tr("The model process stopped and was started again. Nothing was lost.")
        )
