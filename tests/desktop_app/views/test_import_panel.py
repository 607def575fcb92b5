import pytest

from desktop_app.documents.open_document import preview_document
from desktop_app.documents.read_options import ReadOptions
from desktop_app.views.files.import_panel import ImportPanel


@pytest.mark.parametrize("width", [1000, 1400])
def test_the_column_of_texts_takes_the_room_that_is_left(qtbot, tmp_path, width):
    path = tmp_path / "reviews.csv"
    path.write_text("id,text,region\n1,The room was lovely and the staff were kind.,North\n")
    panel = ImportPanel()
    qtbot.addWidget(panel)
    panel.resize(1200, 600)
    panel.show()
    panel.begin(path)
    panel.show_preview(preview_document(path, ReadOptions()))
    panel.resize(width, 600)
    table = panel.table
    widths = [table.columnWidth(column) for column in range(3)]
    qtbot.waitUntil(lambda: table.horizontalHeader().length() == table.viewport().width())
    assert table.columnWidth(1) >= 420
    assert widths[0] == widths[2] < table.columnWidth(1)


def test_the_keyboard_stays_on_the_page_when_the_analysis_begins(qtbot, tmp_path):
    path = tmp_path / "reviews.csv"
    path.write_text("id,text\n1,The room was lovely and the staff were kind.\n")
    panel = ImportPanel()
    qtbot.addWidget(panel)
    panel.show()
    panel.begin(path)
    panel.show_preview(preview_document(path, ReadOptions()))
    panel.focus_first()
    qtbot.waitUntil(panel.analyse_button.hasFocus)
    panel.analyse_button.click()
    assert not panel.analyse_button.isEnabled()
    assert panel.table.hasFocus()


def test_of_a_file_that_cannot_be_read_only_the_way_back_is_left(qtbot, tmp_path):
    panel = ImportPanel()
    qtbot.addWidget(panel)
    panel.show()
    panel.begin(tmp_path / "answers.xlsx")
    panel.show_failure()
    assert not panel.analyse_button.isVisible()
    qtbot.waitUntil(panel.cancel_button.hasFocus)
    path = tmp_path / "reviews.csv"
    path.write_text("id,text\n1,The room was lovely and the staff were kind.\n")
    panel.begin(path)
    panel.show_preview(preview_document(path, ReadOptions()))
    assert panel.analyse_button.isVisible()
