"""About the program: what it is, that nothing leaves this computer, and all its licences."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QGuiApplication, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop_app.inference.background_result import BackgroundResult
from desktop_app.program_parts import Part, parts_text, program_parts
from desktop_app.versions import program_version
from desktop_app.views.card import Card
from desktop_app.views.design import Space, Type, set_type
from desktop_app.views.focus_ring import FocusRing
from desktop_app.views.help_page import HelpPage
from desktop_app.views.icons import window_icon
from desktop_app.views.part_delegate import FACTS_ROLE, PartDelegate
from desktop_app.views.quiet_label import QuietLabel
from desktop_app.views.reading_text import ReadingText
from desktop_app.views.result_list import ResultList

_ICON = 56
_LIST_WIDTH = 300


class AboutPage(HelpPage):
    """A list of parts on the left, the licence of the chosen one on the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Parts are read when the page is first opened."""
        super().__init__(parent)
        self._parts: tuple[Part, ...] = ()
        self._name = QLabel(self)
        set_type(self._name, Type.TITLE)
        self._version = QuietLabel(self, step=Type.BODY)
        self._promise = QLabel(self)
        self._promise.setWordWrap(True)
        set_type(self._promise, Type.BODY)
        self.copy_all_button = QPushButton(self)
        self.copy_all_button.clicked.connect(self._copy_all)
        self._model = QStandardItemModel(self)
        self.part_list = ResultList(self)
        self.part_list.setModel(self._model)
        self.part_list.setItemDelegate(PartDelegate(self.part_list))
        self.part_list.selectionModel().currentChanged.connect(self._show_part)
        self._heading = QuietLabel(self)
        self._part_name = QLabel(self)
        set_type(self._part_name, Type.STRONG)
        self.text = ReadingText(self)
        self.copy_button = QPushButton(self)
        self.copy_button.clicked.connect(self._copy)
        FocusRing(self.text)
        self._reading = BackgroundResult(self)
        self._reading.arrived.connect(self._show_parts)
        self._lay_out()
        QWidget.setTabOrder(self.part_list, self.copy_button)
        QWidget.setTabOrder(self.copy_button, self.text)
        self.retranslate()

    @property
    def parts(self) -> tuple[Part, ...]:
        """What is listed; empty until it has been read."""
        return self._parts

    def open(self) -> None:
        """Read the parts, once."""
        super().open()
        if not self._parts:
            self._reading.want(program_parts)

    def retranslate(self) -> None:
        """Say everything in the current language."""
        super().retranslate()
        self.title.setText(self.tr("About"))
        self._name.setText(self.tr("bert-tf desktop"))
        self._version.setText(self.tr("Version %1").replace("%1", program_version()))
        self._promise.setText(
            self.tr(
                "Judges texts and finds sentences by what they mean. Nothing that you open, type "
                "or paste leaves this computer: the program has no code that uses a network."
            )
        )
        self.copy_all_button.setText(self.tr("Copy all licences"))
        self.copy_all_button.setAccessibleName(self.tr("Copy all licences"))
        self._heading.setText(self.tr("Made of"))
        self.part_list.setAccessibleName(self.tr("Parts of the program"))
        self.text.setAccessibleName(self.tr("Licence of the chosen part"))
        self.copy_button.setText(self.tr("Copy"))
        self.copy_button.setAccessibleName(self.tr("Copy this licence"))

    def _lay_out(self) -> None:
        icon = QLabel(self)
        icon.setPixmap(window_icon().pixmap(_ICON, _ICON))
        words = QVBoxLayout()
        words.setSpacing(Space.HAIR)
        words.addWidget(self._name)
        words.addWidget(self._version)
        words.addSpacing(Space.SMALL)
        words.addWidget(self._promise)
        intro = Card(padding=Space.WIDE, parent=self)
        row = QHBoxLayout()
        row.setSpacing(Space.WIDE)
        row.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        row.addWidget(self.copy_all_button, 0, Qt.AlignmentFlag.AlignTop)
        intro.column.addLayout(row)
        parts = Card(padding=Space.SMALL, parent=self)
        parts.setFixedWidth(_LIST_WIDTH)
        self._heading.setIndent(Space.SMALL)
        parts.column.addSpacing(Space.HAIR)
        parts.column.addWidget(self._heading)
        parts.column.addWidget(self.part_list, 1)
        licence = Card(parent=self)
        head = QHBoxLayout()
        head.addWidget(self._part_name, 1)
        head.addWidget(self.copy_button)
        licence.column.addLayout(head)
        licence.column.addWidget(self.text, 1)
        below = QHBoxLayout()
        below.setSpacing(Space.LARGE)
        below.addWidget(parts)
        below.addWidget(licence, 1)
        self.column.addWidget(intro)
        self.column.addLayout(below, 1)

    def _show_parts(self, parts: tuple[Part, ...]) -> None:
        self._parts = parts
        self._model.clear()
        for part in parts:
            item = QStandardItem(part.name)
            item.setData(f"{part.version}  ·  {part.licence}", FACTS_ROLE)
            self._model.appendRow(item)
        self.part_list.select_row(0)

    def _show_part(self, index: QModelIndex) -> None:
        if index.isValid():
            part = self._parts[index.row()]
            self._part_name.setText(f"{part.name}  ·  {part.licence}")
            self.text.setPlainText(part.text)

    def _copy(self) -> None:
        row = self.part_list.currentIndex().row()
        if row >= 0:
            self._put_on_clipboard(parts_text((self._parts[row],)))

    def _copy_all(self) -> None:
        if self._parts:
            self._put_on_clipboard(parts_text(self._parts))

    def _put_on_clipboard(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self.messages.note(lambda: self.tr("Copied."))
