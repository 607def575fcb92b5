"""An open project: how far it is, which rows are shown, the rows or their summary, one in full."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from desktop_app.inference.sort_session import ReadCells, SortRequest, SortSession
from desktop_app.inference.summary_session import SummaryRequest, SummarySession
from desktop_app.item_models.file_rows import FileRows
from desktop_app.item_models.row_choice import NO_LANGUAGE, present
from desktop_app.item_models.source_columns import SourceColumns
from desktop_app.numbers import whole
from desktop_app.projects.document import Document, ProjectRow
from desktop_app.projects.table_columns import TableColumns
from desktop_app.views.card import Card
from desktop_app.views.design import Space, Type
from desktop_app.views.files.chosen_rows import ChosenRows
from desktop_app.views.files.filter_bar import FilterBar
from desktop_app.views.files.job_bar import JobBar
from desktop_app.views.files.label_buttons import KEYS
from desktop_app.views.files.project_labels import used_labels
from desktop_app.views.files.row_detail import RowDetail
from desktop_app.views.files.row_table import RowTable
from desktop_app.views.files.summary_view import SummaryView
from desktop_app.views.files.view_switch import ViewSwitch
from desktop_app.views.focus_ring import FocusRing
from desktop_app.views.quiet_label import QuietLabel
from desktop_app.views.verdict_style import VerdictStyle

ROWS, SUMMARY = 0, 1
_SUMMARY_MS = 2_000  # between two countings while verdicts come in
_CATCH_UP_MS = 2_000  # between two searches, and two sortings, while rows come in
_DETAIL_WIDTH = 380
_MANY_ROWS = 100_000  # sorting more of them anew with every batch would be felt

ReadRows = Callable[[Sequence[int]], list[ProjectRow]]


class ProjectView(QWidget):
    """Shows what the session knows and says what the user wants."""

    search_wanted = Signal(str)
    explanation_wanted = Signal(int)  # place
    label_wanted = Signal(object, object)  # places, a label or None

    def __init__(
        self, read: ReadRows, read_cells: ReadCells, parent: QWidget | None = None
    ) -> None:
        """Without a project.

        Args:
            read: gives the rows of some places; called on two threads.
            read_cells: gives one cell of many rows; called on another thread.
            parent: of the view.
        """
        super().__init__(parent)
        self._columns: TableColumns | None = None
        self._source = SourceColumns()
        self._style = VerdictStyle()
        self._found: NDArray[np.int_] | None = None
        self._words = ""
        self._searching = False  # for `_words`; nothing has come back yet
        self._project: Path | None = None  # file of the one that is shown, or was shown last
        self._opened: int | None = None  # place of the row in full
        self.rows = FileRows(read, self)
        self.counting = SummarySession(read, self)
        self.sorting = SortSession(read_cells, self)
        self.job = JobBar(self)
        self.switch = ViewSwitch(2, self)
        self.count = QuietLabel(self)
        self.filters = FilterBar(self.switch, self.count, self)
        self.table = RowTable(self.rows, self)
        self.nothing = QuietLabel(self.table.viewport(), step=Type.BODY)  # in place of rows
        self.detail = RowDetail(self)
        self.summary = SummaryView(self)
        FocusRing(self.summary)
        self._views = QStackedWidget(self)
        self._split = QSplitter(Qt.Orientation.Horizontal, self)
        self._recount = QTimer(self)
        self._recount.setSingleShot(True)
        self._recount.timeout.connect(self._ask_summary)
        self._catch_up = QTimer(self)  # with rows that came, in search and order
        self._catch_up.setSingleShot(True)
        self._catch_up.timeout.connect(self._search_and_sort)
        self._lay_out()
        self._connect()
        self.retranslate()

    @property
    def shown_only(self) -> NDArray[np.int32] | None:
        """Places of the rows that a filter lets through, in order; None: all are shown."""
        return self.rows.order if self.rows.filter.active else None

    def show_project(
        self,
        columns: TableColumns,
        documents: Sequence[Document],
        style: VerdictStyle,
        *,
        project: Path | None = None,
    ) -> None:
        """Show a project from its first row.

        Args:
            columns: of its rows.
            documents: that it was made of.
            style: of its verdicts.
            project: its file; words and filters stay where it was the last one, too.
        """
        self.counting.stop()
        self.sorting.stop()
        self._end_sorting()
        self._close_detail()
        self._found, self._columns = None, None
        if project is None or project != self._project:
            self._words = ""
            self.summary.forget_choice()
            with QSignalBlocker(self.filters):
                self.filters.reset()
        self._project = project
        self._protect(documents)
        self.rows.filter = self.filters.filter
        self._show_from_start(columns, SourceColumns(documents), style)
        self._search_again()

    def show_columns(
        self, columns: TableColumns, documents: Sequence[Document], style: VerdictStyle
    ) -> None:
        """Take over verdicts, labels and rows that came."""
        source = SourceColumns(documents)
        self._protect(documents)
        self._keep_found(columns)
        if self._columns is None or source != self._source:
            self._show_from_start(columns, source, style)
            return
        self._columns, self._style = columns, style
        self.table.delegate.style = style
        busy = not self.job.isHidden() and len(columns) > _MANY_ROWS
        self.rows.show_columns(columns, keep_order=busy)
        self._offer()
        self._show_count()
        self._renew_summary(at_once=False)
        if self._opened is not None:
            self._show_detail(self._opened, explain=False)

    def end_job(self) -> None:
        """Nothing runs any more: what was kept in its old order takes its place."""
        if not self.job.isHidden():
            self.job.end()
            if self._columns is not None:
                self.rows.show_columns(self._columns)
                self._show_count()

    def show_found(self, places: NDArray[np.int_]) -> None:
        """Show only the rows that a search found."""
        self._searching = False
        self._found = places if self._words else None
        self._filter()

    def show_explanation(self, place: int, sentences: Sequence[object]) -> None:
        """Show what each sentence of a row says, if it is still in view."""
        if place == self._opened:
            self.detail.show_sentences(sentences)  # type: ignore[arg-type]

    def show_view(self, view: int) -> None:
        """Bring the rows or the summary into view."""
        self.switch.choose(view)

    def open_row(self, position: int) -> None:
        """Show a row in full."""
        self.table.go_to(position)
        place = self.rows.place(position)
        if place is not None:
            self._show_detail(place, explain=True)

    def focus_first(self) -> None:
        """Put the keyboard on the rows."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_threads(self) -> None:
        """Stop counting and sorting for good."""
        self.counting.close()
        self.sorting.close()

    def retranslate(self) -> None:
        """Say everything in the current language."""
        self.switch.set_names([self.tr("Rows"), self.tr("Summary")])
        self.switch.setAccessibleName(self.tr("Views of the project"))
        self.table.setAccessibleName(self.tr("Rows with their verdicts"))
        self.table.setAccessibleDescription(
            self.tr("Enter shows a row in full; 1 to 9 give it a label, 0 takes that back.")
        )
        self.nothing.setText(self.tr("No row has all of this. “Show all” lets every row in again."))
        self.rows.retranslate()
        self._show_count()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _show_from_start(
        self, columns: TableColumns, source: SourceColumns, style: VerdictStyle
    ) -> None:
        self._columns, self._source, self._style = columns, source, style
        self.table.delegate.style = style
        self.rows.use_label_order(tuple(style.labels))
        self.rows.show_project(columns, source)
        self._offer()
        self._show_count()
        self._renew_summary(at_once=True)

    def _lay_out(self) -> None:
        table = Card(padding=1, parent=self)
        table.column.setContentsMargins(1, Space.HAIR, 1, Space.HAIR)
        table.column.addWidget(self.table)
        self.nothing.setWordWrap(True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.nothing.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        QVBoxLayout(self.table.viewport()).addWidget(self.nothing)
        self._split.setChildrenCollapsible(False)
        self._split.setHandleWidth(Space.LARGE)
        self._split.addWidget(table)
        self._split.addWidget(self.detail)
        self._split.setStretchFactor(0, 1)
        self._split.setStretchFactor(1, 0)
        self.detail.setMinimumWidth(300)
        self.detail.hide()
        self._views.addWidget(self._split)
        self._views.addWidget(self.summary)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.MEDIUM)
        column.addWidget(self.job)
        column.addWidget(self.filters)
        column.addWidget(self._views, 1)

    def _connect(self) -> None:
        self.switch.chosen.connect(self._view_chosen)
        self.filters.changed.connect(self._filter)
        self.filters.words_changed.connect(self._search)
        self.table.row_opened.connect(self.open_row)
        self.table.row_moved.connect(self._row_moved)
        self.table.label_key.connect(self._label_key)
        self.detail.label_key.connect(self._label_key)
        self.detail.label_wanted.connect(self._label_opened)
        self.detail.closed.connect(self._leave_detail)
        self.summary.group_wanted.connect(self._ask_group)
        self.counting.counted.connect(self.summary.show_summary)
        self.rows.ranks_wanted.connect(self._ask_ranks)
        self.sorting.ranked.connect(self._take_ranks)
        self.sorting.failed.connect(self._end_sorting)
        self.sorting.given_up.connect(self._end_sorting)

    def _view_chosen(self, view: int) -> None:
        self._views.setCurrentIndex(view)
        self._renew_summary(at_once=True)

    def _protect(self, documents: Sequence[Document]) -> None:
        read = [Path(each.path) for each in documents if each.path]
        self.summary.protect([*read, *([self._project] if self._project is not None else [])])

    def _search(self, words: str) -> None:
        if words == self._words:
            return
        self._words, self._searching = words, bool(words)
        if words:
            self.search_wanted.emit(words)
        else:
            self.show_found(np.zeros(0, np.intp))

    def _keep_found(self, columns: TableColumns) -> None:
        """Bring what was found over to other columns, and have rows that came searched soon."""
        known = self._columns
        if known is None or columns.rows is known.rows:
            if self._searching:  # whatever reloads the columns ends a search without an answer
                self._begin_to_catch_up()
            return
        if self._found is not None:
            rows = known.rows[self._found[self._found < len(known)]]
            places = np.minimum(np.searchsorted(columns.rows, rows), max(0, len(columns) - 1))
            self._found = places[columns.rows[places] == rows] if len(columns) else places[:0]
            self.rows.filter = replace(self.rows.filter, found=self._found)
        if not np.array_equal(columns.rows[: len(known)], known.rows):
            self._close_detail()  # its row stands elsewhere, or is gone
        self._begin_to_catch_up()

    def _begin_to_catch_up(self) -> None:
        if not self._catch_up.isActive():
            many = self._columns is not None and len(self._columns) > _MANY_ROWS
            self._catch_up.start((5 if many else 1) * _CATCH_UP_MS)

    def _search_again(self) -> None:
        if self._words:
            self._searching = True
            self.search_wanted.emit(self._words)

    def _search_and_sort(self) -> None:
        if self._columns is None:
            return
        self._search_again()
        sorting = self.rows.sorting
        if sorting is not None and sorting.key == "source":
            self._ask_ranks(sorting.column)

    def _ask_ranks(self, column: str) -> None:
        if self._columns is not None:
            self.table.horizontalHeader().setCursor(Qt.CursorShape.BusyCursor)
            self.sorting.ask(
                SortRequest(
                    column=column,
                    source=self._source,
                    rows=self._columns.rows,
                    documents=self._columns.documents,
                )
            )

    def _take_ranks(self, request: SortRequest, ranks: NDArray[np.int32]) -> None:
        self._end_sorting()
        columns = self._columns
        if columns is None:
            return
        count = min(len(columns), len(request.rows))
        if np.array_equal(columns.rows[:count], request.rows[:count]):
            self.rows.take_ranks(request.column, ranks)
        else:
            self._begin_to_catch_up()

    def _end_sorting(self, _reason: str = "") -> None:
        self.table.horizontalHeader().unsetCursor()

    def _filter(self) -> None:
        self.rows.choose(replace(self.filters.filter, found=self._found))
        self._show_count()
        self._renew_summary(at_once=True)

    def _offer(self) -> None:
        columns = self._columns
        if columns is None:
            return
        languages = {
            columns.languages[number] if number >= 0 else "" for number in present(columns.language)
        }
        known = sorted({"" if name in NO_LANGUAGE else name for name in languages})
        statuses = present(self.rows.statuses)
        self.filters.offer(
            used_labels(columns, self._style),
            [*(name for name in known if name), *(name for name in known if not name)],
            [columns.statuses[number] for number in statuses],
        )

    def _show_count(self) -> None:
        total = 0 if self._columns is None else len(self._columns)
        shown = self.rows.rowCount()
        self.nothing.setVisible(bool(total) and not shown)
        if shown == total:
            self.count.setText(self.tr("%Ln row(s)", "", total))
        else:
            text = self.tr("%1 of %Ln row(s)", "", total)
            self.count.setText(text.replace("%1", whole(shown)))

    def _row_moved(self, position: int) -> None:
        if not self.detail.isHidden():
            place = self.rows.place(position)
            if place is not None and place != self._opened:
                self._show_detail(place, explain=True)

    def _show_detail(self, place: int, *, explain: bool) -> None:
        position = self.rows.position(place)
        row = None if position is None else self.rows.fresh_row(place)
        if row is None:
            return
        self._opened = place
        if self.detail.isHidden():
            self.detail.show()
            width = self._split.width()
            self._split.setSizes([max(width - _DETAIL_WIDTH, 300), _DETAIL_WIDTH])
        if self.detail.show_row(row, place + 1, self._style) or explain:
            self.explanation_wanted.emit(place)

    def _close_detail(self) -> None:
        self._opened = None
        self.detail.hide()

    def _leave_detail(self) -> None:
        self._close_detail()
        self.focus_first()

    def _label_opened(self, label: object) -> None:
        if self._opened is not None:
            self.label_wanted.emit([self._opened], label)

    def _label_key(self, number: int) -> None:
        label = None
        if number:
            if number > min(len(self._style.labels), KEYS):
                return
            label = self._style.labels[number - 1]
        if self.sender() is self.detail:
            self._label_opened(label)
        elif places := self.table.chosen_places:
            self.label_wanted.emit(places, label)

    def _renew_summary(self, *, at_once: bool) -> None:
        chosen = self._chosen()
        if chosen is None:
            return
        self.summary.show_distribution(chosen.distribution(), self._source.names, self._style)
        if at_once:
            self._recount.stop()
            self._ask(chosen)
        elif not self._recount.isActive():
            self._recount.start(_SUMMARY_MS)

    def _chosen(self) -> ChosenRows | None:
        """What the summary is of; None while it is not in view."""
        if self._columns is None or self._views.currentIndex() != SUMMARY:
            return None
        return ChosenRows.of(self._columns, self.rows.order, self._style)

    def _ask_summary(self) -> None:
        self._ask(self._chosen())

    def _ask_group(self, column: str) -> None:
        self._ask(self._chosen(), by=column)

    def _ask(self, chosen: ChosenRows | None, *, by: str | None = None) -> None:
        if chosen is not None:
            self.counting.ask(
                SummaryRequest(
                    source=self._source,
                    labels=chosen.labels,
                    places=chosen.places,
                    codes=chosen.codes,
                    valences=chosen.valences,
                    by=by,
                )
            )
