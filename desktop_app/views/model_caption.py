"""Which bundle a page works with, the choice of others, and the button to open one."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from desktop_app.inference.bundle_choice import BundleChoice
from desktop_app.label_names import language_name
from desktop_app.numbers import whole
from desktop_app.route_words import bundle_name
from desktop_app.views.choice_box import ChoiceBox
from desktop_app.views.design import Space, Type, set_type
from desktop_app.views.fitting_label import FittingLabel

_WIDEST_CHOICE = 300  # a file may have any name


class ModelCaption(QWidget):
    """Title of the page on the left; name and make of the bundle on the right."""

    open_wanted = Signal()
    bundle_chosen = Signal(str)  # name or path; "": by the language of the text

    def __init__(self, choice: BundleChoice, parent: QWidget | None = None) -> None:
        """Without a bundle yet; `choice` says what there is to choose from."""
        super().__init__(parent)
        self._choice = choice
        self._metadata: Any = None
        self._opening = False
        self.title = QLabel(self)
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        set_type(self.title, Type.TITLE)
        self._facts = FittingLabel(self)
        self.choice_box = ChoiceBox(self)
        self.choice_box.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToContents)
        self.choice_box.setMaximumWidth(_WIDEST_CHOICE)
        self.choice_box.activated.connect(self._chosen)
        self._button = QPushButton(self)
        self._button.clicked.connect(self.open_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.LARGE)
        row.addWidget(self.title)
        row.addWidget(self._facts, 1)
        row.addWidget(self.choice_box)
        row.addWidget(self._button)
        QWidget.setTabOrder(self.choice_box, self._button)
        self.retranslate()

    def show_bundle(self, metadata: Any) -> None:
        """Name the bundle the page works with."""
        self._metadata = metadata
        self.retranslate()

    def show_choice(self) -> None:
        """Follow a choice that was made elsewhere."""
        self.retranslate()

    def show_opening(self, opening: bool) -> None:
        """Say that a bundle is on its way."""
        self._opening = opening
        self.retranslate()

    def retranslate(self) -> None:
        """Say it in the current language."""
        self._button.setText(self.tr("Open model…"))
        self._button.setAccessibleName(self.tr("Open a model file"))
        self._facts.show_text(self._text())
        box = self.choice_box
        box.clear()
        box.addItem(self.tr("By language of the text"), "")
        for bundle in self._choice.bundles:
            box.addItem(bundle_name(bundle), bundle)
        box.setCurrentIndex(max(0, box.findData(self._choice.fixed or "")))
        box.setAccessibleName(self.tr("Model for the text"))
        box.view().setAccessibleName(box.accessibleName())

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _chosen(self, index: int) -> None:
        self.bundle_chosen.emit(self.choice_box.itemData(index))

    def _text(self) -> str:
        metadata = self._metadata
        if metadata is None:
            return self.tr("Opening the model…") if self._opening else self.tr("No model is open")
        parts = [metadata.name, language_name(metadata.language)]
        if metadata.labels:
            parts.append(self.tr("%Ln class(es)", "", len(metadata.labels)))
        else:
            parts.append(self.tr("%Ln dimension(s)", "", metadata.output.dim))
        pieces = self.tr("reads %1 word pieces at once")
        parts.append(pieces.replace("%1", whole(metadata.max_length - 2)))
        return "  ·  ".join(parts)
