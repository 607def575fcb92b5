"""The page of files on a session that answers at once."""

import itertools
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from fake_project_session import LABELS, FakeProjectSession
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtWidgets import QApplication

from desktop_app.item_models.file_rows import FileColumn
from desktop_app.language import LanguageSwitch
from desktop_app.results.write_options import WriteOptions
from desktop_app.views.files.project_view import ROWS, SUMMARY
from desktop_app.views.files_page import IMPORT, PROJECT, START, FilesPage


@pytest.fixture
def session():
    return FakeProjectSession(60)


@pytest.fixture(scope="module")
def english(qapp):
    """Words and plurals of the first language."""
    switch = LanguageSwitch(qapp)
    switch.use("en")
    yield
    switch.remove()


@pytest.fixture
def page(qtbot, english, session):
    made = FilesPage(session)
    qtbot.addWidget(made, before_close_func=lambda page: page.close_threads())
    made.resize(1096, 774)
    made.show()
    return made


@pytest.fixture
def csv(tmp_path):
    path = tmp_path / "reviews.csv"
    chinese = "\u8d28\u91cf\u5f88\u597d\uff0c\u6211\u559c\u6b22\u3002"
    rows = f"1,Lovely staff and a bright room.,lamp\n2,{chinese},kettle\n"
    path.write_bytes(("id,review,product\n" + rows * 5).encode("gb18030"))
    return path


@pytest.fixture
def opened(page):
    page.open_path(Path("/data/reviews.bertproject"))
    return page


def texts(table):
    model = table.model()
    return [model.data(model.index(row, 0)) for row in range(model.rowCount())]


def test_it_starts_with_what_can_be_opened_and_what_was_open(qtbot, page, session):
    assert page.state == START
    assert page.start_panel.recent_buttons == []
    session.recent = (Path("/a/One.bertproject"), Path("/b/Two.bertproject"))
    page._show_state(START)
    names = [button.text() for button in page.start_panel.recent_buttons]
    assert names == ["One", "Two"]
    qtbot.mouseClick(page.start_panel.recent_buttons[1], Qt.MouseButton.LeftButton)
    assert session.asked[-1] == ("open", Path("/b/Two.bertproject"))
    assert page.state == PROJECT


def test_a_file_is_previewed_read_otherwise_and_taken_in(qtbot, page, session, csv):
    page.open_path(csv)
    panel = page.import_panel
    assert page.state == IMPORT
    assert panel.text_column == "review"
    assert panel.encoding_box.currentData() == "gb18030"
    assert "\u8d28\u91cf" in panel.rows.data(panel.rows.index(1, 1))
    assert panel.sheet_box.isHidden()
    panel.encoding_box.setCurrentIndex(panel.encoding_box.findData("cp1252"))
    panel.encoding_box.activated.emit(panel.encoding_box.currentIndex())
    assert session.asked[-1][2].encoding == "cp1252"  # asked again at once
    assert "\u8d28" not in panel.rows.data(panel.rows.index(1, 1))
    panel.encoding_box.setCurrentIndex(panel.encoding_box.findData("gb18030"))
    panel.encoding_box.activated.emit(panel.encoding_box.currentIndex())
    panel.header_chip.click()
    assert session.asked[-1][2].header is False
    assert panel.rows.rowCount() == 11
    panel.header_chip.click()
    panel.text_box.setCurrentText("product")
    panel.text_box.activated.emit(2)
    assert "product" in panel._hint.text()
    qtbot.keyClick(panel.analyse_button, Qt.Key.Key_Space)
    kind, path, options, column = session.asked[-1]
    assert (kind, path, column) == ("import", csv, "product")
    assert (options.encoding, options.header) == ("gb18030", True)
    assert page.state == PROJECT


def test_odd_rows_are_told_before_the_analysis(page, tmp_path):
    path = tmp_path / "odd.csv"
    path.write_text("a,b\nsome text here,2\nmore text here,3,4\n")
    page.open_path(path)
    assert "more or fewer than 2 cells" in page.import_panel.warnings.text
    assert not page.import_panel.warnings.isHidden()


def test_a_file_that_cannot_be_read_is_told_and_left(qtbot, page, session, csv):
    session.fault = "The file is locked. Close it there."
    page.open_path(csv)
    assert page.messages.text == "The file is locked. Close it there."
    assert not page.import_panel.analyse_button.isEnabled()
    page.import_panel.cancel_button.click()
    assert page.state == START
    assert page.messages.text == ""


