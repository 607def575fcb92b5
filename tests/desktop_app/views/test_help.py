import logging
from hashlib import sha256
from itertools import combinations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication, QShortcut
from PySide6.QtWidgets import QAbstractButton, QLabel, QScrollBar, QWidget

from desktop_app.log_file import LogFile
from desktop_app.views.help import ABOUT, LOG, SHORTCUTS
from desktop_app.views.key_caps import KeyCaps
from desktop_app.views.main_window import EMBEDDINGS, MODELS
from desktop_app.views.shortcut_list import KeyedControl, plain_text
from export.runtime.catalogue import find_bundle


@pytest.fixture
def log(tmp_path):
    made = LogFile(tmp_path / "state" / "bert-desktop.log")
    yield made
    made.close()


@pytest.fixture
def help_(desktop, log):
    desktop.window.help.log = log.path
    return desktop.window.help


def say(log, text, level=logging.INFO):
    log.emit(logging.LogRecord("bert-desktop", level, "", 0, "%s", (text,), None))


def keys_of(window) -> list[tuple[str, QAction | QShortcut]]:
    """Every combination of the window with what it belongs to."""
    found: list[tuple[str, QAction | QShortcut]] = []
    for action in window.findChildren(QAction):
        found += [(each.toString(), action) for each in action.shortcuts()]
    for shortcut in window.findChildren(QShortcut):
        sequences = shortcut.keys()
        found += [(each.toString(), shortcut) for each in sequences]
    return found


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_every_key_of_the_window_is_on_the_sheet(desktop, help_, language):
    desktop.use_language(language)
    help_.show_page(SHORTCUTS)
    sheet = help_.made(SHORTCUTS)
    shown = {
        (keys, line.does) for _, group in sheet.groups for line in group.shortcuts
        for keys in line.keys
    }  # fmt: skip
    everything = keys_of(desktop.window)
    assert len(everything) > 20
    for keys, owner in everything:
        does = plain_text(owner) if isinstance(owner, QAction) else owner.whatsThis()
        assert does, f"{keys} says in no word what it does"
        assert (keys, does) in shown
    controls = [each for each in desktop.window.findChildren(QWidget)
                if isinstance(each, KeyedControl)]  # fmt: skip
    assert len(controls) >= 2
    assert {words for each in controls for words in each.key_words()} <= shown
    drawn = {caps.accessibleName() for caps in sheet.findChildren(KeyCaps)}
    assert {", ".join(line.keys) for _, group in sheet.groups for line in group.shortcuts} == drawn


def test_no_two_keys_are_in_each_others_way(desktop, help_):
    help_.show_page(SHORTCUTS)  # makes all pages
    everything = keys_of(desktop.window)
    for (first, one), (second, other) in combinations(everything, 2):
        if first != second:
            continue
        places = [each.parent() for each in (one, other)]
        assert all(
            isinstance(each, QShortcut)
            and each.context() == Qt.ShortcutContext.WidgetWithChildrenShortcut
            for each in (one, other)
        ), f"{first} works everywhere, and means two things"
        assert not places[0].isAncestorOf(places[1]), first
        assert not places[1].isAncestorOf(places[0]), first
        assert places[0] is not places[1], first


def test_no_two_entries_of_a_menu_have_one_letter(qtbot, desktop):
    check_letters(desktop.window.menuBar())
    desktop.use_language("zh_CN")
    qtbot.waitUntil(lambda: not desktop.window.menuBar().actions()[0].text().isascii())
    check_letters(desktop.window.menuBar())


def check_letters(bar):
    for menu in [bar, *(action.menu() for action in bar.actions())]:
        texts = [action.text().replace("&&", "") for action in menu.actions()]
        letters = [text[text.index("&") + 1].lower() for text in texts if "&" in text]
        assert len(letters) == len(set(letters)), texts


def test_a_key_opens_the_sheet_and_escape_goes_back(qtbot, desktop, help_):
    desktop.window.show_page(EMBEDDINGS)
    desktop.embeddings_page.question.setFocus()
    owners = dict(keys_of(desktop.window))
    assert owners["F1"] is owners["Ctrl+/"]
    owners["F1"].trigger()
    sheet = help_.made(SHORTCUTS)
    assert help_.page == SHORTCUTS and sheet.isVisible()
    qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    assert help_.page is None
    assert desktop.embeddings_page.isVisible()
    assert desktop.window.focusWidget() is desktop.embeddings_page.question


