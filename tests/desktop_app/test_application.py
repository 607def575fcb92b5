from pathlib import Path

import pytest
from fake_worker import FakeWorker, metadata
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QPalette
from PySide6.QtWidgets import QApplication

from desktop_app.bundle_desk import FirstBundle
from desktop_app.settings import Settings, SettingsFile
from desktop_app.views.files_page import PROJECT
from desktop_app.views.main_window import CLASSIFY, EMBEDDINGS, FILES, MODELS
from desktop_app.workers.worker_start import start_worker


def test_the_window_shows_before_the_model_is_there(qtbot, make_desktop, factory):
    desktop = make_desktop(factory)
    desktop.start()
    assert desktop.window.isVisible()
    assert not desktop.bundles.requests[CLASSIFY].ready
    qtbot.waitUntil(lambda: desktop.bundles.requests[CLASSIFY].ready)


def test_only_the_page_in_view_has_a_worker(qtbot, desktop):
    assert not desktop.bundles.requests[EMBEDDINGS].ready
    with qtbot.waitSignal(desktop.bundle_shown):
        desktop.window.show_page(EMBEDDINGS)
    assert desktop.bundles.requests[EMBEDDINGS].metadata.task == "embedding"


def test_a_broken_bundle_keeps_the_old_one(qtbot, desktop, factory):
    factory.known["/some/broken.tflite"] = FakeWorker(refusal="The file is cut off.")
    desktop.window.bundle_wanted.emit("/some/broken.tflite")
    page = desktop.classify_page
    qtbot.waitUntil(lambda: "broken.tflite" in page.messages.text)
    assert "The file is cut off." in page.messages.text
    with qtbot.waitSignal(page.judged):
        page.show_text("good")
    assert desktop.bundles.requests[CLASSIFY].metadata.name == "sentiment-en"


def test_a_bundle_goes_to_the_page_of_its_task(qtbot, desktop, factory):
    old = factory.known["sentiment-en"]
    own = metadata(name="my topics", labels=("a", "b"), label_values=None)
    factory.known["topics.tflite"] = FakeWorker(own)
    factory.known["vectors.tflite"] = FakeWorker(metadata(name="vectors", task="embedding"))
    with qtbot.waitSignal(desktop.bundle_shown):
        desktop.window.bundle_wanted.emit("vectors.tflite")
    assert desktop.window.page == EMBEDDINGS
    with qtbot.waitSignal(desktop.bundle_shown):
        desktop.window.bundle_wanted.emit("topics.tflite")
    assert desktop.window.page == CLASSIFY
    assert desktop.bundles.requests[CLASSIFY].metadata.name == "my topics"
    qtbot.waitUntil(lambda: old.closed)


def test_a_bundle_of_the_command_line_comes_first(qtbot, make_desktop, factory):
    factory.known["v.tflite"] = FakeWorker(metadata(name="v", task="embedding"))
    desktop = make_desktop(factory)
    future = start_worker("v.tflite", factory)
    with qtbot.waitSignal(desktop.bundle_shown):
        desktop.start(first=FirstBundle(bundle="v.tflite", future=future))
    assert desktop.window.page == EMBEDDINGS
    with qtbot.waitSignal(desktop.bundle_shown):
        desktop.window.show_page(CLASSIFY)
    assert desktop.bundles.requests[CLASSIFY].metadata.name == "sentiment-en"


def test_a_broken_bundle_of_the_command_line_gives_the_shipped_one(qtbot, make_desktop, factory):
    factory.known["b.tflite"] = FakeWorker(refusal="no bundle")
    desktop = make_desktop(factory)
    future = start_worker("b.tflite", factory)
    with qtbot.waitSignal(desktop.bundle_shown):
        desktop.start(first=FirstBundle(bundle="b.tflite", future=future))
    assert desktop.bundles.requests[CLASSIFY].metadata.name == "sentiment-en"
    assert "b.tflite" in desktop.classify_page.messages.text


def test_a_missing_shipped_bundle_is_told(qtbot, make_desktop, factory):
    factory.known["sentiment-en"] = FakeWorker(refusal="not there")
    desktop = make_desktop(factory)
    desktop.start()
    qtbot.waitUntil(lambda: "not there" in desktop.classify_page.messages.text)
    assert "No model is open" in desktop.classify_page.caption._facts.text()


CHINESE, ENGLISH, FRENCH = (
    "质量很好，我很喜欢。",
    "It was a good film.",
    "Le film était magnifique.",
)


def judged_by(qtbot, desktop, text) -> str:
    with qtbot.waitSignal(desktop.classify_page.judged):
        desktop.classify_page.show_text(text)
    return desktop.bundles.requests[CLASSIFY].metadata.name


def test_a_text_goes_to_the_bundle_of_its_language(qtbot, desktop, factory):
    assert judged_by(qtbot, desktop, ENGLISH) == "sentiment-en"
    assert factory.known["sentiment-zh"].asked == []
    assert len(desktop.bundles.open_bundles) == 1  # the second only when it is needed
    assert judged_by(qtbot, desktop, CHINESE) == "sentiment-zh"
    assert judged_by(qtbot, desktop, ENGLISH) == "sentiment-en"
    assert len(desktop.bundles.open_bundles) == 2
    assert [len(factory.known[name].asked) for name in ("sentiment-en", "sentiment-zh")] == [2, 1]


