"""The pages of the window, one below the other at its left edge."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QVBoxLayout, QWidget

from desktop_app.views.design import Space, Type, focus_pen, line_colour, over, quiet_text, set_type
from desktop_app.views.icons import Icon, draw_icon

_WIDTH, _ICON = 104, 26


class NavigationRail(QWidget):
    """Exactly one page is chosen; arrow keys move within, Tab leaves."""

    page_chosen = Signal(int)

    def __init__(self, icons: list[Icon], parent: QWidget | None = None) -> None:
        """A button for each icon; the window gives them names in its language."""
        super().__init__(parent)
        self.setFixedWidth(_WIDTH)
        self._group = QButtonGroup(self)
        self.buttons = [RailButton(icon, self) for icon in icons]
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.SMALL, Space.WIDE, Space.SMALL, Space.WIDE)
        column.setSpacing(Space.SMALL)
        for number, button in enumerate(self.buttons):
            self._group.addButton(button, number)
            column.addWidget(button)
        column.addStretch(1)
        self._group.idClicked.connect(self.page_chosen)

    def choose(self, page: int) -> None:
        """Mark a page as chosen."""
        self.buttons[page].setChecked(True)

    def set_names(self, names: list[str]) -> None:
        """Name the pages, in the order of the icons."""
        for button, name in zip(self.buttons, names, strict=True):
            button.setText(name)
            button.setAccessibleName(name)
            button.setToolTip(name)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the line that separates the rail from the page."""
        painter = QPainter(self)
        painter.setPen(line_colour(self.palette()))
        painter.drawLine(self.width() - 1, 0, self.width() - 1, self.height())


class RailButton(QAbstractButton):
    """An icon over a word."""

    def __init__(self, icon: Icon, parent: QWidget) -> None:
        """Without a name yet."""
        super().__init__(parent)
        self._icon = icon
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        set_type(self, Type.CAPTION)

    def sizeHint(self) -> QSize:
        """Icon, word and room around them."""
        return QSize(_WIDTH - 2 * Space.SMALL, 72)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the button in its state."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = self.palette()
        window = palette.color(QPalette.ColorRole.Window)
        accent = palette.color(QPalette.ColorRole.Highlight)
        area = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(focus_pen(palette) if self.hasFocus() else Qt.PenStyle.NoPen)
        if self.isChecked():
            painter.setBrush(over(accent, window, 0.16))
        elif self.underMouse():
            painter.setBrush(over(palette.color(QPalette.ColorRole.WindowText), window, 0.06))
        painter.drawRoundedRect(area, 8, 8)
        strong = palette.color(QPalette.ColorRole.WindowText)
        colour = strong if self.isChecked() else quiet_text(palette)
        metrics = QFontMetricsF(self.font())
        content = _ICON + Space.HAIR + metrics.height()
        top = area.center().y() - content / 2
        icon = QRectF(area.center().x() - _ICON / 2, top, _ICON, _ICON)
        draw_icon(painter, self._icon, icon, colour)
        painter.setPen(colour)
        words = QRectF(area.left(), icon.bottom() + Space.HAIR, area.width(), metrics.height())
        shown = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, area.width() - 4)
        painter.drawText(words, Qt.AlignmentFlag.AlignCenter, shown)
