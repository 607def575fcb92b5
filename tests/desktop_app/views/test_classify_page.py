import pytest
from fake_worker import FakeWorker, metadata
from PySide6.QtCore import QMimeData, Qt, QUrl

from desktop_app.sample_text import sample_text
from desktop_app.views.classify_page import MAX_CHARACTERS


def highlighted(editor) -> str:
    selections = editor.extraSelections()  # kept while its cursor is asked
    return selections[0].cursor.selectedText()


@pytest.fixture
def page(desktop):
    return desktop.classify_page


def label_of(page) -> str:
    return page.verdict_panel.accessibleName()


def test_typing_brings_the_verdict(qtbot, desktop, page):
    with qtbot.waitSignal(page.judged):
        qtbot.keyClicks(page.editor, "I love it. The room was awful.")
    assert page.rows.rowCount() == 2
    page.editor.selectAll()
    with qtbot.waitSignal(page.judged):
        qtbot.keyClicks(page.editor, "Awful, bad, late.")
    assert "Very negative" in label_of(page)
    assert page.rows.rowCount() == 1


def test_emptied_text_brings_the_advice_back(qtbot, page):
    page.show_text("good")
    qtbot.waitUntil(lambda: page._results.currentIndex() == 1)
    page._clear.click()
    assert page._results.currentIndex() == 0


@pytest.mark.parametrize(
    ("labels", "values"),
    [
        (("spam", "no spam"), None),
        (("joy", "anger", "fear", "sadness", "disgust", "surprise"), None),
        (tuple(f"topic {number}" for number in range(28)), None),
        (("1 star", "2 stars", "3 stars"), (1.0, 2.0, 3.0)),
        (("only",), None),
    ],
)
def test_any_labels_are_shown(qtbot, make_desktop, factory, labels, values):
    own = metadata(name="own", labels=labels, label_values=values)
    factory.known["sentiment-en"] = FakeWorker(own)
    desktop = make_desktop(factory)
    page = desktop.classify_page
    with qtbot.waitSignal(desktop.bundle_shown):
        desktop.start()
    with qtbot.waitSignal(page.judged) as judged:
        page.show_text("A good day. A bad day.")
    verdict = judged.args[0]
    assert verdict.label in labels
    name = verdict.label[0].upper() + verdict.label[1:]
    assert name in label_of(page)
    assert page.verdict_panel._scale.isHidden() == (values is None)
    desktop.window.grab()  # paints every row


def test_a_chosen_sentence_is_shown_in_the_text_and_the_other_way_round(qtbot, page):
    text = "\U0001f600 Good. Then bad news came. 好的。"
    with qtbot.waitSignal(page.judged):
        page.show_text(text)
    page.sentence_list.setCurrentIndex(page.rows.index(1))
    start, end = page.editor.shown_passage
    assert text[start:end] == "Then bad news came."
    shown = highlighted(page.editor)
    assert shown == "Then bad news came."
    cursor = page.editor.textCursor()
    cursor.setPosition(4)  # behind the smiley, which Qt counts twice
    page.editor.setTextCursor(cursor)
    assert page.sentence_list.currentIndex().row() == 0
    assert highlighted(page.editor) == "\U0001f600 Good."


