"""A text sentence by sentence: what each says, and which words it says it by."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import (
    QColor,
    QPalette,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QApplication, QFrame, QTextEdit, QWidget

from bert_tf.text.sentences import Sentence
from desktop_app.colour_scale import scale_colour
from desktop_app.label_names import label_name
from desktop_app.numbers import percent, signed
from desktop_app.views.design import (
    Space,
    Type,
    font_of,
    is_dark,
    over,
    qcolor,
    quiet_text,
)
from desktop_app.views.verdict_style import VerdictStyle
from export.runtime.explanation import Explanation, WordInfluence

MOST_TINT = 0.42  # of the colour behind the strongest word: its text stays readable
_LEAST = 0.15  # of the strongest word's influence: less is not shown
_STRONG = 0.5  # from here on a word is underlined too
_MOST_CHARACTERS = 100_000  # that are laid out, what is said of sentences among them
_RELAID = (QEvent.Type.PaletteChange, QEvent.Type.FontChange, QEvent.Type.LanguageChange)


class SentenceExplanation(Protocol):
    """One sentence of a text with its verdict and what each word does to it."""

    @property
    def sentence(self) -> Sentence: ...
    @property
    def explanation(self) -> Explanation | None: ...


class InfluenceText(QTextEdit):
    """Read only; blue words make a sentence more positive, orange and dashed ones more negative.

    Where labels have no place between the two, blue words speak for the label, orange against it.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        """Without a text."""
        super().__init__(parent)
        self._text = ""
        self._style = VerdictStyle()
        self._sentences: tuple[SentenceExplanation, ...] = ()
        self.setReadOnly(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(0)

    def show_text(
        self,
        text: str,
        style: VerdictStyle,
        sentences: Sequence[SentenceExplanation] = (),
    ) -> None:
        """Show a text, and its sentences as soon as they are known.

        What is shown already stays as it is, with what a reader marked in it.
        """
        wanted = text, style, tuple(sentences)
        if wanted == (self._text, self._style, self._sentences):
            return
        kept = self.verticalScrollBar().value() if text == self._text else 0
        self._text, self._style, self._sentences = wanted
        self._lay_out()
        self.verticalScrollBar().setValue(kept)

    @property
    def along_scale(self) -> bool:
        """Whether every colour means positive or negative, rather than for or against a label."""
        known = [each.explanation for each in self._sentences if each.explanation is not None]
        return all(_turn(each, self._style) != 0 for each in known)

    def changeEvent(self, event: QEvent) -> None:
        """Follow theme, font and language."""
        super().changeEvent(event)
        if event.type() in _RELAID:
            self._lay_out()

    def _lay_out(self) -> None:
        self.clear()
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        reading, base = self._format(Type.READING), QTextBlockFormat()
        base.setLineHeight(125, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        if not self._sentences:
            cursor.setBlockFormat(base)
            cursor.insertText(self._text[:_MOST_CHARACTERS], reading)
        along_scale = self.along_scale
        for place, each in enumerate(self._sentences):
            left = _MOST_CHARACTERS - cursor.position()
            if left <= 0:
                break
            if place:
                cursor.insertBlock()
            cursor.setBlockFormat(base)
            turn = 1
            if each.explanation is not None and along_scale:
                turn = _turn(each.explanation, self._style)
            self._insert_sentence(cursor, each, reading, turn=turn, most=left)
        cursor.endEditBlock()

    def _insert_sentence(
        self,
        cursor: QTextCursor,
        each: SentenceExplanation,
        reading: QTextCharFormat,
        *,
        turn: int,
        most: int,
    ) -> None:
        text, end = each.sentence.text[:most], 0
        words = () if each.explanation is None else each.explanation.words
        strongest = max((abs(_strength(word)) for word in words), default=0.0)
        for word in words:
            cursor.insertText(text[end : word.start], reading)
            share = turn * _strength(word) / strongest if strongest > 0 else 0.0
            cursor.insertText(text[word.start : word.end], self._tinted(reading, share))
            end = word.end
        cursor.insertText(text[end:], reading)
        below = QTextBlockFormat()
        below.setBottomMargin(Space.MEDIUM)
        below.setTopMargin(2)
        cursor.insertBlock(below)
        self._insert_verdict(cursor, each.explanation)

    def _insert_verdict(self, cursor: QTextCursor, explanation: Explanation | None) -> None:
        quiet = self._format(Type.CAPTION)
        quiet.setForeground(quiet_text(QApplication.palette()))
        verdict = None if explanation is None else explanation.verdict
        if verdict is None or verdict.label is None:
            cursor.insertText(self.tr("Not judged by itself"), quiet)
            return
        dot = self._format(Type.CAPTION)
        dark = is_dark(QApplication.palette())
        dot.setForeground(self._style.colour(verdict.label, dark=dark))
        cursor.insertText("●  ", dot)
        share = percent(verdict.scores.get(verdict.label, 0.0))
        parts = [f"{label_name(verdict.label)}  {share}"]
        if verdict.valence is not None:
            parts.append(signed(verdict.valence))
        cursor.insertText("  ·  ".join(parts), quiet)

    def _tinted(self, plain: QTextCharFormat, share: float) -> QTextCharFormat:
        if abs(share) < _LEAST:
            return plain
        form = QTextCharFormat(plain)
        form.setBackground(tint(QApplication.palette(), share))
        if abs(share) >= _STRONG:
            styles = QTextCharFormat.UnderlineStyle
            form.setUnderlineStyle(styles.SingleUnderline if share > 0 else styles.DashUnderline)
            form.setUnderlineColor(_sign_colour(QApplication.palette(), share))
        return form

    def _format(self, step: Type) -> QTextCharFormat:
        form = QTextCharFormat()
        form.setFont(font_of(step, QApplication.font()))
        form.setForeground(QApplication.palette().color(QPalette.ColorRole.Text))
        return form


def tint(palette: QPalette, share: float) -> QColor:
    """The ground behind a word.

    Args:
        palette: of the application.
        share: of the strongest word's influence, -1 to 1.
    """
    base = palette.color(QPalette.ColorRole.Base)
    return over(_sign_colour(palette, share), base, MOST_TINT * min(abs(share), 1.0))


def _sign_colour(palette: QPalette, share: float) -> QColor:
    return qcolor(scale_colour(1.0 if share > 0 else -1.0, dark=is_dark(palette)))


def _turn(explanation: Explanation, style: VerdictStyle) -> int:
    """What makes blue mean positive: -1 turns the influence on a negative label around.

    0: the influence is on a label that is neither, so that blue can only mean "for it".
    """
    if any(word.valence_influence is not None for word in explanation.words):
        return 1
    label = explanation.verdict.label
    return 0 if label is None else style.side(label)


def _strength(word: WordInfluence) -> float:
    return word.influence if word.valence_influence is None else word.valence_influence
