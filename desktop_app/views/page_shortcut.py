"""A key that works wherever the keyboard is inside one page."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget


class PageShortcut(QShortcut):
    """Its page says with `setWhatsThis` what it does; the sheet of shortcuts shows that."""

    def __init__(self, keys: str, page: QWidget, action: Callable[[], object]) -> None:
        """Act from now on.

        Args:
            keys: for example "Ctrl+F".
            page: inside which it works.
            action: what it does.
        """
        super().__init__(QKeySequence(keys), page)
        self.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.activated.connect(action)
