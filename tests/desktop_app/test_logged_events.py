import logging

import pytest
from fake_worker import FakeWorker

from desktop_app.event_log import LOGGER, document_mark
from desktop_app.logged_events import LoggedEvents
from desktop_app.settings import SettingsFile
from desktop_app.window_request import WindowRequest
from desktop_app.window_run import show_request
from desktop_app.workers.worker_start import RestartNotice

SECRET = "Diagnose"


class Kept(logging.Handler):
    """Keeps what is said."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.texts.append(f"{record.levelname} {record.getMessage()}")


@pytest.fixture
def kept():
    handler, level = Kept(), LOGGER.level
    LOGGER.addHandler(handler)
    LOGGER.setLevel(logging.INFO)
    yield handler.texts
    LOGGER.removeHandler(handler)
    LOGGER.setLevel(level)


def test_a_day_of_work_is_noted_without_a_word_of_it(qtbot, make_desktop, factory, kept, tmp_path):
    path = tmp_path / f"{SECRET}.tflite"
    factory.known[str(path)] = FakeWorker(refusal=f"{SECRET} is damaged")
    desktop = make_desktop(factory)
    LoggedEvents(desktop)
    with qtbot.waitSignal(desktop.bundle_shown):
        desktop.start()
    with qtbot.waitSignal(desktop.classify_page.judged):
        desktop.classify_page.show_text(f"{SECRET}: good.")
    with qtbot.waitSignal(desktop.bundles.opener.refused):
        desktop.window.bundle_wanted.emit(str(path))
    table = tmp_path / f"{SECRET}.csv"
    table.write_text(f"id,{SECRET}\n1,A good {SECRET}.\n2,A bad day.\n")
    desktop.window.document_wanted.emit(str(table))
    session = desktop.project_session
    session.fault = f"{SECRET} cannot be read"
    desktop.open_document(str(table))
    desktop.open_document(str(tmp_path / f"{SECRET}.bertproject"))
    factory.known["sentiment-en"].on_restart(f"it ended by itself (exit code 1; {SECRET})")
    said = "\n".join(kept)
    assert SECRET not in said and str(tmp_path) not in said
    for line in (
        "INFO model opened bundle=sentiment-en task=classification",
        f"WARNING model refused bundle={document_mark(path)}",
        f"INFO document wanted document={document_mark(table)}",
        "INFO document previewed kind=csv encoding=",
        "WARNING work on files failed",
        "INFO project opened project=",
        "WARNING worker lost how=exit-code-1",
        "INFO page shown page=2",
    ):
        assert any(each.startswith(line) for each in kept), (line, kept)


def test_the_end_of_any_worker_is_noted(kept):
    RestartNotice()("no sign of life for 30 seconds (killed by SIGKILL)")
    assert kept == ["WARNING worker lost how=killed-SIGKILL"]


def test_damaged_settings_are_told_in_the_window_once(make_desktop, factory, tmp_path, kept):
    path = tmp_path / "settings.json"
    path.write_text("{")
    desktop = make_desktop(factory, SettingsFile(path))
    desktop.start()
    assert "settings.json.damaged" in desktop.window.messages.text
    assert "WARNING settings damaged" in kept
    again = make_desktop(factory, SettingsFile(path))
    again.start()
    assert again.window.messages.text == ""


def test_what_another_start_asks_for_is_shown(qtbot, desktop, tmp_path):
    corpus = tmp_path / "minutes.txt"
    corpus.write_text("We met. We left.")
    table = tmp_path / "a.csv"
    table.write_text("id,text\n1,Good.\n2,Bad.\n")
    desktop.window.showMinimized()
    show_request(desktop, WindowRequest(file=str(corpus), page="embeddings"))
    assert not desktop.window.isMinimized()
    assert desktop.window.page == 1
    qtbot.waitUntil(lambda: "We met." in desktop.embeddings_page.editor.toPlainText())
    show_request(desktop, WindowRequest(file=str(table), language="zh_CN"))
    assert desktop.window.page == 2
    assert desktop.project_session.asked[0][1] == table
    qtbot.waitUntil(lambda: desktop.files_page.open_button.text() != "Open file…")
    show_request(desktop, WindowRequest(text="A good day."))
    assert desktop.window.page == 0
    assert desktop.classify_page.editor.toPlainText() == "A good day."


def test_a_request_brings_the_window_back_from_help(desktop):
    desktop.window.help.show_page(2)
    show_request(desktop, WindowRequest(page="classify"))
    assert desktop.window.help.page is None
    assert desktop.window.page == 0
