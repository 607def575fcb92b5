"""A million rows as a Qt table: the right cells, and nothing read that is not shown."""

from pathlib import Path

import numpy as np
import pytest
from fake_project_session import LABELS, REVIEWS, FakeProjectSession
from PySide6.QtCore import QPersistentModelIndex, Qt

from desktop_app.item_models.cell_pages import PAGE_ROWS
from desktop_app.item_models.file_rows import CORRECTED_ROLE, VALUE_ROLE, FileColumn, FileRows
from desktop_app.item_models.row_choice import RowFilter
from desktop_app.item_models.source_columns import SourceColumns
from desktop_app.label_names import language_name

MILLION = 1_000_000


@pytest.fixture(scope="module")
def million():
    session = FakeProjectSession(MILLION)
    session._open(Path("million.bertproject"))
    return session


def rows_of(session):
    rows = FileRows(session.rows)
    rows.show_project(session.columns(), SourceColumns(session.documents))
    rows.use_label_order(LABELS)
    session.reads = 0
    return rows


def shown(rows, position, column):
    return rows.data(rows.index(position, column))


def test_a_million_rows_read_only_what_is_seen(million):
    rows = rows_of(million)
    assert rows.rowCount() == MILLION
    assert not rows.canFetchMore(rows.index(-1, -1))
    for position in range(MILLION - 30, MILLION):
        for column in range(rows.columnCount()):
            shown(rows, position, column)
    assert million.reads <= 2
    assert shown(rows, MILLION - 1, FileColumn.TEXT) == REVIEWS[(MILLION - 1) % len(REVIEWS)]
    shown(rows, 0, FileColumn.LABEL)  # arrays answer this alone
    assert million.reads <= 2
    shown(rows, 5 * PAGE_ROWS, FileColumn.TEXT)
    assert million.reads <= 3


def test_filter_and_sort_of_a_million_agree_with_the_rows(million):
    rows = rows_of(million)
    rows.choose(RowFilter(label="very negative", uncertain=True))
    rows.sort(FileColumn.CONFIDENCE, Qt.SortOrder.DescendingOrder)
    columns = million.columns()
    sample = rows.order[:: max(1, rows.rowCount() // 500)]
    assert rows.rowCount() == int(((columns.label == 0) & columns.uncertain).sum())
    assert all(columns.labels[columns.label[place]] == "very negative" for place in sample)
    assert all(columns.uncertain[place] for place in sample)
    sure = columns.confidence[rows.order]
    assert (np.diff(sure) <= 0).all()
    position = rows.rowCount() // 2
    assert rows.position(rows.place(position)) == position
    rows.sort(-1)
    assert (np.diff(rows.order) > 0).all()


def test_cells_say_what_the_project_says(million):
    rows = rows_of(million)
    row = million.rows([2])[0]
    assert shown(rows, 2, FileColumn.TEXT) == row.text
    assert shown(rows, 2, FileColumn.LABEL) == row.verdict.label
    assert rows.data(rows.index(2, FileColumn.VALENCE), VALUE_ROLE) == pytest.approx(
        row.verdict.valence
    )
    assert shown(rows, 2, FileColumn.LANGUAGE) == language_name("zh")
    assert [shown(rows, 2, len(FileColumn) + number) for number in range(3)] == [
        row.cells[0],
        row.cells[2],
        row.cells[3],
    ]
    headers = [
        rows.headerData(number, Qt.Orientation.Horizontal) for number in range(rows.columnCount())
    ]
    assert headers[-3:] == ["id", "product", "date"]
    assert rows.headerData(2, Qt.Orientation.Vertical) == 3
    unused = (Qt.ItemDataRole.FontRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.SizeHintRole)
    assert [rows.data(rows.index(2, 0), role) for role in unused] == [None] * 3


def test_a_chosen_row_stays_chosen_when_the_order_changes(qtmodeltester):
    session = FakeProjectSession(120)
    session._open(Path("small.bertproject"))
    rows = rows_of(session)
    kept = QPersistentModelIndex(rows.index(7, 0))
    rows.sort(FileColumn.VALENCE, Qt.SortOrder.AscendingOrder)
    assert rows.place(kept.row()) == 7
    rows.choose(RowFilter(label="neutral"))
    assert not kept.isValid()
    qtmodeltester.check(rows)


def test_a_correction_is_seen_at_once_and_the_row_may_leave_the_filter():
    session = FakeProjectSession(60)
    session._open(Path("small.bertproject"))
    rows = rows_of(session)
    session.columns_changed.connect(rows.show_columns)
    session.correct([1], "neutral")
    assert shown(rows, 1, FileColumn.LABEL) == "neutral"
    assert rows.data(rows.index(1, FileColumn.LABEL), CORRECTED_ROLE) is True
    assert rows.data(rows.index(2, FileColumn.LABEL), CORRECTED_ROLE) is False
    spoken = Qt.ItemDataRole.AccessibleTextRole
    assert rows.data(rows.index(1, FileColumn.LABEL), spoken) == "Label: neutral, corrected"
    rows.choose(RowFilter(corrected=True))
    assert rows.order.tolist() == [1]
    session.undo()
    assert rows.rowCount() == 0
