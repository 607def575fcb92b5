"""Which bundle a page works with, and the button to open another."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from desktop_app.label_names import language_name
from desktop_app.numbers import whole
from desktop_app.views.design import Space, Type, set_type
from desktop_app.views.quiet_label import QuietLabel


class ModelCaption(QWidget):
    """Title of the page on the left; name and make of the bundle on the right."""

    open_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Without a bundle."""
        super().__init__(parent)
        self._metadata: Any = None
        self._opening = False
        self.title = QLabel(self)
        set_type(self.title, Type.TITLE)
        self._facts = QuietLabel(self)
        self._facts.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._button = QPushButton(self)
        self._button.clicked.connect(self.open_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.LARGE)
        row.addWidget(self.title)
        row.addWidget(self._facts, 1)
        row.addWidget(self._button)
        self.retranslate()

    def show_bundle(self, metadata: Any) -> None:
        """Name the bundle the page works with."""
        self._metadata = metadata
        self.retranslate()

    def show_opening(self, opening: bool) -> None:
        """Say that a bundle is on its way."""
        self._opening = opening
        self.retranslate()

    def retranslate(self) -> None:
        """Say it in the current language."""
        self._button.setText(self.tr("Open model…"))
        self._button.setAccessibleName(self.tr("Open a model file"))
        self._facts.setText(self._text())

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

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