def test_at_most_two_engines_stay_open(qtbot, desktop, factory):
    assert judged_by(qtbot, desktop, CHINESE) == "sentiment-zh"
    with qtbot.waitSignal(desktop.bundle_shown):
        desktop.window.show_page(EMBEDDINGS)
    qtbot.waitUntil(lambda: factory.known["sentiment-en"].closed)
    assert len(desktop.bundles.open_bundles) == 2
    assert desktop.bundles.requests[CLASSIFY].bundle == "sentiment-zh"
    assert desktop.bundles.requests[EMBEDDINGS].bundle == "embedding-en"


def test_a_bundle_is_chosen_by_hand_and_by_language_again(qtbot, desktop):
    page = desktop.classify_page
    page.show_text(FRENCH)
    box = page.caption.choice_box
    with qtbot.waitSignal(page.judged):
        box.activated.emit(box.findData("sentiment-zh"))
    assert desktop.bundles.requests[CLASSIFY].metadata.name == "sentiment-zh"
    assert box.currentData() == "sentiment-zh"
    box.activated.emit(0)
    assert page._analysis.unsupported
    assert box.currentData() == ""


def test_an_opened_bundle_takes_every_language(qtbot, desktop, factory):
    factory.known["own.tflite"] = FakeWorker(metadata(name="own"))
    with qtbot.waitSignal(desktop.bundle_shown):
        desktop.window.bundle_wanted.emit("own.tflite")
    assert judged_by(qtbot, desktop, CHINESE) == "own"
    assert desktop.classify_page.caption.choice_box.currentText() == "own.tflite"


def test_a_broken_bundle_of_a_language_is_told_and_not_tried_again(qtbot, desktop, factory):
    factory.known["sentiment-zh"] = FakeWorker(refusal="cut off")
    with qtbot.waitSignal(desktop.bundles.opener.refused):
        desktop.classify_page.show_text(CHINESE)
    assert "sentiment-zh" in desktop.classify_page.messages.text
    del factory.known["sentiment-zh"]  # asking for it again would fail loudly
    desktop.classify_page.show_text(CHINESE + CHINESE)
    assert judged_by(qtbot, desktop, ENGLISH) == "sentiment-en"


def test_a_text_typed_before_any_model_is_there_gets_its_own(qtbot, make_desktop, factory):
    desktop = make_desktop(factory)
    desktop.start()
    assert judged_by(qtbot, desktop, CHINESE) == "sentiment-zh"
    assert factory.known["sentiment-en"].asked == []


