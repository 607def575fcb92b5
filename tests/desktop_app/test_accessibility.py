"""Every control can be named, reached by keyboard and read."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractButton, QLabel, QMenu, QScrollArea, QWidget

from desktop_app.colour_scale import contrast
from desktop_app.views.design import quiet_text
from desktop_app.views.focus_ring import FocusRing
from desktop_app.views.help import ABOUT, LOG, SHORTCUTS
from desktop_app.views.main_window import CLASSIFY, EMBEDDINGS, FILES, MODELS
from desktop_app.views.theme import own_palette


def is_own(widget: QWidget) -> bool:
    """Not a part that Qt makes itself, such as the button inside a line edit."""
    return not (widget.objectName().startswith("qt_") or "QLineEditIconButton" in str(widget))


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_no_focusable_control_is_without_a_name(qtbot, desktop, language, tmp_path):
    desktop.use_language(language)
    table = tmp_path / "table.csv"
    table.write_text("id,text\n1,A good day.\n2,A bad day.\n")
    desktop.open_document(str(table))
    desktop.open_document(str(tmp_path / "old.bertproject"))
    desktop.files_page.project_view.open_row(1)
    show_models(qtbot, desktop)
    nameless = [
        widget
        for widget in desktop.window.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not isinstance(widget, QMenu)
        and is_own(widget)
        and not widget.accessibleName()
        and not (isinstance(widget, QAbstractButton | QLabel) and widget.text())
        and not widget.parentWidget().accessibleName()  # the popup of a named box
    ]
    assert nameless == []


@pytest.mark.parametrize("page", [CLASSIFY, EMBEDDINGS])
def test_tab_reaches_every_control_of_a_page(qtbot, desktop, page):
    desktop.window.show_page(page)
    shown = (desktop.classify_page, desktop.embeddings_page)[page]
    shown.show_text("Good. Bad.")
    qtbot.waitUntil(lambda: bool(desktop.bundles.requests[page].ready))
    assert len(reached_by_tab(desktop.window, shown)) >= 3


@pytest.mark.parametrize("state", ["start", "import", "rows", "summary"])
def test_tab_reaches_every_control_of_the_page_of_files(qtbot, desktop, state, tmp_path):
    desktop.window.show_page(FILES)
    page = desktop.files_page
    if state == "import":
        table = tmp_path / "table.csv"
        table.write_text("id,text\n1,A good day.\n2,A bad day.\n")
        desktop.open_document(str(table))
    elif state != "start":
        desktop.open_document(str(tmp_path / "old.bertproject"))
        page.project_view.open_row(1)
        page.project_view.show_view(int(state == "summary"))
        buttons = page.project_view.detail.buttons.buttons
        qtbot.waitUntil(lambda: state != "rows" or all(each.isVisible() for each in buttons))
    least = {"start": 2, "import": 6, "rows": 15, "summary": 8}
    assert len(reached_by_tab(desktop.window, page)) >= least[state]


@pytest.mark.parametrize("removing", [False, True])
def test_tab_reaches_every_control_of_the_page_of_models(qtbot, desktop, removing):
    page = show_models(qtbot, desktop)
    if removing:
        page.detail.remove_button.click()
    assert len(reached_by_tab(desktop.window, page)) >= (14 if removing else 12)


def test_the_keyboard_goes_through_a_page_as_it_is_read(qtbot, desktop, tmp_path):
    table = tmp_path / "table.csv"
    table.write_text("id,text\n1,A good day.\n2,A bad day.\n")
    desktop.open_document(str(table))
    panel = desktop.files_page.import_panel
    assert tab_order(desktop.window, panel)[:3] == [
        panel.text_box,
        panel.encoding_box,
        panel.delimiter_box,
    ]
    desktop.open_document(str(tmp_path / "old.bertproject"))
    detail = desktop.files_page.project_view.detail
    desktop.files_page.project_view.open_row(1)
    buttons = detail.buttons.buttons
    qtbot.waitUntil(lambda: all(each.isVisible() for each in buttons))
    order = tab_order(desktop.window, detail)
    assert order[-len(buttons) :] == buttons
    page = show_models(qtbot, desktop)
    add = page.add_panel
    order = tab_order(desktop.window, page)
    places = [order.index(each) for each in (add.hash_field, add.choose_button, page.list)]
    assert places == sorted(places)


@pytest.mark.parametrize("number", [SHORTCUTS, LOG, ABOUT])
def test_a_text_that_scrolls_shows_that_the_keyboard_is_on_it(qtbot, desktop, number):
    desktop.window.help.show_page(number)
    page = desktop.window.help.made(number)
    (ring,) = page.findChildren(FocusRing)
    assert ring.isHidden()
    scrolls = page.findChild(QScrollArea) if number == SHORTCUTS else page.text
    before = page.grab().toImage()
    scrolls.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(scrolls.hasFocus)
    assert ring.isVisible()
    assert ring.geometry().contains(scrolls.geometry())
    assert page.grab().toImage() != before
    page.back_button.setFocus()
    assert ring.isHidden()


def tab_order(window, page) -> list[QWidget]:
    """The controls of a page that can be used, as Tab meets them."""
    wanted = {each for each in page.findChildren(QWidget) if each.isVisible() and is_own(each)}
    order, widget = [], window.nextInFocusChain()
    while widget is not window:
        stops = widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not widget.focusProxy()
        if widget in wanted and widget.isEnabled() and stops:
            order.append(widget)
        widget = widget.nextInFocusChain()
    return order


def show_models(qtbot, desktop):
    """The page with an added model and the panel to add another."""
    desktop.window.show_page(MODELS)
    page = desktop.window.models_page
    with qtbot.waitSignal(desktop.models.session.added):
        page.add_file(Path("/some/tickets.tflite"))
    page.add_button.click()
    qtbot.waitUntil(lambda: page.rows.rowCount() == 5)
    page.list.select_row(4)
    return page


def reached_by_tab(window, page) -> set[QWidget]:
    """The controls of a page that can be used; each is met on the way round with Tab."""
    wanted = {
        widget
        for widget in page.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.isVisible()
        and widget.isEnabled()
        and is_own(widget)
        and not widget.focusProxy()
    }
    reached, widget = set(), window.nextInFocusChain()
    for _ in range(600):
        reached.add(widget)
        widget = widget.nextInFocusChain()
    assert wanted <= reached
    return wanted


def test_every_menu_entry_has_a_name_and_the_main_ones_a_key(desktop):
    window = desktop.window
    actions = [
        action
        for menu in window.menuBar().findChildren(QMenu)
        for action in menu.actions()
        if not action.isSeparator()
    ]
    assert len(actions) >= 10
    assert all(action.text() for action in actions)
    keys = {action.shortcut().toString() for action in actions}
    wanted = {"Ctrl+O", "Ctrl+Shift+O", "Ctrl+Alt+O", "Ctrl+T", "Ctrl+Q"}
    assert wanted | {"Ctrl+1", "Ctrl+2", "Ctrl+3", "Ctrl+4"} <= keys


@pytest.mark.parametrize("dark", [False, True])
def test_text_contrasts_with_its_ground(dark):
    palette = own_palette(dark=dark)
    roles = palette.ColorRole

    def rgb(colour: QColor):
        return colour.getRgb()[:3]

    pairs = [
        (palette.color(roles.Text), palette.color(roles.Base)),
        (palette.color(roles.WindowText), palette.color(roles.Window)),
        (palette.color(roles.ButtonText), palette.color(roles.Button)),
        (palette.color(roles.PlaceholderText), palette.color(roles.Base)),
        (palette.color(roles.HighlightedText), palette.color(roles.Highlight)),
        (quiet_text(palette), palette.color(roles.Base)),
        (quiet_text(palette), palette.color(roles.Window)),
    ]
    assert min(contrast(rgb(text), rgb(ground)) for text, ground in pairs) >= 4.5
