"""The page of files on a session that answers at once."""

import itertools
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path

import fake_project_session
import numpy as np
import pytest
from fake_project_session import LABELS, FakeProjectSession, columns_of
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtWidgets import QApplication

from desktop_app.inference import summary_session
from desktop_app.item_models.file_rows import FileColumn
from desktop_app.language import LanguageSwitch
from desktop_app.results.write_options import WriteOptions
from desktop_app.views.files import project_view
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
def quick(monkeypatch):
    """Rows that come are searched and sorted at once."""
    monkeypatch.setattr(project_view, "_CATCH_UP_MS", 20)


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


def test_a_second_click_begins_no_second_analysis(page, session, csv):
    wanted = []
    panel = page.import_panel
    panel.analysis_wanted.disconnect(page._analyse)  # a session that takes its time
    panel.analysis_wanted.connect(lambda *what: wanted.append(what))
    page.open_path(csv)
    panel.analyse_button.click()
    panel.analyse_button.click()
    panel.retranslate()
    assert len(wanted) == 1 and not panel.analyse_button.isEnabled()
    session.failed.emit("The drive is full.")
    assert panel.analyse_button.isEnabled()
    panel.analyse_button.click()
    page.open_path(csv)
    assert panel.analyse_button.isEnabled() and len(wanted) == 2


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
    assert page.state == PROJECT  # where the new rows come
    page.open_path(csv)
    page.import_panel.analyse_button.click()
    assert [each[0] for each in session.asked[-3:]] == ["preview", "close", "import"]
    page.open_path(csv)
    page.import_panel.cancel_button.click()
    assert page.state == PROJECT


def test_files_that_come_together_go_where_the_first_goes(page, session, tmp_path):
    paths = [tmp_path / f"{number}.csv" for number in range(4)]
    for path in paths:
        path.write_text("id,text\n1,Some words to judge.\n")
    page.open_paths(paths)
    panel = page.import_panel
    assert "3 more files follow" in panel._hint.text()
    panel.cancel_button.click()  # the first is passed over
    assert (page.state, panel._name.text()) == (IMPORT, "1.csv")
    panel.analyse_button.click()
    assert session.asked[-1][:2] == ("import", paths[1])
    assert session.following == tuple(paths[2:])
    page.open_path(paths[0])  # by itself: nothing follows any more
    assert panel.following == () and "follow" not in panel._hint.text()
    page.open_paths(paths[:2])
    assert "“1.csv” follows" in panel._hint.text()
    for _ in range(2):
        panel.cancel_button.click()
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


def shown_cells(view, column):
    return [view.rows.data(view.rows.index(row, column)) for row in range(view.rows.rowCount())]


def test_a_click_on_a_column_of_the_source_sorts_by_it(qtbot, opened):
    view = opened.project_view
    header, column = view.table.horizontalHeader(), len(FileColumn) + 1
    assert view.rows.headerData(column, Qt.Orientation.Horizontal) == "product"
    with qtbot.waitSignal(view.sorting.ranked):
        header.setSortIndicator(column, Qt.SortOrder.AscendingOrder)
    products = shown_cells(view, column)
    assert products == sorted(products) and len(set(products)) == 3
    header.setSortIndicator(column, Qt.SortOrder.DescendingOrder)  # its ranks are known
    assert shown_cells(view, column) == products[::-1]
    with qtbot.waitSignal(view.sorting.ranked):
        header.setSortIndicator(column + 1, Qt.SortOrder.DescendingOrder)
    dates = shown_cells(view, column + 1)
    assert dates == sorted(dates, reverse=True)
    header.setSortIndicator(FileColumn.TEXT, Qt.SortOrder.AscendingOrder)  # texts are not sorted
    assert header.sortIndicatorSection() == -1 and view.rows.sorting is None


def test_the_order_of_a_column_stays_when_rows_and_documents_come(qtbot, quick, opened, session):
    view, column = opened.project_view, len(FileColumn)
    with qtbot.waitSignal(view.sorting.ranked):
        view.table.horizontalHeader().setSortIndicator(column, Qt.SortOrder.DescendingOrder)
    count = view.rows.rowCount()
    session._columns = columns_of(count + 6)
    session.columns_changed.emit(session.columns())
    assert [view.rows.place(count + number) for number in range(6)] == list(
        range(count, count + 6)
    )  # behind the others, until they are ranked
    with qtbot.waitSignal(view.sorting.ranked):
        pass
    assert view.rows.place(0) == count + 5
    second = replace(session.documents[0], id=2, path="/data/other.csv")
    session.documents = (*session.documents, second)
    with qtbot.waitSignal(view.sorting.ranked):
        session.columns_changed.emit(session.columns())
    assert view.table.horizontalHeader().sortIndicatorSection() == column + 1  # behind "file"
    assert view.rows.place(0) == count + 5


