"""A button for each label: the one that counts is pressed, a number key does the same."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QSizePolicy, QWidget

from desktop_app.label_names import label_name
from desktop_app.tooltip_text import tooltip_text
from desktop_app.views.design import (
    Space,
    Type,
    blend,
    focus_pen,
    is_dark,
    over,
    quiet_text,
    set_type,
)
from desktop_app.views.verdict_style import VerdictStyle

_COLUMNS = 2
KEYS = 9  # labels that have a key


class LabelButtons(QWidget):
    """Says which label is wanted; what becomes of it is the session's."""

    label_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Without labels."""
        super().__init__(parent)
        self.buttons: list[LabelButton] = []
        self._style = VerdictStyle()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(Space.SMALL)

    def show_labels(self, style: VerdictStyle, labels: Sequence[str]) -> None:
        """Offer other labels."""
        if [button.label for button in self.buttons] == list(labels) and style == self._style:
            return
        self._style = style
        for button in self.buttons:
            self._grid.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = []
        for number, label in enumerate(labels):
            button = LabelButton(label, number + 1, style, self)
            button.clicked.connect(lambda _on, name=label: self.label_wanted.emit(name))
            self._grid.addWidget(button, number // _COLUMNS, number % _COLUMNS)
            QWidget.setTabOrder(self.buttons[-1] if self.buttons else self, button)
            self.buttons.append(button)
        self.retranslate()

    def choose(self, label: str | None) -> None:
        """Press the button of the label that counts."""
        for button in self.buttons:
            button.setChecked(button.label == label)

    def retranslate(self) -> None:
        """Say everything in the current language."""
        for button in self.buttons:
            name = label_name(button.label)
            button.setText(name)
            said = self.tr("Label this row %1").replace("%1", name)
            button.setAccessibleName(said)
            button.setToolTip(tooltip_text(said))


class LabelButton(QAbstractButton):
    """A dot in the label's colour, its name, and its key."""

    def __init__(self, label: str, number: int, style: VerdictStyle, parent: QWidget) -> None:
        """For one label; `number` is its place, from 1."""
        super().__init__(parent)
        self.label = label
        self._key = str(number) if number <= KEYS else ""
        self._style = style
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        set_type(self, Type.CAPTION)

    def sizeHint(self) -> QSize:
        """Dot, name, key and room around them."""
        width = QFontMetricsF(self.font()).horizontalAdvance(self.text())
        return QSize(round(width) + 62, 32)

    def nextCheckState(self) -> None:
        """A press alone changes nothing; the label that counts does."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the button in its state."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette, on = self.palette(), self.isChecked()
        base = palette.color(QPalette.ColorRole.Base)
        colour = self._style.colour(self.label, dark=is_dark(palette))
        edge = blend(palette, 0.22, ground=QPalette.ColorRole.Base)
        hover = blend(palette, 0.05, ground=QPalette.ColorRole.Base)
        area = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(
            focus_pen(palette)
            if self.hasFocus()
            else QPen(colour if on else edge, 1.4 if on else 1)
        )
        painter.setBrush(over(colour, base, 0.16) if on else hover if self.underMouse() else base)
        painter.drawRoundedRect(area, 7, 7)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawEllipse(QPointF(area.left() + 16, area.center().y()), 4.5, 4.5)
        painter.setPen(palette.color(QPalette.ColorRole.Text))
        words = area.adjusted(28, 0, -24, 0)
        metrics = QFontMetricsF(self.font())
        shown = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, shown)
        painter.setPen(quiet_text(palette))
        right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(area.adjusted(0, 0, -Space.SMALL, 0), right, self._key)
