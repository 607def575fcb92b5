"""The rows of a project as a Qt table: an index array over columns, a million rows like ten."""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from desktop_app.item_models.cell_pages import CellPages, ReadRows
from desktop_app.item_models.row_choice import (
    NO_LANGUAGE,
    RowFilter,
    RowSort,
    SortKey,
    chosen_rows,
    final_labels,
    shown_statuses,
    sorted_rows,
)
from desktop_app.item_models.source_columns import SourceColumns
from desktop_app.label_names import label_name, language_name
from desktop_app.numbers import percent, signed
from desktop_app.projects.document import ProjectRow
from desktop_app.projects.table_columns import TableColumns
from desktop_app.status_names import status_name

_Index = QModelIndex | QPersistentModelIndex
_SHOWN_CHARACTERS = 300  # of a cell: more is never seen in one line


class FileColumn(IntEnum):
    """What stands in front of the source's own columns."""

    TEXT = 0
    LABEL = 1
    CONFIDENCE = 2
    VALENCE = 3
    LANGUAGE = 4
    UNCERTAIN = 5
    STATUS = 6


SORT_KEYS: dict[int, SortKey] = {
    FileColumn.LABEL: "label",
    FileColumn.CONFIDENCE: "confidence",
    FileColumn.VALENCE: "valence",
    FileColumn.LANGUAGE: "language",
    FileColumn.UNCERTAIN: "uncertain",
    FileColumn.STATUS: "status",
}
_NAMES: dict[int, Callable[[str], str]] = {
    FileColumn.LABEL: label_name,
    FileColumn.LANGUAGE: language_name,
    FileColumn.STATUS: status_name,
}
_OWN = len(FileColumn)
_DISPLAY = Qt.ItemDataRole.DisplayRole
VALUE_ROLE = int(Qt.ItemDataRole.UserRole) + 1  # label as stored, or a number; None: none
CORRECTED_ROLE = int(Qt.ItemDataRole.UserRole) + 2  # True: a person gave the label


