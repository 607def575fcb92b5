from pathlib import Path

import pytest
from fake_project_session import FakeProjectSession
from PySide6.QtCore import Qt

from desktop_app.item_models.file_rows import FileColumn, FileRows
from desktop_app.item_models.source_columns import SourceColumns
from desktop_app.views.files.row_table import RowTable


@pytest.fixture
def table(qtbot):
    session = FakeProjectSession(60)
    session.open_project(Path("/data/reviews.bertproject"))
    rows = FileRows(session.rows)
    made = RowTable(rows)
    qtbot.addWidget(made)
    rows.setParent(made)
    rows.show_project(session.columns(), SourceColumns(session.documents))
    made.show()
    return made


def entry(table, text):
    return next(each for each in table.sort_menu.actions() if each.text().startswith(text))


def test_rows_are_sorted_without_a_mouse(qtbot, table):
    rows = table.model()
    qtbot.keyClick(table, Qt.Key.Key_S)
    qtbot.waitUntil(table.sort_menu.isVisible)
    entry(table, "By “Confidence”").trigger()
    assert (rows.sort_column, rows.sorting.descending) == (FileColumn.CONFIDENCE, False)
    qtbot.keyClick(table, Qt.Key.Key_S)
    assert entry(table, "By “Confidence”").isChecked()
    assert entry(table, "By “Confidence”").text().endswith("↑")
    entry(table, "By “Confidence”").trigger()  # again: the other way round
    assert rows.sorting.descending
    qtbot.keyClick(table, Qt.Key.Key_S)
    entry(table, "As in the source").trigger()
    assert rows.sorting is None and table.horizontalHeader().sortIndicatorSection() == -1


def test_the_menu_offers_the_columns_of_the_source_and_not_the_text(qtbot, table):
    wanted = []
    table.model().ranks_wanted.connect(wanted.append)
    qtbot.keyClick(table, Qt.Key.Key_S)
    names = [each.text() for each in table.sort_menu.actions() if each.text()]
    assert len(names) == len(set(names)) == table.model().columnCount() - 1 + 1
    assert not any(name.startswith("By “Text”") for name in names)
    entry(table, "By “product”").trigger()
    assert wanted == ["product"]
