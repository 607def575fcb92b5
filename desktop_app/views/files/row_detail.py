"""One row in full: its verdict, its text with the words that matter, and its label to correct."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from desktop_app.item_models.row_choice import READ_WELL
from desktop_app.label_names import label_name, language_name
from desktop_app.messages.message_words import message_words
from desktop_app.numbers import percent, signed, whole
from desktop_app.projects.document import ProjectRow
from desktop_app.projects.verdict import JUDGED
from desktop_app.status_names import status_name
from desktop_app.views.card import Card
from desktop_app.views.design import Space, Type, set_type
from desktop_app.views.files.influence_text import InfluenceText, SentenceExplanation
from desktop_app.views.files.label_buttons import LabelButtons
from desktop_app.views.focus_ring import FocusRing
from desktop_app.views.quiet_label import QuietLabel
from desktop_app.views.valence_scale import ValenceScale
from desktop_app.views.verdict_style import VerdictStyle


class RowDetail(Card):
    """Shows one row; keys 1 to 9 give it a label, 0 takes that back, Escape closes."""

    label_wanted = Signal(object)  # a label; None: take the correction back
    closed = Signal()
    label_key = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Without a row."""
        super().__init__(padding=Space.LARGE, parent=parent)
        self._row: ProjectRow | None = None
        self._style = VerdictStyle()
        self._number = 0
        self._explained = False
        self._sentences: Sequence[SentenceExplanation] = ()
        self._bundle: str | None = None  # sha256 of the one that judged the row
        self._place = QuietLabel(self)
        self._close = QToolButton(self)
        self._close.setText("✕")
        self._close.setAutoRaise(True)
        self._close.clicked.connect(self.closed)
        self._label = QLabel(self)
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        set_type(self._label, Type.TITLE)
        self._figure = QuietLabel(self, step=Type.STRONG)
        self._facts = QuietLabel(self)
        self._facts.setWordWrap(True)
        self._scale = ValenceScale(self)
        self.text = InfluenceText(self)
        FocusRing(self.text)
        self._legend = QuietLabel(self)
        self._legend.setWordWrap(True)
        self._ask = QuietLabel(self)
        self.buttons = LabelButtons(self)
        self.buttons.label_wanted.connect(lambda label: self.label_wanted.emit(label))
        self.take_back = QPushButton(self)
        self.take_back.clicked.connect(lambda: self.label_wanted.emit(None))
        self._lay_out()
        self.retranslate()

    def show_row(self, row: ProjectRow, number: int, style: VerdictStyle) -> bool:
        """Show a row; its sentences follow by `show_sentences`.

        Args:
            row: of the project.
            number: as people count, from 1.
            style: of the bundles' labels.

        Returns:
            Whether its sentences are to be explained: it is another row, or another bundle judges.
        """
        bundle = None if row.verdict is None else row.verdict.bundle
        other = (
            self._row is None
            or (row.id, row.text) != (self._row.id, self._row.text)
            or (bundle, style) != (self._bundle, self._style)
        )
        if other:
            self._sentences, self._explained = (), False
        self._row, self._number, self._style, self._bundle = row, number, style, bundle
        self.buttons.show_labels(style, style.labels)
        self.retranslate()
        return other

    def show_sentences(self, sentences: Sequence[SentenceExplanation]) -> None:
        """Show what each sentence of the row says."""
        self._sentences, self._explained = sentences, True
        self._show_text()

    def retranslate(self) -> None:
        """Say everything in the current language."""
        self._close.setAccessibleName(self.tr("Close the row"))
        self._close.setToolTip(self.tr("Close the row"))
        self.text.setAccessibleName(self.tr("Text of the row, sentence by sentence"))
        self._ask.setText(self.tr("Correct the label"))
        self.take_back.setText(self.tr("Take the correction back"))
        self.take_back.setAccessibleName(self.tr("Take the correction back"))
        self.buttons.setAccessibleName(self.tr("Correct the label"))
        self.buttons.retranslate()
        if self._row is not None:
            self._show_verdict(self._row)
            self._show_text()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def key_words(self) -> tuple[tuple[str, str], ...]:
        """The key of its own, for the sheet of shortcuts."""
        return (("Esc", self.tr("Close the row")),)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys for the row."""
        key, plain = event.key(), event.modifiers() == Qt.KeyboardModifier.NoModifier
        if key == Qt.Key.Key_Escape:
            self.closed.emit()
        elif plain and Qt.Key.Key_0 <= key <= Qt.Key.Key_9:
            self.label_key.emit(int(key) - int(Qt.Key.Key_0))
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._place, 1)
        head.addWidget(self._close)
        verdict = QHBoxLayout()
        verdict.setSpacing(Space.MEDIUM)
        verdict.addWidget(self._label, 0, Qt.AlignmentFlag.AlignBaseline)
        verdict.addWidget(self._figure, 1, Qt.AlignmentFlag.AlignBaseline)
        self.column.addLayout(head)
        self.column.addLayout(verdict)
        self.column.addWidget(self._facts)
        self.column.addWidget(self._scale)
        self.column.addSpacing(Space.HAIR)
        self.column.addWidget(self.text, 1)
        self.column.addWidget(self._legend)
        self.column.addSpacing(Space.HAIR)
        self.column.addWidget(self._ask)
        self.column.addWidget(self.buttons)
        self.column.addWidget(self.take_back)

    def _show_verdict(self, row: ProjectRow) -> None:
        verdict = row.verdict
        self._place.setText(self.tr("Row %1").replace("%1", whole(self._number)))
        label = row.corrected or (verdict.label if verdict is not None else None)
        name = self.tr("Not judged") if label is None else label_name(label)
        self._label.setText(name[:1].upper() + name[1:])
        valence = verdict.valence if verdict is not None else None
        confidence = verdict.confidence if verdict is not None else None
        if row.corrected is not None:
            self._figure.setText(self.tr("corrected"))
        elif valence is not None and self._style.scale is not None:
            self._figure.setText(signed(valence))
        else:
            self._figure.setText("" if confidence is None else percent(confidence))
        self._facts.setText("  ·  ".join(self._facts_of(row)))
        self._scale.show_valence(self._style, valence)
        self.buttons.choose(label)
        self.take_back.setVisible(row.corrected is not None)
        self.setAccessibleName(f"{self._place.text()}: {self._label.text()}")

    def _facts_of(self, row: ProjectRow) -> list[str]:
        facts: list[str] = []
        verdict = row.verdict
        if verdict is not None and verdict.label is not None:
            if row.corrected is not None and row.corrected != verdict.label:
                said = self.tr("the model says %1").replace("%1", label_name(verdict.label))
                facts.append(said)
            share = percent(verdict.confidence or 0.0)
            facts.append(self.tr("%1 sure").replace("%1", share))
            if verdict.uncertain:
                facts.append(self.tr("uncertain"))
        if verdict is not None and verdict.language:
            facts.append(language_name(verdict.language))
        if verdict is not None and verdict.status != JUDGED:
            facts.append(status_name(verdict.status))
        if row.status != READ_WELL:
            facts.append(message_words(row.note) if row.note else status_name(row.status))
        return facts

    def _show_text(self) -> None:
        if self._row is None:
            return
        self.text.show_text(self._row.text, self._style, self._sentences)
        judged = self._row.verdict is not None and self._row.verdict.label is not None
        if any(each.explanation is not None for each in self._sentences):
            said = self.tr(
                "Blue words make it more positive, orange words more negative; strong ones are "
                "underlined."
            )
            if not self.text.along_scale:
                said = self.tr(
                    "Blue words speak for the label, orange words against it; strong ones are "
                    "underlined."
                )
        elif judged and not self._explained:
            said = self.tr("Reading it sentence by sentence…")
        else:
            said = ""
        self._legend.setText(said)
        self._legend.setVisible(bool(said))