def test_a_page_of_the_rail_closes_help(desktop, help_):
    help_.show_page(ABOUT)
    desktop.window.rail.buttons[MODELS].click()
    assert help_.page is None
    assert desktop.window.page == MODELS


def test_about_names_every_part_and_copies_all_of_it(qtbot, desktop, help_):
    help_.show_page(ABOUT)
    about = help_.made(ABOUT)
    qtbot.waitUntil(lambda: bool(about.parts), timeout=20_000)
    names = [about.part_list.model().index(row, 0).data() for row in range(len(about.parts))]
    assert names[:2] == ["bert-tf", "PySide6_Essentials"]
    about.part_list.select_row(names.index("sentiment-en"))
    assert "MIT (Hutto and Gilbert 2014)" in about.text.toPlainText()
    about.copy_button.click()
    digest = sha256(find_bundle("sentiment-en").read_bytes()).hexdigest()
    assert QGuiApplication.clipboard().text().startswith(f"sentiment-en {digest[:12]}")
    about.copy_all_button.click()
    whole = QGuiApplication.clipboard().text()
    assert all(f"\n{part.name} {part.version}\n" in whole for part in about.parts)
    assert about.messages.text == "Copied."


def test_the_log_grows_while_one_looks_and_can_be_filtered(qtbot, help_, log):
    help_.show_page(LOG)
    page = help_.made(LOG)
    assert page.text.toPlainText() == ""
    say(log, "window shown")
    say(log, "worker lost how=silent", logging.WARNING)
    qtbot.waitUntil(lambda: "worker lost" in page.text.toPlainText(), timeout=3_000)
    assert "window shown" in page.text.toPlainText()
    page.level_box.setCurrentIndex(1)
    assert "window shown" not in page.text.toPlainText()
    assert "worker lost" in page.text.toPlainText()
    page.level_box.setCurrentIndex(2)
    assert page.text.toPlainText() == ""


def test_the_log_stays_where_one_reads(qtbot, help_, log):
    for number in range(300):
        say(log, f"record {number}")
    help_.show_page(LOG)
    page = help_.made(LOG)
    bar = page.text.verticalScrollBar()
    assert bar.value() == bar.maximum() > 0  # the end is shown
    bar.setValue(10)
    say(log, "another")
    page.refresh()
    assert bar.value() == 10
    bar.setValue(bar.maximum())
    say(log, "the last")
    page.refresh()
    assert bar.value() == bar.maximum()


def test_diagnostics_are_put_on_the_clipboard(qtbot, help_, log):
    say(log, "window shown")
    help_.show_page(LOG)
    page = help_.made(LOG)
    page.copy_button.click()
    qtbot.waitUntil(lambda: bool(page.messages.text), timeout=20_000)
    report = QGuiApplication.clipboard().text()
    assert "window shown" in report
    assert "Qt: 6." in report and "(offscreen)" in report


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_every_control_has_a_name_and_is_reached_by_tab(qtbot, desktop, help_, language):
    desktop.use_language(language)
    for number in (SHORTCUTS, LOG, ABOUT):
        help_.show_page(number)
        check_controls(qtbot, desktop.window, help_.made(number))


def check_controls(qtbot, window, page):
    wanted = {
        each for each in page.findChildren(QWidget)
        if each.focusPolicy() & Qt.FocusPolicy.TabFocus and each.isVisible() and each.isEnabled()
        and not each.objectName().startswith("qt_") and not isinstance(each, QScrollBar)
    }  # fmt: skip
    assert len(wanted) >= 2
    for each in wanted:
        text = each.text() if isinstance(each, QAbstractButton | QLabel) else ""
        assert each.accessibleName() or text, each
    page.back_button.setFocus()
    reached = set()
    for _ in range(40):
        focused = window.focusWidget()
        reached.add(focused)
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
    assert wanted <= reached


def test_the_pages_follow_the_language(desktop, help_):
    for number in (SHORTCUTS, LOG, ABOUT):
        help_.show_page(number)
        page = help_.made(number)
        english = page.title.text()
        desktop.use_language("zh_CN")
        QGuiApplication.processEvents()
        assert page.title.text() != english
        assert not page.title.text().isascii()
        desktop.use_language("en")
