"""Which model judges the rows of a project, and the way to its documents."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from desktop_app.numbers import whole
from desktop_app.route_words import bundle_name
from desktop_app.views.choice_box import ChoiceBox
from desktop_app.views.design import Space
from desktop_app.views.fitting_label import FittingLabel
from desktop_app.views.quiet_label import QuietLabel

_WIDEST_CHOICE = 300  # a file may have any name


class JudgeBar(QWidget):
    """A choice holds for the open project, or for the next one where none is open."""

    model_wanted = Signal(object)  # name or path; None: by language
    documents_wanted = Signal(bool)  # whether they are to be listed

    def __init__(self, parent: QWidget | None = None) -> None:
        """By language; nothing is open."""
        super().__init__(parent)
        self._bundles: tuple[str, ...] = ()
        self._chosen: str | None = None
        self._documents: int | None = None  # of the open project
        self._caption = QuietLabel(self)
        self.model_box = ChoiceBox(self)
        self.model_box.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToContents)
        self.model_box.setMaximumWidth(_WIDEST_CHOICE)
        self.model_box.activated.connect(self._activated)
        self._note = FittingLabel(self)
        self._note.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.documents_button = QPushButton(self)
        self.documents_button.setCheckable(True)
        self.documents_button.clicked.connect(self.documents_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.SMALL)
        row.addWidget(self._caption)
        row.addWidget(self.model_box)
        row.addWidget(self._note, 1)
        row.addWidget(self.documents_button)
        QWidget.setTabOrder(self.model_box, self.documents_button)
        self.retranslate()

    @property
    def chosen(self) -> str | None:
        """The one bundle for all rows; None: by language."""
        return self._chosen

    def offer(self, bundles: Sequence[str]) -> None:
        """Offer bundles for classification, by name or path."""
        self._bundles = tuple(bundles)
        self.retranslate()

    def show_choice(self, bundle: str | None) -> None:
        """Show what is in force."""
        self._chosen = bundle
        self.retranslate()

    def show_documents(self, count: int | None) -> None:
        """Show how many documents the open project has; None: none is open."""
        self._documents = count
        if count is None:
            self.documents_button.setChecked(False)
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the current language."""
        box = self.model_box
        box.clear()
        box.addItem(self.tr("By language of the row"), None)
        offered = self._bundles
        if self._chosen is not None and self._chosen not in offered:
            offered = (*offered, self._chosen)
        for bundle in offered:
            box.addItem(bundle_name(bundle), bundle)
        place = 0 if self._chosen is None else box.findData(self._chosen)
        box.setCurrentIndex(place)
        box.setAccessibleName(self.tr("Model that judges the rows"))
        box.view().setAccessibleName(box.accessibleName())
        self._caption.setText(self.tr("Judged by"))
        waits = self._documents is None and self._chosen is not None
        self._note.show_text(self.tr("for the next file") if waits else "")
        self.documents_button.setVisible(self._documents is not None)
        words = self.tr("Files in this project (%1)").replace("%1", whole(self._documents or 0))
        self.documents_button.setText(words)
        self.documents_button.setAccessibleName(words)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _activated(self, index: int) -> None:
        bundle = self.model_box.itemData(index)
        if bundle != self._chosen:
            self.model_wanted.emit(bundle)
