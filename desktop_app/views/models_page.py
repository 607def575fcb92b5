"""The models of this computer: what each is, how it does here, and how others are added."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop_app.inference.models_session import ModelsSession
from desktop_app.item_models.model_rows import ModelRows
from desktop_app.messages.message_words import message_words
from desktop_app.models.file_name import shown_name
from desktop_app.models.model_entry import ModelEntry
from desktop_app.views.card import Card
from desktop_app.views.design import Space, Type, set_type
from desktop_app.views.empty_state import EmptyState
from desktop_app.views.fitting_label import FittingLabel
from desktop_app.views.icons import Icon
from desktop_app.views.message_bar import MessageBar
from desktop_app.views.models.add_panel import AddPanel
from desktop_app.views.models.model_delegate import ModelDelegate
from desktop_app.views.models.model_detail import ModelDetail
from desktop_app.views.page_shortcut import PageShortcut
from desktop_app.views.result_list import ResultList


class ModelsPage(QWidget):
    """The list on the left, one model in full on the right."""

    use_wanted = Signal(str, str)  # "classify", "embeddings" or "files"; bundle
    removal_wanted = Signal(object)  # ModelEntry, confirmed; the owner may refuse

    def __init__(self, session: ModelsSession, parent: QWidget | None = None) -> None:
        """A page for one session, which outlives it. The files are read now."""
        super().__init__(parent)
        self._session = session
        self._chosen = ""  # bundle
        self._focus_waits = False  # for the list
        self._title = QLabel(self)
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        set_type(self._title, Type.TITLE)
        self._facts = FittingLabel(self)
        self.add_button = QPushButton(self)
        self.messages = MessageBar(self)
        self.add_panel = AddPanel(self)
        self.rows = ModelRows(self)
        self.list = ResultList(self)
        self._delegate = ModelDelegate(self.list)
        self.detail = ModelDetail(self)
        self._waiting = EmptyState(Icon.MODELS, self)
        self._stack = QStackedWidget(self)
        self._lay_out()
        self._connect()
        self.retranslate()
        session.refresh()

    def add_file(self, path: Path) -> None:
        """Check a file and take it in, with the hash that stands in the field."""
        if self._session.work is not None:
            self.messages.note(
                lambda: self.tr("Something else is being done. Wait until it has ended.")
            )
            return
        self.messages.dismiss()
        self.add_panel.show()
        self._session.add(path, self.add_panel.hash_field.text())

    def focus_text(self) -> None:
        """Put the keyboard on the list, as soon as there is one."""
        self._focus_waits = self._stack.currentIndex() == 0
        if not self._focus_waits:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        """Say everything in the current language."""
        self._title.setText(self.tr("Models"))
        self.add_button.setText(self.tr("Add model…"))
        self.add_button.setAccessibleName(self.tr("Add a model from a file"))
        self.list.setAccessibleName(self.tr("Models of this computer"))
        self._to_list.setWhatsThis(self.tr("Go to the list of models"))
        self._waiting.set_words(
            self.tr("Reading the models…"),
            self.tr("Every file is read in full and its hashes are compared."),
            "",
        )
        self._show_facts()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(Space.LARGE)
        head.addWidget(self._title)
        head.addWidget(self._facts, 1)
        head.addWidget(self.add_button)
        self.list.setModel(self.rows)
        self.list.setItemDelegate(self._delegate)
        models = Card(padding=Space.SMALL, parent=self)
        models.column.addWidget(self.list)
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(Space.LARGE)
        split.addWidget(models)
        split.addWidget(self.detail)
        split.setSizes([460, 580])
        split.setStretchFactor(0, 1)
        split.setStretchFactor(1, 1)
        waiting = Card(padding=Space.WIDE, parent=self)
        waiting.column.addWidget(self._waiting)
        self._stack.addWidget(waiting)
        self._stack.addWidget(split)
        page = QVBoxLayout(self)
        page.setContentsMargins(Space.PAGE, Space.WIDE, Space.PAGE, Space.WIDE)
        page.setSpacing(Space.LARGE)
        page.addLayout(head)
        page.addWidget(self.messages)
        page.addWidget(self.add_panel)
        page.addWidget(self._stack, 1)

    def _connect(self) -> None:
        session, detail = self._session, self.detail
        session.listed.connect(self._show_entries)
        session.work_changed.connect(self._show_work)
        session.progressed.connect(self.add_panel.show_share)
        session.added.connect(self._say_added)
        session.measured.connect(lambda _entry: self._show_detail())
        session.removed.connect(self._say_removed)
        session.failed.connect(self._say_failed)
        session.cancelled.connect(self._say_cancelled)
        self.add_button.clicked.connect(self.add_panel.open)
        self.add_panel.file_chosen.connect(self.add_file)
        self.add_panel.cancel_wanted.connect(session.cancel)
        self.add_panel.closed.connect(self._close_add_panel)
        self.list.selectionModel().currentChanged.connect(lambda _now, _then: self._row_chosen())
        detail.use_wanted.connect(self._use)
        detail.selftest_wanted.connect(lambda: self._measure(session.run_selftest))
        detail.speed_wanted.connect(lambda: self._measure(session.measure_speed))
        detail.cancel_wanted.connect(session.cancel)
        detail.removal_wanted.connect(lambda: self.removal_wanted.emit(detail.entry))
        detail.copied.connect(self._say_copied)
        self._to_list = PageShortcut("Ctrl+L", self, self.focus_text)
        order = [self.add_button, *self.add_panel.controls, self.list]
        for before, after in itertools.pairwise(order):
            QWidget.setTabOrder(before, after)

    def _entry(self) -> ModelEntry | None:
        return self.rows.entry(self.list.currentIndex().row())

    def _show_entries(self) -> None:
        chosen = self._chosen
        self.rows.show(self._session.entries)
        self._stack.setCurrentIndex(1)
        row = self.rows.row_of(chosen)
        self.list.select_row(0 if row is None else row)
        self._row_chosen()
        self._show_facts()
        if self._focus_waits:
            self.focus_text()

    def _show_facts(self) -> None:
        count = self.rows.rowCount()
        self._facts.show_text(self.tr("%Ln model(s)", "", count) if count else "")

    def _row_chosen(self) -> None:
        entry = self._entry()
        self._chosen = "" if entry is None else entry.bundle
        self._show_detail()

    def _show_detail(self) -> None:
        entry = self._entry()
        self.detail.setVisible(entry is not None)
        if entry is not None:
            self.detail.show_entry(
                entry,
                selftest=self._session.report(entry, "selftest"),
                speed=self._session.report(entry, "speed"),
            )
            self.detail.show_work(self._session.work)

    def _show_work(self) -> None:
        work = self._session.work
        adding = work is not None and work.kind == "add"
        self.add_panel.show_adding(Path(work.subject).name if work and adding else "")
        self.add_button.setEnabled(work is None)
        self.add_panel.choose_button.setEnabled(work is None)
        self.detail.show_work(work)

    def _measure(self, measure: Callable[[ModelEntry], None]) -> None:
        entry = self._entry()
        if entry is not None:
            self.messages.dismiss()
            measure(entry)

    def _use(self, page: str) -> None:
        entry = self._entry()
        if entry is not None:
            self.use_wanted.emit(page, entry.bundle)

    def _close_add_panel(self) -> None:
        if self._session.work is not None and self._session.work.kind == "add":
            self._session.cancel()
        self.add_panel.hash_field.clear()
        self.add_panel.hide()
        self.add_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say_added(self, entry: ModelEntry, fresh: bool) -> None:
        name = entry.name
        self.add_panel.hash_field.clear()
        self.add_panel.hide()
        self.list.select_row(self.rows.row_of(entry.bundle))
        self.focus_text()

        def text() -> str:
            if fresh:
                said = self.tr("Added “%1”: its hashes agree and its examples hold here.")
            else:
                said = self.tr("“%1” is here already; nothing was copied.")
            return said.replace("%1", name)

        self.messages.note(text)

    def _say_removed(self, bundle: str) -> None:
        name = shown_name(bundle)
        self.focus_text()
        self.messages.note(lambda: self.tr("Removed: %1").replace("%1", name))

    def _say_failed(self, reason: str) -> None:
        self.messages.warn(lambda: message_words(reason))

    def _say_cancelled(self) -> None:
        self.messages.note(lambda: self.tr("Cancelled."))

    def _say_copied(self) -> None:
        self.messages.note(lambda: self.tr("The SHA-256 is on the clipboard."))