class FileRows(QAbstractTableModel):
    """Shows the rows that a filter lets through, sorted; nothing is ever copied or fetched more."""

    ranks_wanted = Signal(str)  # name of a column of the source; `take_ranks` answers

    def __init__(self, read: ReadRows, parent: QObject | None = None) -> None:
        """No rows.

        Args:
            read: gives the rows of some places in the columns, in a few milliseconds.
            parent: of the model.
        """
        super().__init__(parent)
        self._read = read
        self._pages = CellPages(read)
        self._columns: TableColumns | None = None
        self._source = SourceColumns()
        self._order = np.zeros(0, np.int32)  # (S,)
        self._final = np.zeros(0, np.int16)  # (R,)
        self._statuses = np.zeros(0, np.uint8)  # (R,)
        self._label_order: tuple[str, ...] = ()
        self._words: dict[tuple[int, str], str] = {}  # column and name to what is shown
        self.filter = RowFilter()
        self.sorting: RowSort | None = None
        self._ranks: NDArray[np.int32] | None = None  # (R,) of the source's column sorted by

    @property
    def order(self) -> NDArray[np.int32]:
        """(S,) places in the columns of the rows that are shown, from top to bottom."""
        return self._order

    def show_project(self, columns: TableColumns, source: SourceColumns) -> None:
        """Show another project from its first row.

        Args:
            columns: of its rows.
            source: what its documents brought along.
        """
        self.beginResetModel()
        self._pages.forget()
        self._source = source
        self._columns = self._ranks = None
        if self.sorting is not None and self.sorting.column not in ("", *source.names):
            self.sorting = None
        self._take(columns)
        self._order = self._ordered()
        self.endResetModel()
        self._want_ranks()

    @property
    def statuses(self) -> NDArray[np.uint8]:
        """(R,) places in the project's statuses of what each row shows."""
        return self._statuses

    def show_columns(self, columns: TableColumns, *, keep_order: bool = False) -> None:
        """Take over verdicts and rows that came.

        Args:
            columns: of all rows.
            keep_order: leave the rows where they are even if they would be sorted otherwise now.
        """
        known = len(self._final)
        self._take(columns)
        keep_order = keep_order and len(columns) == known
        order = self._order if keep_order else self._ordered()
        if len(order) != len(self._order) or not np.array_equal(order, self._order):
            self._reorder(order)
        elif len(order):
            first = self.index(0, FileColumn.LABEL)
            last = self.index(len(order) - 1, FileColumn.STATUS)
            self.dataChanged.emit(first, last, [Qt.ItemDataRole.DisplayRole])

    @property
    def sort_column(self) -> int:
        """The column that rows are sorted by; -1: as in the source."""
        if self.sorting is None:
            return -1
        if self.sorting.key == "source":
            return _OWN + self._source.names.index(self.sorting.column)
        return next(int(each) for each, key in SORT_KEYS.items() if key == self.sorting.key)

    def take_ranks(self, column: str, ranks: NDArray[np.int32]) -> None:
        """Sort by a source's column, if that is still wanted.

        Args:
            column: its name.
            ranks: (R,) of the rows when they were asked for; -1: blank.
        """
        if self._columns is None or self.sorting is None or self.sorting.column != column:
            return
        self._ranks = _padded(ranks, len(self._columns))
        self._reorder(self._ordered())

    def choose(self, wanted: RowFilter) -> None:
        """Show the rows that a filter lets through."""
        self.filter = wanted
        self._reorder(self._ordered())

    def use_label_order(self, labels: tuple[str, ...]) -> None:
        """Sort labels as they stand on the bundles' scale."""
        self._label_order = labels

    def place(self, position: int) -> int | None:
        """The place in the columns of the row at a position of the table."""
        return int(self._order[position]) if 0 <= position < len(self._order) else None

    def position(self, place: int) -> int | None:
        """Where in the table a row stands; None while it is left out."""
        found = np.flatnonzero(self._order == place)
        return int(found[0]) if len(found) else None

    def row(self, position: int) -> ProjectRow | None:
        """The whole row at a position."""
        if not 0 <= position < len(self._order):
            return None
        return self._pages.row(self._order, position)

    def fresh_row(self, place: int) -> ProjectRow | None:
        """The row at a place in the columns as the project has it now, verdict and all."""
        found = self._read([place])
        return found[0] if found else None

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """Rows that are shown."""
        return 0 if parent.isValid() else len(self._order)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """Ours, then the source's without the text."""
        return 0 if parent.isValid() else _OWN + len(self._source.names)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell shows; every other role is answered at once with nothing."""
        if role == _DISPLAY:
            return self._shown(index.row(), index.column())
        if role == VALUE_ROLE:
            return self._value(index.row(), index.column())
        if role == CORRECTED_ROLE:
            return self._is_corrected(index.row())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(index.row(), index.column())
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Names of columns; numbers of rows as they stand in the source."""
        if role != _DISPLAY:
            return None
        if orientation == Qt.Orientation.Vertical:
            place = self.place(section)
            return None if place is None else place + 1
        own = self.own_names()
        if section < len(own):
            return own[section]
        number = section - len(own)
        return self._source.names[number] if number < len(self._source.names) else None

    def own_names(self) -> list[str]:
        """Names of the columns that are ours."""
        return [
            self.tr("Text"),
            self.tr("Label"),
            self.tr("Confidence"),
            self.tr("Valence"),
            self.tr("Language"),
            self.tr("Uncertain"),
            self.tr("Status"),
        ]

    def retranslate(self) -> None:
        """Say everything in the current language."""
        self._words.clear()
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, max(0, self.columnCount() - 1))

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; by the text, or by none: as in the source.

        By one of the source's the rows are sorted when its ranks have come.
        """
        key = SORT_KEYS.get(column)
        descending = order == Qt.SortOrder.DescendingOrder
        name = ""
        if _OWN <= column < self.columnCount():
            key, name = "source", self._source.names[column - _OWN]
        before = self.sorting
        self.sorting = RowSort(key=key, column=name, descending=descending) if key else None
        if name and (before is None or before.column != name or self._ranks is None):
            self._ranks = None
            self._want_ranks()
            return
        self._reorder(self._ordered())

    def _want_ranks(self) -> None:
        if self.sorting is not None and self.sorting.key == "source":
            self.ranks_wanted.emit(self.sorting.column)

    def _take(self, columns: TableColumns) -> None:
        known = self._columns
        if known is not None and columns.rows is not known.rows:
            count = min(len(known), len(columns))
            if count < len(known) or not np.array_equal(columns.rows[:count], known.rows):
                self._ranks = None  # other rows stand at these places
            elif self._ranks is not None:
                self._ranks = _padded(self._ranks, len(columns))
        self._columns = columns
        self._final = final_labels(columns)
        self._statuses = shown_statuses(columns)

    def _ordered(self) -> NDArray[np.int32]:
        if self._columns is None:
            return np.zeros(0, np.int32)
        if not self.filter.active:
            places = np.arange(len(self._columns), dtype=np.int32)
        else:
            places = chosen_rows(self._columns, self.filter)
        return sorted_rows(
            self._columns, places, self.sorting, label_order=self._label_order, ranks=self._ranks
        )

    def _reorder(self, order: NDArray[np.int32]) -> None:
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        places = [self.place(index.row()) for index in before]
        self._order = order
        where = {place: self.position(place) for place in set(places) if place is not None}
        for index, place in zip(before, places, strict=True):
            position = None if place is None else where[place]
            moved = QModelIndex() if position is None else self.index(position, index.column())
            self.changePersistentIndex(index, moved)
        self.layoutChanged.emit()

    def _shown(self, position: int, column: int) -> str | None:
        if self._columns is None or not 0 <= position < len(self._order):
            return None
        if column == FileColumn.TEXT or column >= _OWN:
            row = self._pages.row(self._order, position)
            if row is None:
                return ""
            if column == FileColumn.TEXT:
                return _one_line(row.text)
            return _one_line(self._source.cell(row, column - _OWN))
        value = self._value(position, column)
        if column in _NAMES:
            return self._word(column, value) if value else ""
        if column == FileColumn.CONFIDENCE:
            return "" if value is None else percent(value)
        if column == FileColumn.VALENCE:
            return "" if value is None else signed(value)
        return self.tr("uncertain") if value else ""

    def _word(self, column: int, name: str) -> str:
        """A name in the reader's language; asking for a translation each time would be felt."""
        found = self._words.get((column, name))
        if found is None:
            found = self._words[column, name] = _NAMES[column](name)
        return found

    def _is_corrected(self, position: int) -> bool:
        place = self.place(position)
        if place is None or self._columns is None:
            return False
        return bool(self._columns.corrected[place] >= 0)

    def _spoken(self, position: int, column: int) -> str:
        """What a screen reader says of a cell."""
        name = self.headerData(column, Qt.Orientation.Horizontal)
        shown = self._shown(position, column) or self.tr("none")
        said = f"{name}: {shown}"
        if column == FileColumn.LABEL and self._is_corrected(position):
            said += ", " + self.tr("corrected")
        return said

    def _value(self, position: int, column: int) -> Any:
        columns, place = self._columns, self.place(position)
        if columns is None or place is None:
            return None
        if column == FileColumn.LABEL:
            number = int(self._final[place])
            return columns.labels[number] if 0 <= number < len(columns.labels) else None
        if column == FileColumn.CONFIDENCE:
            return _number(columns.confidence[place])
        if column == FileColumn.VALENCE:
            return _number(columns.valence[place])
        if column == FileColumn.LANGUAGE:
            number = int(columns.language[place])
            name = columns.languages[number] if number >= 0 else ""
            return "" if name in NO_LANGUAGE else name
        if column == FileColumn.UNCERTAIN:
            return bool(columns.uncertain[place])
        if column == FileColumn.STATUS:
            return columns.statuses[int(self._statuses[place])]
        return None


def _number(value: np.float32) -> float | None:
    return None if np.isnan(value) else float(value)


def _padded(ranks: NDArray[np.int32], rows: int) -> NDArray[np.int32]:
    """Rows that came since have none yet."""
    missing = max(0, rows - len(ranks))
    return np.concatenate([ranks[:rows], np.full(missing, -1, np.int32)])


def _one_line(text: str) -> str:
    return " ".join(text[:_SHOWN_CHARACTERS].split())
