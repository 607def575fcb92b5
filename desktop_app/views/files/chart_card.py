"""A chart with its title, a choice of columns where there is one, and a menu to save it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import cast

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QWidget

from desktop_app.results.result_error import ResultError
from desktop_app.views.card import Card
from desktop_app.views.choice_box import ChoiceBox
from desktop_app.views.design import Space, Type, set_type
from desktop_app.views.files.chart import Chart
from desktop_app.views.files.chart_file import ChartForm, write_chart
from desktop_app.views.menu_button import MenuButton
from desktop_app.views.quiet_label import QuietLabel
from desktop_app.views.save_place import save_place

_WIDEST_CHOICE = 220


class ChartCard(Card):
    """Frames one chart; where there are no figures a sentence stands in their place."""

    column_chosen = Signal(str)
    saved = Signal(str)  # path
    failed = Signal(str)  # a sentence

    def __init__(self, chart: Chart, parent: QWidget | None = None) -> None:
        """Around a chart without figures."""
        super().__init__(padding=Space.WIDE - Space.HAIR, parent=parent)
        self.chart = chart
        self.sources: tuple[Path, ...] = ()  # what was analysed: never written over
        self._title: Callable[[], str] = str
        self._empty: Callable[[], str] = str
        self._note: Callable[[], str] = str
        self._heading = QLabel(self)
        self._heading.setTextFormat(Qt.TextFormat.PlainText)
        set_type(self._heading, Type.STRONG)
        self.column_box = ChoiceBox(self)
        self.column_box.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToContents)
        self.column_box.setMaximumWidth(_WIDEST_CHOICE)
        self.column_box.activated.connect(self._chosen)
        self.column_box.hide()
        self.save_button = MenuButton(self)
        self.menu = QMenu(self.save_button)
        self._actions = {form: self.menu.addAction("") for form in ("png", "svg", "csv")}
        for form, action in self._actions.items():
            action.triggered.connect(lambda _on, each=form: self._ask(cast("ChartForm", each)))
        self.save_button.setMenu(self.menu)
        self._said = QuietLabel(self)
        self._said.setWordWrap(True)
        head = QHBoxLayout()
        head.setSpacing(Space.MEDIUM)
        head.addWidget(self._heading, 1)
        head.addWidget(self.column_box)
        head.addWidget(self.save_button)
        self.column.setSpacing(Space.MEDIUM)
        self.column.addLayout(head)
        self.column.addWidget(chart)
        self.column.addWidget(self._said)
        self.retranslate()

    def set_words(
        self, title: Callable[[], str], empty: Callable[[], str], note: Callable[[], str] = str
    ) -> None:
        """Give title, what is said without figures, and what is said below them."""
        self._title, self._empty, self._note = title, empty, note
        self.retranslate()

    def offer(self, columns: Sequence[str], chosen: str) -> None:
        """Offer columns to choose from."""
        box = self.column_box
        box.blockSignals(True)
        box.clear()
        for column in columns:
            box.addItem(column)
        box.setCurrentIndex(columns.index(chosen) if chosen in columns else -1)
        box.blockSignals(False)
        box.setVisible(bool(columns))

    def retranslate(self) -> None:
        """Say everything in the current language, and follow the figures."""
        self._heading.setText(self._title())
        self.chart.title = self._heading.text()
        self.column_box.setAccessibleName(self.tr("Column of the chart"))
        self.column_box.view().setAccessibleName(self.column_box.accessibleName())
        self.save_button.setText(self.tr("Save"))
        self.save_button.setAccessibleName(self.tr("Save this chart"))
        self._actions["png"].setText(self.tr("Picture (PNG)…"))
        self._actions["svg"].setText(self.tr("Drawing (SVG)…"))
        self._actions["csv"].setText(self.tr("Figures (CSV)…"))
        empty = self.chart.empty
        self.chart.setVisible(not empty)
        self.save_button.setVisible(not empty)
        said = self._empty() if empty else self._note()
        self._said.setText(said)
        self._said.setVisible(bool(said))
        self.chart.refresh()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def save(self, path: Path, form: ChartForm) -> None:
        """Write the chart and say how it went."""
        try:
            write_chart(path, self.chart, form, sources=self.sources)
        except ResultError as error:
            self.failed.emit(str(error))
        else:
            self.saved.emit(str(path))

    def _ask(self, form: ChartForm) -> None:
        name = re.sub(r"[^\w-]+", "-", self.chart.title).strip("-") or "chart"
        path = save_place(self, self.tr("Save the chart"), name, form)
        if path is not None:
            self.save(path, form)

    def _chosen(self, index: int) -> None:
        self.column_chosen.emit(self.column_box.itemText(index))