def drop(window, *paths) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    event = QDropEvent(
        QPointF(50, 50),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    window.dropEvent(event)


def test_dropped_files_are_opened_as_what_they_are(qtbot, desktop, factory, tmp_path):
    text = tmp_path / "notes.txt"
    text.write_text("A line.")
    drop(desktop.window, text)
    assert desktop.window.page == FILES
    assert desktop.files_page.import_panel.rows.rowCount() == 1
    drop(desktop.window, tmp_path / "old.bertproject")
    assert desktop.files_page.state == PROJECT
    entries = [action.text() for action in desktop.window._recent_menu.actions()]
    assert entries == ["old"]
    bundle = tmp_path / "mine.tflite"
    factory.known[str(bundle)] = FakeWorker(metadata(name="mine"))
    drop(desktop.window, bundle)
    qtbot.waitUntil(lambda: desktop.window.page == CLASSIFY)
    assert desktop.bundles.requests[CLASSIFY].metadata.name == "mine"


def test_several_dropped_files_follow_the_first(desktop, tmp_path):
    paths = [tmp_path / f"{number}.txt" for number in range(3)]
    for path in paths:
        path.write_text("A line.")
    drop(desktop.window, *paths, tmp_path / "old.bertproject")
    panel = desktop.files_page.import_panel
    assert panel._name.text() == "0.txt"
    assert panel.following == tuple(paths[1:])
    assert "Only the documents" in desktop.files_page.messages.text


@pytest.mark.parametrize("page", [CLASSIFY, EMBEDDINGS])
def test_a_file_over_the_text_is_welcome_too(qtbot, desktop, page):
    """The editors leave files to the window that they lie in."""
    desktop.window.show_page(page)
    shown = (desktop.classify_page, desktop.embeddings_page)[page]
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile("/tmp/some.tflite")])
    event = QDragEnterEvent(
        QPoint(20, 20),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(shown.editor.viewport(), event)
    assert event.isAccepted()
    assert shown.editor.toPlainText() == ""


def test_the_look_changes_at_once_and_is_remembered(qtbot, make_desktop, factory, tmp_path):
    stored = SettingsFile(tmp_path / "settings.json")
    desktop = make_desktop(factory, stored)
    desktop.start()
    ground = []
    for appearance in ("dark", "light"):
        desktop.use_appearance(appearance)
        palette = desktop.window.palette()
        ground.append(palette.color(QPalette.ColorRole.Window).lightness())
    assert ground[0] < 60 < 200 < ground[1]
    desktop.use_language("zh_CN")
    assert stored.load() == Settings(language="zh_CN", appearance="light")
    assert desktop.window._appearance_actions[1].isChecked()
    assert desktop.window._language_actions[1].isChecked()


def test_closing_lets_go_of_every_worker(qtbot, desktop, factory):
    with qtbot.waitSignal(desktop.bundle_shown):
        desktop.window.show_page(EMBEDDINGS)
    desktop.close()
    opened = [factory.known[name] for name in ("sentiment-en", "embedding-en")]
    qtbot.waitUntil(lambda: all(worker.closed for worker in opened))


def test_the_page_of_files_is_made_when_it_is_needed(desktop):
    assert desktop.project_session is None
    desktop.window.show_page(FILES)
    session = desktop.project_session
    assert session is not None
    desktop.close()
    assert session.asked[-1] == ("shutdown",)


def test_the_example_is_one_click_away(desktop):
    desktop.window.show_page(FILES)
    page = desktop.files_page
    page.start_panel.example_button.click()
    assert page.import_panel.text_column == "feedback"
    assert page.import_panel.rows.rowCount() >= 50


def add_model(qtbot, desktop, name="tickets.tflite") -> str:
    desktop.window.show_page(MODELS)
    with qtbot.waitSignal(desktop.models.session.added) as added:
        drop(desktop.window, f"/some/{name}")
    return added.args[0].bundle


def entries_of(page) -> list[str]:
    box = page.caption.choice_box
    return [box.itemText(row) for row in range(box.count())]


def test_the_page_of_models_is_made_when_it_is_needed(desktop):
    assert desktop.models.session is None
    desktop.window.show_page(MODELS)  # before that of files
    assert desktop.models.session is not None and desktop.project_session is None
    assert desktop.window._stack.currentWidget() is desktop.window.models_page
    desktop.window.show_page(FILES)
    assert desktop.window._stack.currentWidget() is desktop.files_page


def test_an_added_model_is_in_every_menu_and_at_the_next_start_too(
    qtbot, make_desktop, desktop, factory
):
    desktop.window.show_page(FILES)
    bundle = add_model(qtbot, desktop)
    shown = f"tickets ({Path(bundle).stem[-12:-6]})"
    assert entries_of(desktop.classify_page)[-1] == shown
    assert shown not in entries_of(desktop.embeddings_page)  # it judges
    box = desktop.files_page.judge_bar.model_box
    assert box.itemText(box.count() - 1) == shown
    vectors = add_model(qtbot, desktop, "embedding of mine.tflite")
    assert desktop.bundles.choices[EMBEDDINGS].bundles[-1] == vectors
    again = make_desktop(factory)
    assert entries_of(again.classify_page)[-1] == shown
    assert again.models.session is None  # known without reading anything


def test_an_added_model_is_used_where_it_is_wanted(qtbot, desktop, factory):
    bundle = add_model(qtbot, desktop)
    own = metadata(name="tickets", labels=("praise", "question"), label_values=None)
    factory.known[bundle] = FakeWorker(own)
    detail = desktop.window.models_page.detail
    with qtbot.waitSignal(desktop.bundle_shown):
        detail.use_text_button.click()
    assert desktop.window.page == CLASSIFY
    assert judged_by(qtbot, desktop, CHINESE) == "tickets"
    assert desktop.classify_page.caption.choice_box.currentData() == bundle
    desktop.open_document("/data/reviews.bertproject")
    desktop.window.show_page(MODELS)
    detail.use_files_button.click()
    assert desktop.window.page == FILES
    assert desktop.project_session.chosen_bundle == bundle


def test_a_removed_model_is_let_go_of_everywhere(qtbot, desktop, factory):
    bundle = add_model(qtbot, desktop)
    factory.known[bundle] = FakeWorker(metadata(name="tickets"))
    detail = desktop.window.models_page.detail
    with qtbot.waitSignal(desktop.bundle_shown):
        detail.use_text_button.click()
    assert judged_by(qtbot, desktop, ENGLISH) == "tickets"
    desktop.window.show_page(MODELS)
    detail.remove_button.click()
    detail.question.yes_button.click()
    assert not Path(bundle).exists()
    qtbot.waitUntil(lambda: factory.known[bundle].closed)
    qtbot.waitUntil(lambda: desktop.bundles.requests[CLASSIFY].bundle == "sentiment-en")
    assert not any("tickets" in each for each in entries_of(desktop.classify_page))
    assert judged_by(qtbot, desktop, ENGLISH + ENGLISH) == "sentiment-en"


def test_the_model_of_the_open_project_stays(qtbot, desktop):
    bundle = add_model(qtbot, desktop)
    desktop.open_document("/data/reviews.bertproject")
    desktop.files_page.use_model(bundle)
    desktop.window.show_page(MODELS)
    page = desktop.window.models_page
    page.detail.remove_button.click()
    page.detail.question.yes_button.click()
    assert "The open project is judged by this model" in page.messages.text
    assert Path(bundle).exists()