def test_a_second_file_makes_a_new_project_or_joins_the_open_one(opened, session, csv):
    page = opened
    page.open_path(csv)
    assert not page.import_panel.add_chip.isHidden()
    page.import_panel.add_chip.click()
    page.import_panel.analyse_button.click()
    assert [each[0] for each in session.asked[-2:]] == ["preview", "import"]
    page.open_path(csv)
    page.import_panel.analyse_button.click()
    assert [each[0] for each in session.asked[-3:]] == ["preview", "close", "import"]
    page.open_path(csv)
    page.import_panel.cancel_button.click()
    assert page.state == PROJECT


def test_progress_is_told_paused_and_cancelled(page, session, csv):
    page.open_path(csv)
    page.import_panel.analyse_button.click()
    job = page.project_view.job
    session.tell_progress(30)
    assert job.text == "30 of 60 texts judged  ·  212 a second  ·  about 2 minutes left"
    assert job._line.share == pytest.approx(0.5)
    job.pause_button.click()
    assert session.state == "paused"
    assert job.text.startswith("Paused")
    assert job.pause_button.text() == "Go on"
    job.pause_button.click()
    assert session.state == "judging"
    assert job.pause_button.text() == "Pause"
    job.cancel_button.click()
    assert job.isHidden()
    assert "kept in the project" in page.messages.text


def test_words_label_and_switches_choose_rows(qtbot, opened, session):
    view = opened.project_view
    assert view.count.text() == "60 rows"
    labels = [view.filters.label_box.itemData(at) for at in range(view.filters.label_box.count())]
    assert labels == [None, *LABELS]
    view.filters.label_box.setCurrentIndex(labels.index("very negative"))
    assert view.count.text() == "10 of 60 rows"
    assert set(texts(view.table)) == {"It broke after two days. I want my money back!"}
    view.filters.clear.click()
    assert view.count.text() == "60 rows"
    qtbot.keyClicks(view.filters.words, "staff")
    qtbot.keyClick(view.filters.words, Qt.Key.Key_Return)
    assert session.asked[-1] == ("search", "staff")
    assert view.count.text() == "10 of 60 rows"
    qtbot.keyClick(view.filters.words, Qt.Key.Key_Escape)
    assert view.count.text() == "60 rows"
    view.filters.uncertain.click()
    assert 0 < view.rows.rowCount() < 60


def test_a_click_on_a_header_sorts(qtbot, opened):
    view = opened.project_view
    header = view.table.horizontalHeader()
    header.setSortIndicator(FileColumn.VALENCE, Qt.SortOrder.DescendingOrder)
    first = view.rows.data(view.rows.index(0, FileColumn.LABEL))
    assert first == "very positive"
    header.setSortIndicator(FileColumn.TEXT, Qt.SortOrder.AscendingOrder)  # not in memory
    assert view.rows.sorting is None or header.sortIndicatorSection() == -1
    assert view.rows.order.tolist() == list(range(60))


def test_a_row_in_full_says_which_words_matter(qtbot, opened, session):
    view = opened.project_view
    view.table.go_to(1)
    qtbot.keyClick(view.table, Qt.Key.Key_Return)
    assert session.asked[-1] == ("explain", 1)
    shown = view.detail.text.toPlainText()
    assert "It broke after two days." in shown
    assert shown.count("positive") == 2  # a verdict a sentence
    assert view.detail._label.text() == "Very negative"
    qtbot.keyClick(view.table, Qt.Key.Key_Down)  # the detail follows
    assert session.asked[-1] == ("explain", 2)
    qtbot.keyClick(view.detail, Qt.Key.Key_Escape)
    assert view.detail.isHidden()


