"""Which rows are shown: words, label, language, status, and two switches."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from desktop_app.item_models.row_choice import RowFilter
from desktop_app.label_names import label_name, language_name
from desktop_app.status_names import status_name
from desktop_app.views.choice_box import ChoiceBox
from desktop_app.views.design import Space
from desktop_app.views.files.chip import Chip

_TYPING_MS = 250  # without a key before words are searched
_NARROWEST, _WIDEST = 96, 190  # of a box


class FilterBar(QWidget):
    """Says what is wanted; the search itself is the session's."""

    changed = Signal()  # anything but the words
    words_changed = Signal(str)

    def __init__(self, lead: QWidget, tail: QWidget, parent: QWidget | None = None) -> None:
        """Everything is let through.

        Args:
            lead: stands before the words.
            tail: stands behind them.
            parent: of the bar.
        """
        super().__init__(parent)
        self._lead, self._tail = lead, tail
        self._labels: tuple[str, ...] = ()
        self._languages: tuple[str, ...] = ()
        self._statuses: tuple[str, ...] = ()
        self.words = QLineEdit(self)
        self.words.setClearButtonEnabled(True)
        self.words.setMinimumWidth(150)
        self.label_box, self.language_box, self.status_box = (ChoiceBox(self) for _ in range(3))
        self.uncertain = Chip(self)
        self.corrected = Chip(self)
        self.clear = QPushButton(self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_TYPING_MS)
        self._lay_out()
        self._connect()
        self.retranslate()

    @property
    def filter(self) -> RowFilter:
        """What is wanted, without the words."""
        return RowFilter(
            label=self.label_box.currentData(),
            language=self.language_box.currentData(),
            status=self.status_box.currentData(),
            uncertain=self.uncertain.isChecked(),
            corrected=self.corrected.isChecked(),
        )

    def offer(
        self, labels: Sequence[str], languages: Sequence[str], statuses: Sequence[str]
    ) -> None:
        """Offer what the rows have; what is chosen stays chosen."""
        offered = tuple(labels), tuple(languages), tuple(statuses)
        if offered != (self._labels, self._languages, self._statuses):
            self._labels, self._languages, self._statuses = offered
            self.retranslate()

    def reset(self) -> None:
        """Let everything through again."""
        boxes = (self.label_box, self.language_box, self.status_box)
        for control in (*boxes, self.uncertain, self.corrected):
            control.blockSignals(True)
        for box in boxes:
            box.setCurrentIndex(0)
        self.uncertain.setChecked(False)
        self.corrected.setChecked(False)
        self.words.clear()  # its sign to clear it goes by itself
        for control in (*boxes, self.uncertain, self.corrected):
            control.blockSignals(False)
        self._timer.stop()
        self.words_changed.emit("")
        self._tell()

    def retranslate(self) -> None:
        """Say everything in the current language."""
        self.words.setPlaceholderText(self.tr("Search for words"))
        self.words.setAccessibleName(self.tr("Search for words"))
        languages = [(self._language(each), each) for each in self._languages]
        self._fill(
            self.label_box,
            [(self.tr("All labels"), None)] + [(label_name(each), each) for each in self._labels],
        )
        self._fill(self.language_box, [(self.tr("All languages"), None), *languages])
        self._fill(
            self.status_box,
            [(self.tr("Any status"), None)]
            + [(status_name(each), each) for each in self._statuses],
        )
        self.label_box.setAccessibleName(self.tr("Show rows with this label"))
        self.language_box.setAccessibleName(self.tr("Show rows in this language"))
        self.status_box.setAccessibleName(self.tr("Show rows with this status"))
        for box in (self.label_box, self.language_box, self.status_box):
            box.view().setAccessibleName(box.accessibleName())
        self.uncertain.setText(self.tr("Uncertain"))
        self.uncertain.setAccessibleName(self.tr("Show uncertain rows only"))
        self.uncertain.setToolTip(self.tr("The two best labels are close"))
        self.corrected.setText(self.tr("Corrected"))
        self.corrected.setAccessibleName(self.tr("Show corrected rows only"))
        self.corrected.setToolTip(self.tr("A person gave the label"))
        self.clear.setText(self.tr("Show all"))
        self.clear.setAccessibleName(self.tr("Show all rows again"))
        self._show_clear()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape lets everything through."""
        if event.key() == Qt.Key.Key_Escape and not self.clear.isHidden():
            self.reset()
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        first, second = QHBoxLayout(), QHBoxLayout()
        first.setSpacing(Space.MEDIUM)
        for widget in (self._lead, self.words, self._tail):
            first.addWidget(widget, 1 if widget is self.words else 0)
        second.setSpacing(Space.SMALL)
        for box in (self.label_box, self.language_box, self.status_box):
            box.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToContents)
            box.setMaximumWidth(_WIDEST)
            box.least_width = _NARROWEST
            second.addWidget(box)
        second.addWidget(self.uncertain)
        second.addWidget(self.corrected)
        second.addStretch(1)
        second.addWidget(self.clear)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.SMALL)
        column.addLayout(first)
        column.addLayout(second)

    def _connect(self) -> None:
        for box in (self.label_box, self.language_box, self.status_box):
            box.currentIndexChanged.connect(self._tell)
        self.uncertain.toggled.connect(self._tell)
        self.corrected.toggled.connect(self._tell)
        self.clear.clicked.connect(self.reset)
        self.words.textChanged.connect(self._typed)
        self.words.returnPressed.connect(self._search)
        self._timer.timeout.connect(self._search)

    def _tell(self) -> None:
        self._show_clear()
        self.changed.emit()

    def _typed(self) -> None:
        self._show_clear()
        self._timer.start()

    def _search(self) -> None:
        self._timer.stop()
        self.words_changed.emit(self.words.text().strip())

    def _show_clear(self) -> None:
        self.clear.setEnabled(self.filter.active or bool(self.words.text()))

    def _fill(self, box: ChoiceBox, choices: Sequence[tuple[str, str | None]]) -> None:
        chosen = box.currentData()
        values = [value for _, value in choices]
        box.blockSignals(True)
        box.clear()
        for text, value in choices:
            box.addItem(text, value)
        box.setCurrentIndex(values.index(chosen) if chosen in values else 0)
        box.blockSignals(False)

    def _language(self, code: str) -> str:
        return language_name(code) if code else self.tr("unknown")