def test_words_are_searched_again_when_rows_come(qtbot, quick, opened, session):
    view = opened.project_view
    view.filters.words.setText("lovely")
    qtbot.keyClick(view.filters.words, Qt.Key.Key_Return)
    found = view.rows.rowCount()
    assert 0 < found < 60
    session._columns = columns_of(120)
    session.columns_changed.emit(session.columns())
    assert view.rows.rowCount() == found  # of the rows of before
    qtbot.waitUntil(lambda: view.rows.rowCount() == 2 * found)
    session.search = lambda words: None  # what reloads the columns ends a search unanswered
    view.filters.words.setText("staff")
    qtbot.keyClick(view.filters.words, Qt.Key.Key_Return)
    del session.search
    session.columns_changed.emit(session.columns())
    qtbot.waitUntil(lambda: session.asked[-1] == ("search", "staff"))
    assert view.rows.rowCount() == 2 * found


def test_found_rows_stay_the_same_ones_when_others_go(opened, session):
    view = opened.project_view
    view._words = "lovely"
    view.show_found(np.array([0, 6, 12]))
    columns = columns_of(60)
    kept = {name: getattr(columns, name)[6:] for name in
            ("rows", "documents", "texts", "read_status", "label", "confidence", "valence",
             "language", "status", "uncertain", "corrected")}  # fmt: skip
    session._columns = replace(columns, **kept)
    session.columns_changed.emit(session.columns())
    assert view.rows.order.tolist() == [0, 6]


def test_words_and_filters_stay_when_the_same_project_is_opened_again(qtbot, opened, session):
    view = opened.project_view
    view.filters.words.setText("lovely")
    qtbot.keyClick(view.filters.words, Qt.Key.Key_Return)
    view.filters.uncertain.setChecked(True)
    shown = view.rows.order.tolist()
    assert shown
    path = session.project_path
    session.close_project()
    session.open_project(path)
    assert view.filters.words.text() == "lovely" and view.filters.uncertain.isChecked()
    assert view.rows.order.tolist() == shown
    session.open_project(path.with_name("another.bertproject"))
    assert view.filters.words.text() == "" and view.rows.rowCount() == 60


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


def test_sentences_of_another_model_are_not_kept(opened, session, monkeypatch):
    view, asked = opened.project_view, lambda: session.asked.count(("explain", 1))
    view.open_row(1)
    session.columns_changed.emit(session.columns())
    assert asked() == 1
    assert "Blue words" in view.detail._legend.text()
    explain = session.explain
    monkeypatch.setattr(view.detail, "show_sentences", lambda _sentences: None)  # not yet
    other = replace(fake_project_session.BUNDLE, sha256="f" * 64)
    monkeypatch.setattr(fake_project_session, "BUNDLE", other)
    session.columns_changed.emit(session.columns())
    assert asked() == 2
    assert view.detail.text.toPlainText() == session.text(1)
    assert "sentence by sentence…" in view.detail._legend.text()
    monkeypatch.undo()
    monkeypatch.setattr(fake_project_session, "BUNDLE", other)
    session.columns_changed.emit(session.columns())  # no wish makes the one before it void
    assert asked() == 2
    explain(1)
    assert view.detail.text.toPlainText().count("positive") == 2
    labels = replace(other, labels=LABELS[1:], label_values=other.label_values[1:])
    session.provenance = (labels,)
    session.columns_changed.emit(session.columns())
    assert asked() == 4


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


def choose_group(summary, column):
    box = summary.groups.column_box
    box.setCurrentText(column)
    box.activated.emit(box.currentIndex())


def test_a_column_chosen_by_hand_stays(qtbot, opened, session):
    view, summary = opened.project_view, opened.project_view.summary
    chart = summary.groups.chart
    with qtbot.waitSignal(view.counting.counted):
        view.show_view(SUMMARY)
    with qtbot.waitSignal(view.counting.counted):
        choose_group(summary, "id")
    seen = []
    view.counting.counted.connect(lambda _summary: seen.append(chart.figures.column))
    view.filters.label_box.setCurrentIndex(1)
    qtbot.waitUntil(lambda: len(seen) == 2)
    assert seen == ["id", "id"]  # the last figures until the next ones come
    assert summary.groups.column_box.currentText() == "id"
    assert sum(map(sum, chart.figures.counts)) == 10  # of the rows that are shown now
    view.filters.label_box.setCurrentIndex(0)
    qtbot.waitUntil(lambda: len(seen) == 4)
    (document,) = session.documents
    session.documents = (replace(document, columns=("number", *document.columns[1:])),)
    session.columns_changed.emit(session.columns())
    qtbot.waitUntil(lambda: len(seen) == 5)
    assert seen[-1] == summary.groups.column_box.currentText() == "product"
    view.show_view(ROWS)