def test_keys_correct_labels_and_ctrl_z_takes_them_back(qtbot, opened, session):
    page, view = opened, opened.project_view
    view.table.setFocus()
    view.open_row(1)
    qtbot.keyClick(view.table, Qt.Key.Key_3)
    assert session.asked[-1] == ("correct", [1], "neutral")
    assert view.detail._label.text() == "Neutral"
    assert "the model says very negative" in view.detail._facts.text()
    assert view.detail.buttons.buttons[2].isChecked()
    qtbot.keyClick(view.detail, Qt.Key.Key_5)
    assert session.asked[-1] == ("correct", [1], "very positive")
    qtbot.keyClick(view.table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(view.table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert view.detail._label.text() == "Very negative"
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(view.table, Qt.Key.Key_Z, both)
    assert view.detail._label.text() == "Neutral"
    view.detail.buttons.buttons[0].click()
    assert session.asked[-1] == ("correct", [1], "very negative")
    view.detail.take_back.click()
    assert session.asked[-1] == ("correct", [1], None)
    assert page.undo_button.isEnabled()


def test_several_rows_get_a_label_at_once(qtbot, opened, session):
    view = opened.project_view
    view.table.selectRow(2)
    qtbot.keyClick(view.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(view.table, Qt.Key.Key_1)
    assert session.asked[-1] == ("correct", [2, 3], "very negative")


def test_numbers_typed_into_the_search_correct_nothing(qtbot, opened, session):
    view = opened.project_view
    view.table.go_to(1)
    qtbot.keyClicks(view.filters.words, "12")
    assert not any(each[0] == "correct" for each in session.asked)


def test_the_summary_counts_the_rows_that_are_shown(qtbot, opened):
    view = opened.project_view
    with qtbot.waitSignal(view.counting.counted):
        view.show_view(SUMMARY)
    summary = view.summary
    assert summary.labels.chart.figures.judged == 40
    assert summary.groups.chart.figures.column == "product"
    assert sum(map(sum, summary.groups.chart.figures.counts)) == 40
    assert summary.times.chart.figures.column == "date"
    assert "money back" in summary.phrases.chart.spoken()
    with qtbot.waitSignal(view.counting.counted):
        view.filters.label_box.setCurrentIndex(1)
    assert summary.labels.chart.figures.judged == 10
    with qtbot.waitSignal(view.counting.counted):
        summary.groups.column_box.setCurrentText("id")
        summary.groups.column_box.activated.emit(summary.groups.column_box.currentIndex())
    assert summary.groups.chart.figures.column == "id"
    view.show_view(ROWS)


def test_every_chart_is_a_file_in_every_form(qtbot, opened, tmp_path):
    view = opened.project_view
    with qtbot.waitSignal(view.counting.counted):
        view.show_view(SUMMARY)
    heads = {"png": b"\x89PNG", "svg": b"<", "csv": b"\xef\xbb\xbf"}
    summary = view.summary
    for number, card in enumerate((summary.labels, summary.groups, summary.times, summary.phrases)):
        for form, head in heads.items():
            path = tmp_path / f"chart {number}.{form}"
            card.save(path, form)
            content = path.read_bytes()
            assert content.startswith(head)
            assert len(content) > 60
            assert opened.messages.text == f"Saved: {path}"
            if form == "svg":
                ET.fromstring(content)
        card.save(tmp_path / "none" / "chart.csv", "csv")
        assert "the folder does not exist" in opened.messages.text


@pytest.mark.parametrize(
    ("name", "report"), [("a.csv", False), ("a.xlsx", False), ("a.html", True)]
)
def test_results_are_exported_and_told(opened, session, tmp_path, name, report):
    opened.export_button.export_wanted.emit(tmp_path / name, report)
    kind, path, options, how = session.asked[-1]
    assert (kind, path, options) == ("export", tmp_path / name, WriteOptions())
    assert how == {"report": report, "language": "en", "ordinals": None}
    assert opened.messages.text == f"Saved: {tmp_path / name}"


def test_only_the_rows_shown_are_exported(opened, session, tmp_path):
    opened.project_view.filters.label_box.setCurrentIndex(1)
    opened.export_button.export_wanted.emit(tmp_path / "a.csv", False)
    assert session.asked[-1][3]["ordinals"].tolist() == list(range(1, 60, 6))


def test_a_file_copied_elsewhere_is_pasted(qtbot, page, session, csv):
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(csv))])
    QApplication.clipboard().setMimeData(mime)
    page._paste()
    QApplication.clipboard().clear()
    assert session.asked[-1][:2] == ("preview", csv)


def test_everything_is_said_in_chinese_too(qtbot, make_desktop, factory, session):
    desktop = make_desktop(factory, make_projects=lambda _folder: session)
    desktop.start()
    desktop.open_document("/data/reviews.bertproject")
    page = desktop.files_page
    page.project_view.open_row(1)
    desktop.use_language("zh_CN")
    qtbot.waitUntil(lambda: page._title.text() == "\u6587\u4ef6")
    assert page.project_view.count.text() == "60 \u884c"
    model = page.project_view.rows
    headers = [model.headerData(at, Qt.Orientation.Horizontal) for at in range(7)]
    assert all(not header.isascii() for header in headers)


def test_the_smallest_window_cuts_nothing(qtbot, opened):
    view = opened.project_view
    controls = [view.filters.label_box, view.filters.language_box, view.filters.status_box,
                view.filters.uncertain, view.filters.corrected, view.filters.clear]  # fmt: skip

    def nothing_overlaps():  # a box takes its own size first, and its place in the row after it
        for left, right in itertools.pairwise(controls):
            assert left.geometry().right() < right.geometry().left()
        assert controls[-1].geometry().right() <= view.filters.width()

    opened.resize(796, 630)  # of a window of 900 x 660
    qtbot.wait(50)
    qtbot.waitUntil(nothing_overlaps)
    view.open_row(1)
    qtbot.waitUntil(lambda: view.detail.geometry().right() <= view.width())
