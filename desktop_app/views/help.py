"""The menu Help and the pages behind it, which lie over the others until they are closed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenuBar, QStackedWidget, QWidget

if TYPE_CHECKING:
    from desktop_app.views.help_page import HelpPage
    from desktop_app.views.shortcut_list import ShortcutGroup

SHORTCUTS, LOG, ABOUT = 0, 1, 2


class Help(QObject):
    """Pages are made when they are first opened."""

    def __init__(
        self,
        window: QMainWindow,
        pages: QStackedWidget,
        named_pages: Callable[[], Sequence[tuple[str, QWidget]]],
    ) -> None:
        """Nothing of help is in view.

        Args:
            window: whose keys the sheet lists.
            pages: stays in view until help is opened.
            named_pages: all of them with their names, in order.
        """
        super().__init__(window)
        self._window, self._pages, self._named_pages = window, pages, named_pages
        self.area = QStackedWidget(window)
        self.area.addWidget(pages)
        self.log: Path | None = None  # the file that is shown; None: no log is kept
        self.diagnose: Callable[[], str] = str  # makes the report that can be copied
        self._made: dict[int, HelpPage] = {}
        self._came_from: QWidget | None = None
        self._actions = [QAction(window) for _ in (SHORTCUTS, LOG, ABOUT)]
        for number, action in enumerate(self._actions):
            action.triggered.connect(lambda _checked, page=number: self.show_page(page))
        keys = [QKeySequence(QKeySequence.StandardKey.HelpContents), QKeySequence("Ctrl+/")]
        self._actions[SHORTCUTS].setShortcuts(keys)
        self._actions[ABOUT].setMenuRole(QAction.MenuRole.AboutRole)

    def add_menu(self, bar: QMenuBar) -> None:
        """Put the menu at the end of a bar."""
        self._menu = bar.addMenu("")
        self._menu.addActions(self._actions[:ABOUT])
        self._menu.addSeparator()
        self._menu.addAction(self._actions[ABOUT])

    @property
    def page(self) -> int | None:
        """The page in view; None: none."""
        shown = self.area.currentWidget()
        return next((number for number, page in self._made.items() if page is shown), None)

    def made(self, number: int) -> HelpPage:
        """A page, made now if it has not been needed before."""
        if number not in self._made:
            page = self._make(number)
            page.closed.connect(self._close)
            self._made[number] = page
            self.area.addWidget(page)
        return self._made[number]

    def show_page(self, number: int) -> None:
        """Bring a page into view."""
        if self.page is None:
            self._came_from = self._window.focusWidget()
        page = self.made(number)
        self.area.setCurrentWidget(page)
        page.open()

    def leave(self) -> None:
        """Bring the window's own pages into view again."""
        self.area.setCurrentWidget(self._pages)

    def retranslate(self) -> None:
        """Say everything in the current language."""
        self._menu.setTitle(self.tr("&Help"))
        names = (self.tr("&Keyboard shortcuts"), self.tr("&Log"), self.tr("&About"))
        for action, name in zip(self._actions, names, strict=True):
            action.setText(name)

    def _close(self) -> None:
        """Go back, the keyboard too."""
        self.leave()
        if self._came_from is not None and self._came_from.isVisible():
            self._came_from.setFocus()

    def _make(self, number: int) -> HelpPage:
        if number == SHORTCUTS:
            from desktop_app.views.shortcut_sheet import ShortcutSheet

            return ShortcutSheet(self._shortcuts, self.area)
        if number == LOG:
            from desktop_app.views.log_page import LogPage

            return LogPage(self.log, self.diagnose, self.area)
        from desktop_app.views.about_page import AboutPage

        return AboutPage(self.area)

    def _shortcuts(self) -> list[tuple[str, ShortcutGroup]]:
        from desktop_app.views.shortcut_list import shortcut_groups

        pages = self._named_pages()
        groups = shortcut_groups(self._window, [page for _, page in pages])
        names = {id(page): name for name, page in pages}
        everywhere = self.tr("Everywhere")
        return [(names.get(id(group.place), everywhere), group) for group in groups]