def test_a_column_chosen_by_hand_is_of_one_project(qtbot, opened):
    view, summary = opened.project_view, opened.project_view.summary
    with qtbot.waitSignal(view.counting.counted):
        view.show_view(SUMMARY)
    with qtbot.waitSignal(view.counting.counted):
        choose_group(summary, "id")
    with qtbot.waitSignal(view.counting.counted):
        opened.open_path(Path("/data/other.bertproject"))
    assert summary.groups.chart.figures.column == "product"
    view.show_view(ROWS)


def test_a_sample_of_phrases_is_told(qtbot, opened, monkeypatch):
    view, card = opened.project_view, opened.project_view.summary.phrases
    with qtbot.waitSignal(view.counting.counted):
        view.show_view(SUMMARY)
    assert card._said.text().endswith("a phrase is.")
    monkeypatch.setattr(summary_session, "_PHRASE_ROWS", 50)
    with qtbot.waitSignal(view.counting.counted):
        view._ask_summary()
    assert card._said.text().endswith("a phrase is. Counted in an even sample of 50 rows.")
    assert "sample" not in view.summary.groups._said.text()
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


def test_no_chart_is_written_over_what_was_read(qtbot, opened, session, csv):
    folder = csv.parent / "folder"
    folder.mkdir()
    first = session.documents[0]
    session.documents = (replace(first, path=str(csv)), replace(first, id=2, path=str(folder)))
    session.columns_changed.emit(session.columns())
    before = csv.read_bytes()
    view = opened.project_view
    with qtbot.waitSignal(view.counting.counted):
        view.show_view(SUMMARY)
    view.summary.labels.save(csv, "csv")
    assert "would destroy the file" in opened.messages.text
    view.summary.labels.save(folder / "chart.csv", "csv")
    assert "in the folder that is analysed" in opened.messages.text
    assert csv.read_bytes() == before and list(folder.iterdir()) == []


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


def test_one_model_for_all_rows_is_chosen_in_place(page, session):
    page.offer_models(["sentiment-en", "/models/classification/topics-0123456789ab.tflite"])
    box = page.judge_bar.model_box
    entries = [box.itemText(row) for row in range(box.count())]
    assert entries == ["By language of the row", "sentiment-en", "topics (012345)"]
    page.open_path(Path("/data/reviews.bertproject"))
    page.messages.dismiss()
    box.setCurrentIndex(2)
    box.activated.emit(2)
    assert session.asked[-1] == ("use", box.itemData(2))
    assert page.messages.text == ""  # a job that makes way for another one was not stopped
    assert page.judge_bar.chosen == session.chosen_bundle == box.itemData(2)
    session.finish()
    box.activated.emit(2)  # the same again
    assert [each[0] for each in session.asked].count("use") == 1
    session.fault = "There is no bundle."
    box.setCurrentIndex(1)
    box.activated.emit(1)
    assert page.messages.text == "There is no bundle."
    assert box.currentIndex() == 2  # what is in force


def test_a_model_chosen_before_is_for_the_next_file(page, session, csv):
    page.offer_models(["topics.tflite"])
    page.use_model("topics.tflite")
    assert page.judge_bar._note.text() == "for the next file"
    assert not any(each[0] == "use" for each in session.asked)
    page.open_path(csv)
    page.import_panel.analyse_button.click()
    assert session.chosen_bundle == "topics.tflite"
    assert page.judge_bar.model_box.currentData() == "topics.tflite"
    session.close_project()
    assert page.judge_bar.chosen is None


def test_a_document_is_removed_after_a_question_in_place(qtbot, opened, session):
    bar, panel = opened.judge_bar, opened.document_panel
    assert bar.documents_button.text() == "Files in this project (1)"
    session.correct([1, 2], "neutral")
    bar.documents_button.click()
    assert panel.isVisible()
    panel.remove_buttons[0].click()
    assert panel.question.text == (
        "Remove “reviews.csv” with its 60 rows from the project? The file itself stays. "
        "2 labels that you gave are lost."
    )
    session.correct([3], "neutral")  # the question follows what happens meanwhile
    assert "3 labels" in panel.question.text
    panel.question.no_button.click()
    assert panel.question.text == "" and session.documents
    panel.remove_buttons[0].click()
    qtbot.keyClick(panel.question.yes_button, Qt.Key.Key_Space)
    assert session.asked[-1] == ("remove", 1)
    assert opened.messages.text == "Removed from the project: reviews.csv"
    assert panel.remove_buttons == [] and opened.project_view.rows.rowCount() == 0
    assert bar.documents_button.text() == "Files in this project (0)"
    qtbot.keyClick(panel, Qt.Key.Key_Escape)
    assert panel.isHidden() and not bar.documents_button.isChecked()


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
