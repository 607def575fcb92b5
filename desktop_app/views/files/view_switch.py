"""Two words side by side, one of them chosen: rows or summary."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QWidget

from desktop_app.views.design import Space, focus_pen, line_colour, over, quiet_text, track_colour

_HEIGHT = 32


class ViewSwitch(QWidget):
    """Arrow keys move within, Tab leaves."""

    chosen = Signal(int)

    def __init__(self, count: int, parent: QWidget | None = None) -> None:
        """So many words; the first is chosen."""
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self.buttons = [_Word(self) for _ in range(count)]
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 2, 2, 2)
        row.setSpacing(2)
        for number, button in enumerate(self.buttons):
            self._group.addButton(button, number)
            row.addWidget(button)
        self.buttons[0].setChecked(True)
        self._group.idToggled.connect(lambda number, on: self.chosen.emit(number) if on else None)

    def set_names(self, names: list[str]) -> None:
        """Name the views."""
        for button, name in zip(self.buttons, names, strict=True):
            button.setText(name)
            button.setAccessibleName(name)
            button.updateGeometry()

    def choose(self, number: int) -> None:
        """Choose a view."""
        self.buttons[number].setChecked(True)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the trough around the words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(line_colour(self.palette()), 1))
        painter.setBrush(track_colour(self.palette()))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 9, 9)


class _Word(QAbstractButton):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:
        width = QFontMetricsF(self.font()).horizontalAdvance(self.text())
        return QSize(round(width) + 2 * Space.LARGE, _HEIGHT - 4)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = self.palette()
        base, text = (palette.color(role) for role in (_ROLES.Base, _ROLES.Text))
        on = self.isChecked()
        area = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        edge = line_colour(palette)
        outline = focus_pen(palette) if self.hasFocus() else QPen(edge, 1)
        painter.setPen(outline if on or self.hasFocus() else Qt.PenStyle.NoPen)
        hover = over(text, base, 0.05)
        painter.setBrush(base if on else hover if self.underMouse() else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(area, 7, 7)
        painter.setPen(text if on else quiet_text(palette))
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, self.text())


_ROLES = QPalette.ColorRole