def test_the_highlight_follows_while_one_types_on(qtbot, page):
    with qtbot.waitSignal(page.judged):
        page.show_text("One good thing. Two")
    page.editor.setFocus()
    qtbot.keyClick(page.editor, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    with qtbot.waitSignal(page.judged):
        qtbot.keyClicks(page.editor, " bad things.")
    assert highlighted(page.editor) == "Two bad things."


def test_truncation_is_told(qtbot, page):
    with qtbot.waitSignal(page.judged):
        page.show_text("good " * 100)
    assert "62" in page.verdict_panel._basis.text()
    assert page.rows.data(page.rows.index(0), 258).truncated


def test_a_huge_paste_is_cut_and_said_so(qtbot, page):
    mime = QMimeData()
    mime.setText("good day. " * (MAX_CHARACTERS // 10 + 500))
    page.editor.insertFromMimeData(mime)
    assert page.editor.document().characterCount() - 1 == MAX_CHARACTERS
    assert "100,000" in page.messages.text


def test_files_are_left_to_the_window(page):
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile("/tmp/a.tflite")])
    assert not page.editor.canInsertFromMimeData(mime)


def test_the_example_is_one_click_away(qtbot, page):
    with qtbot.waitSignal(page.judged):
        page._empty.example_wanted.emit()
    assert page.editor.toPlainText() == sample_text()


def test_a_restart_is_noted_quietly(qtbot, page, factory):
    factory.known["sentiment-en"].on_restart("killed by SIGKILL")
    qtbot.waitUntil(lambda: "started again" in page.messages.text)


def test_a_failure_is_told_with_its_reason(qtbot, page, factory):
    worker = factory.known["sentiment-en"]
    worker.manual = True
    page.show_text("good")
    worker.answer_next(RuntimeError("it died twice"))
    qtbot.waitUntil(lambda: "it died twice" in page.messages.text)


def test_five_classes_fit_into_the_smallest_window(qtbot, desktop, page):
    with qtbot.waitSignal(page.judged):
        page.show_text("good")
    page.messages.warn(lambda: "A message takes some of the room.")
    desktop.window.resize(desktop.window.minimumSize())
    qtbot.wait(50)
    bars = page.verdict_panel._bars
    assert bars.height() >= 5 * bars._row_height() - 1
    assert bars.geometry().bottom() < page.verdict_panel.height()


def test_it_says_which_bundle_judged_and_why(qtbot, desktop, page):
    with qtbot.waitSignal(page.judged):
        page.show_text("质量很好，我很喜欢。")
    assert page.verdict_panel._origin.text() == "sentiment-zh, because the text is in Chinese"
    assert "Positive" in label_of(page)
    with qtbot.waitSignal(page.judged):
        page.show_text("lol")
    said = "sentiment-en, taking these few words for English"
    assert page.verdict_panel.accessibleDescription() == said
    with qtbot.waitSignal(page.judged):
        page.caption.bundle_chosen.emit("sentiment-en")
    assert page.verdict_panel._origin.text() == "sentiment-en, chosen by hand"


@pytest.mark.parametrize(
    ("text", "words"),
    [("Le film était magnifique.", "seems to be in French"), ("😀😀", "no words here")],
)
def test_a_language_without_a_bundle_gets_a_note_and_no_verdict(qtbot, desktop, page, text, words):
    page.show_text(text)
    assert page._results.currentIndex() == 2
    advice = page.language_note._advice.text()
    assert words in advice
    assert "English, Chinese" in advice
    assert page._analysis.overall is None
    desktop.use_language("zh_CN")
    qtbot.waitUntil(lambda: "英语、中文" in page.language_note._advice.text())
    desktop.use_language("en")
    with qtbot.waitSignal(page.judged):
        page.show_text("A good day.")
    assert page._results.currentIndex() == 1


def test_a_sentence_in_another_language_is_marked(qtbot, desktop, page):
    with qtbot.waitSignal(page.judged):
        page.show_text("It was a good film. 质量很好。 We had great fun.")
    assert page.rows.data(page.rows.index(1), 258).foreign
    spoken = page.rows.data(page.rows.index(1), Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "质量很好。 In another language, not judged"
    desktop.window.grab()  # paints it


def test_the_example_speaks_the_language_of_the_interface(qtbot, desktop, page):
    desktop.use_language("zh_CN")
    with qtbot.waitSignal(page.judged):
        page._empty.example_wanted.emit()
    assert page.editor.toPlainText() == sample_text("zh")
    assert desktop.bundles.requests[0].metadata.name == "sentiment-zh"
