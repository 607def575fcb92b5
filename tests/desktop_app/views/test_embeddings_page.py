import pytest

from desktop_app.sample_text import sample_corpus
from desktop_app.views.main_window import EMBEDDINGS


def highlighted(editor) -> str:
    selections = editor.extraSelections()  # kept while its cursor is asked
    return selections[0].cursor.selectedText()


@pytest.fixture
def page(qtbot, desktop):
    with qtbot.waitSignal(desktop.bundle_shown):
        desktop.window.show_page(EMBEDDINGS)
    return desktop.embeddings_page


def first(page) -> str:
    return page.rows.match_at(0).passage.text


def test_a_question_finds_its_sentence_and_a_click_shows_it(qtbot, page):
    page.show_text("The cat sleeps.\nA dog barks at the moon.\nRain falls.")
    page.ask("which dog barks")
    qtbot.waitUntil(lambda: page.rows.rowCount() == 3)
    assert first(page) == "A dog barks at the moon."
    page.match_list.setCurrentIndex(page.rows.index(0))
    shown = highlighted(page.editor)
    assert shown == "A dog barks at the moon."
    assert "3 passages" in page.reading.text


def test_editing_the_text_changes_what_is_found(qtbot, page):
    page.show_text("The cat sleeps.\nRain falls.")
    page.ask("dog barks")
    qtbot.waitUntil(lambda: page.rows.rowCount() == 2)
    page.editor.appendPlainText("My dog barks.")
    qtbot.waitUntil(lambda: page.rows.rowCount() == 3)
    assert first(page) == "My dog barks."


def test_lines_and_sentences_can_be_chosen(qtbot, page):
    page.show_text("One. Two. Three.\nFour.", "line")
    page.ask("one")
    qtbot.waitUntil(lambda: page.rows.rowCount() == 2)
    page.unit.setCurrentIndex(0)
    qtbot.waitUntil(lambda: page.rows.rowCount() == 4)


def test_a_text_file_opens(qtbot, desktop, page, tmp_path):
    path = tmp_path / "note.txt"
    path.write_text("Erste Zeile.\n第二行。\n", encoding="utf-8")
    desktop.window.text_file_wanted.emit(str(path))
    assert page.editor.toPlainText() == "Erste Zeile.\n第二行。\n"


def test_a_text_file_of_an_older_chinese_program_opens(page, tmp_path):
    path = tmp_path / "评论.txt"
    text = "质量很好，非常满意。\n快递太慢，包装破了。\n"
    path.write_bytes(text.encode("gb18030"))
    page.open_text_file(path)
    assert page.editor.toPlainText() == text


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\x00\x01", "not a plain text"),
        ("é".encode() * 20 + b"\xff", "UTF-8"),
        (b"", "holds no text"),
    ],
)
def test_another_file_is_refused_and_the_text_stays(page, tmp_path, content, words):
    page.show_text("what was there")
    path = tmp_path / "odd.bin"
    path.write_bytes(content)
    page.open_text_file(path)
    assert words in page.messages.text
    assert "odd.bin" in page.messages.text
    assert page.editor.toPlainText() == "what was there"


def test_stop_and_continue(qtbot, page, factory):
    worker = factory.known["embedding-en"]
    worker.manual = True
    page.show_text("\n".join(f"line {number}" for number in range(30)))
    qtbot.waitUntil(lambda: len(worker.waiting) == 1)
    page.reading.button.click()
    worker.answer_next()
    qtbot.waitUntil(lambda: page.reading.text.startswith("8 of 30"))
    assert page.reading.button.text() == "Continue"
    worker.manual = False
    page.reading.button.click()
    qtbot.waitUntil(lambda: "all read" in page.reading.text)
    assert page.reading.button.isHidden()


def test_the_example_is_one_click_away(qtbot, page):
    page._empty.example_wanted.emit()
    qtbot.waitUntil(lambda: page.rows.rowCount() > 30)
    assert page.editor.toPlainText() == sample_corpus()
    page.grab()


def test_no_question_shows_the_advice(qtbot, page):
    page.show_text("a.\nb.\nc.")
    page.ask("a")
    qtbot.waitUntil(lambda: page._results.currentIndex() == 1)
    page.ask("")
    qtbot.waitUntil(lambda: page._results.currentIndex() == 0)


def test_a_question_in_another_language_is_explained(qtbot, desktop, page):
    page.show_text("The cat sleeps.\nA dog barks at the moon.\nRain falls.")
    page.ask("狗在哪里叫")
    qtbot.waitUntil(lambda: page._results.currentIndex() == 2)
    note = page.language_note
    assert note._headline.text() == "The question is in another language than the text"
    assert "The text is in English." in note._advice.text()
    page.ask("which dog barks")
    qtbot.waitUntil(lambda: page._results.currentIndex() == 1)
    assert "embedding-en, because the text is in English" in page._heading.text()
    with qtbot.waitSignal(page.answered):
        page.caption.bundle_chosen.emit("embedding-zh")
    page.ask("狗在哪里叫")  # by hand: one model for both
    qtbot.waitUntil(lambda: "chosen by hand" in page._heading.text())
    assert desktop.bundles.requests[EMBEDDINGS].metadata.name == "embedding-zh"


def test_a_chinese_text_is_searched_with_its_own_bundle(qtbot, desktop, page, factory):
    page.show_text("质量很好。\n包裹晚到了。\n房间很干净。", "line")
    page.ask("质量怎么样")
    qtbot.waitUntil(lambda: page.rows.rowCount() == 3)
    assert desktop.bundles.requests[EMBEDDINGS].metadata.name == "embedding-zh"
    assert factory.known["embedding-en"].asked == []


def test_a_text_that_no_bundle_reads_gets_a_note(qtbot, page):
    page.show_text("Das Essen war kalt.\nDer Film war langweilig.", "line")
    qtbot.waitUntil(lambda: page._results.currentIndex() == 2)
    assert "seems to be in German" in page.language_note._advice.text()
