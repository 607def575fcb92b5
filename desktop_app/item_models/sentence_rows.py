"""The sentences of one analysis as rows of a list."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from bert_tf.text.sentences import Sentence
from desktop_app.corpus.verdict import Analysis, Verdict
from desktop_app.label_names import label_name
from desktop_app.numbers import percent

_Index = QModelIndex | QPersistentModelIndex


class SentenceRole(IntEnum):
    """What a row can be asked for beside its text."""

    SENTENCE = int(Qt.ItemDataRole.UserRole) + 1
    VERDICT = int(Qt.ItemDataRole.UserRole) + 2  # None while it is being read


class SentenceRows(QAbstractListModel):
    """One row a sentence. An edit changes only the rows it touches, so a selection survives."""

    def __init__(self, parent: QObject | None = None) -> None:
        """No rows."""
        super().__init__(parent)
        self._sentences: Sequence[Sentence] = ()
        self._verdicts: Sequence[Verdict | None] = ()

    def show(self, analysis: Analysis) -> None:
        """Show another state of the analysis."""
        old, new = len(self._sentences), len(analysis.sentences)
        if new < old:
            self.beginRemoveRows(QModelIndex(), new, old - 1)
        elif new > old:
            self.beginInsertRows(QModelIndex(), old, new - 1)
        before = list(zip(self._sentences[:new], self._verdicts[:new], strict=True))
        self._sentences, self._verdicts = analysis.sentences, analysis.verdicts
        if new < old:
            self.endRemoveRows()
        elif new > old:
            self.endInsertRows()
        changed = [
            row
            for row, (sentence, verdict) in enumerate(before)
            if sentence != self._sentences[row] or verdict is not self._verdicts[row]
        ]
        if changed:
            self.dataChanged.emit(self.index(changed[0]), self.index(changed[-1]))

    def sentence(self, row: int) -> Sentence:
        """The sentence of a row."""
        return self._sentences[row]

    def row_at(self, offset: int) -> int | None:
        """The row whose sentence the offset of the text lies in or right behind."""
        row = bisect_right(self._sentences, offset, key=lambda sentence: sentence.start) - 1
        if row >= 0 and offset <= self._sentences[row].end:
            return row
        return None

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """Number of sentences."""
        return 0 if parent.isValid() else len(self._sentences)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Text, sentence or verdict of a row."""
        if not index.isValid() or index.row() >= len(self._sentences):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._sentences[index.row()].text
        if role == SentenceRole.VERDICT:
            return self._verdicts[index.row()]
        if role == SentenceRole.SENTENCE:
            return self._sentences[index.row()]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(index.row())
        return None

    def _spoken(self, row: int) -> str:
        verdict = self._verdicts[row]
        if verdict is not None and verdict.foreign:
            return f"{self._sentences[row].text} " + self.tr("In another language, not judged")
        if verdict is None or verdict.label is None:
            return self._sentences[row].text
        share = percent(verdict.confidence)
        return f"{self._sentences[row].text} {label_name(verdict.label)}, {share}"
