"""How a file becomes a model of this computer: choose or drop it, with its hash if known."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QToolButton,
    QWidget,
)

from desktop_app.views.card import Card
from desktop_app.views.design import Space, Type, set_type
from desktop_app.views.progress_line import ProgressLine
from desktop_app.views.quiet_label import QuietLabel

_MOST_PASTED = 500  # characters: a hash with a path behind it


class AddPanel(Card):
    """Hidden until it is wanted; it says how far the check of a file is."""

    file_chosen = Signal(object)  # Path
    cancel_wanted = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Nothing is being added."""
        super().__init__(parent=parent)
        self._adding = ""  # name of the file
        self._heading = QLabel(self)
        self._heading.setTextFormat(Qt.TextFormat.PlainText)
        set_type(self._heading, Type.STRONG)
        self._advice = QuietLabel(self, step=Type.BODY)
        self._advice.setWordWrap(True)
        self._close = QToolButton(self)
        self._close.setText("✕")
        self._close.setAutoRaise(True)
        self._close.clicked.connect(self.closed)
        self.hash_field = QLineEdit(self)
        self.hash_field.setMaxLength(_MOST_PASTED)
        self.hash_field.setAcceptDrops(False)  # files are the window's, wherever they are dropped
        self.choose_button = QPushButton(self)
        self.choose_button.setProperty("main", True)
        self.choose_button.clicked.connect(self._choose)
        self.hash_field.returnPressed.connect(self.choose_button.click)
        self.cancel_button = QPushButton(self)
        self.cancel_button.clicked.connect(self.cancel_wanted)
        self._line = ProgressLine(self)
        self._lay_out()
        self.retranslate()
        self.show_adding("")
        self.hide()

    def open(self) -> None:
        """Show it, the keyboard on its button."""
        self.show()
        self.choose_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_adding(self, name: str) -> None:
        """Say which file is being checked; "": none."""
        self._adding = name
        self._line.show_share(0.0)
        self._line.setVisible(bool(name))
        self.cancel_button.setVisible(bool(name))
        for control in (self.hash_field, self.choose_button):
            control.setEnabled(not name)
        self.retranslate()

    @property
    def controls(self) -> tuple[QWidget, ...]:
        """What the keyboard reaches, in the order of reading."""
        return self._close, self.hash_field, self.choose_button, self.cancel_button

    def show_share(self, share: float) -> None:
        """Say how far it is, from 0 to 1."""
        self._line.show_share(share)

    def retranslate(self) -> None:
        """Say everything in the current language."""
        self._heading.setText(self.tr("Add a model from a file"))
        advice = self.tr(
            "Choose a .tflite file that bert-export made, or drop it here. It is checked in full, "
            "run on its own examples, and copied; nothing is sent anywhere."
        )
        checking = self.tr("Checking “%1”…").replace("%1", self._adding)
        self._advice.setText(checking if self._adding else advice)
        self._close.setAccessibleName(self.tr("Close without adding"))
        self._close.setToolTip(self.tr("Close without adding"))
        self.hash_field.setPlaceholderText(self.tr("Its SHA-256, if you were given one"))
        self.hash_field.setAccessibleName(self.tr("Expected SHA-256 of the file"))
        self.choose_button.setText(self.tr("Choose file…"))
        self.choose_button.setAccessibleName(self.tr("Choose a model file to add"))
        self.cancel_button.setText(self.tr("Cancel"))
        self.cancel_button.setAccessibleName(self.tr("Cancel adding"))

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

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._heading, 1)
        head.addWidget(self._close)
        row = QHBoxLayout()
        row.setSpacing(Space.SMALL)
        row.addWidget(self.hash_field, 1)
        row.addWidget(self.choose_button)
        row.addWidget(self.cancel_button)
        self.column.addLayout(head)
        self.column.addWidget(self._advice)
        self.column.addWidget(self._line)
        self.column.addLayout(row)
        QWidget.setTabOrder(self.hash_field, self.choose_button)

    def _choose(self) -> None:
        path, _ = QFileDialog.getOpenFileName(
            self, self.tr("Add model"), "", self.tr("Models (*.tflite);;All files (*)")
        )
        if path:
            self.file_chosen.emit(Path(path))
