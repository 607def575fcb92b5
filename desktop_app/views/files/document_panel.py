"""The documents of a project, each with a way to take it out."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop_app.numbers import whole
from desktop_app.projects.document import Document
from desktop_app.tooltip_text import tooltip_text
from desktop_app.views.card import Card
from desktop_app.views.design import Space
from desktop_app.views.fitting_label import FittingLabel
from desktop_app.views.question_row import QuestionRow, shortened
from desktop_app.views.quiet_label import QuietLabel

_LEAST_HEIGHT, _MOST_HEIGHT = 72, 180  # about two and five documents; the rest scrolls


class DocumentPanel(Card):
    """Hidden until it is wanted. A removal is asked about in place of the list's foot."""

    removal_wanted = Signal(int)  # id of a document, confirmed
    closed = Signal()

    def __init__(self, button: QWidget, parent: QWidget | None = None) -> None:
        """Without documents.

        Args:
            button: opens the panel; Tab goes from it to the first document.
            parent: of the panel.
        """
        super().__init__(parent=parent)
        self._button = button
        self._documents: tuple[Document, ...] = ()
        self._labels: Mapping[int, int] = {}
        self._asked: int | None = None  # id
        self._facts: list[FittingLabel] = []
        self.remove_buttons: list[QPushButton] = []
        self._heading = QuietLabel(self)
        self._area = QScrollArea(self)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.viewport().setAutoFillBackground(False)  # the card is seen through
        self.question = QuestionRow(self)
        self.question.agreed.connect(self._agree)
        self.question.declined.connect(self._decline)
        self.column.addWidget(self._heading)
        self.column.addWidget(self._area)
        self.column.addWidget(self.question)
        self.retranslate()
        self.hide()

    def show_documents(self, documents: Sequence[Document], labels: Mapping[int, int]) -> None:
        """List other documents, or the same ones with other figures.

        Args:
            documents: of the open project.
            labels: id of a document to how many labels a person gave in it.
        """
        before = [each.id for each in self._documents]
        self._documents, self._labels = tuple(documents), dict(labels)
        if [each.id for each in documents] != before:
            self._asked = None
            self.question.hide()
            self._fill()
            return
        self._say_rows()
        if self._asked is not None:
            self._say_question(ask=False)

    def focus_first(self) -> None:
        """Put the keyboard on the first button."""
        if self.remove_buttons:
            self.remove_buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        """Say everything in the current language."""
        self._heading.setText(self.tr("Files in this project"))
        self._say_rows()
        if self._asked is not None:
            self._say_question(ask=False)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _fill(self) -> None:
        inside = QWidget(self)
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(Space.HAIR)
        self.remove_buttons, self._facts = [], []
        for document in self._documents:
            rows.addWidget(self._row(document, inside))
        self._area.setWidget(inside)  # the one before is deleted
        inside.setAutoFillBackground(False)
        self._say_rows()
        height = inside.sizeHint().height()
        self._area.setMinimumHeight(min(height, _LEAST_HEIGHT))
        self._area.setMaximumHeight(min(height, _MOST_HEIGHT))
        order = [*self.remove_buttons, self.question.yes_button, self.question.no_button]
        for before, after in itertools.pairwise([self._button, *order]):
            QWidget.setTabOrder(before, after)

    def _row(self, document: Document, inside: QWidget) -> QWidget:
        line = QWidget(inside)
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.MEDIUM)
        name = QLabel(_name(document), line)
        name.setTextFormat(Qt.TextFormat.PlainText)
        name.setToolTip(tooltip_text(document.path))
        facts = FittingLabel(line)
        facts.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        button = QPushButton(line)
        button.clicked.connect(lambda: self._ask(document.id))
        row.addWidget(name)
        row.addWidget(facts, 1)
        row.addWidget(button)
        self.remove_buttons.append(button)
        self._facts.append(facts)
        return line

    def _say_rows(self) -> None:
        for document, facts, button in zip(
            self._documents, self._facts, self.remove_buttons, strict=True
        ):
            facts.show_text(self._facts_of(document))
            button.setText(self.tr("Remove…"))
            said = self.tr("Remove %1 from the project").replace("%1", _name(document))
            button.setAccessibleName(said)

    def _facts_of(self, document: Document) -> str:
        parts = [self.tr("%Ln row(s)", "", document.row_count)]
        if not document.complete:
            parts.append(self.tr("not read to its end"))
        return "  ·  ".join(parts)

    def _ask(self, document: int) -> None:
        self._asked = document
        self._say_question(ask=True)

    def _say_question(self, *, ask: bool) -> None:
        (document,) = (each for each in self._documents if each.id == self._asked)
        text = self.tr("Remove “%1” with its %2 rows from the project? The file itself stays.")
        text = text.replace("%2", whole(document.row_count)).replace("%1", _name(document))
        lost = self._labels.get(document.id, 0)
        if lost:
            text += " " + self.tr("%Ln label(s) that you gave are lost.", "", lost)
        say = self.question.ask if ask else self.question.say
        say(text, yes=self.tr("Remove"), no=self.tr("Keep"))

    def _agree(self) -> None:
        if self._asked is not None:
            document, self._asked = self._asked, None
            self.removal_wanted.emit(document)

    def _decline(self) -> None:
        self._asked = None
        self.focus_first()


def _name(document: Document) -> str:
    return shortened(Path(document.path).name or "—")
