"""Names and values below each other; the values can be selected and copied."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QTextLayout
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop_app.views.design import Space
from desktop_app.views.models.wrapped_text import WrappedText
from desktop_app.views.quiet_label import QuietLabel


def _ascent(text: str, font: QFont) -> float:
    """How far the first line of a text reaches above its base."""
    layout = QTextLayout(text, font)
    layout.beginLayout()
    line = layout.createLine()
    layout.endLayout()
    return line.ascent() if line.isValid() else 0.0


class FactGrid(QWidget):
    """Two columns of text."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty."""
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(Space.LARGE)
        self._grid.setVerticalSpacing(Space.HAIR)
        self._grid.setColumnStretch(1, 1)
        self._rows: list[tuple[QuietLabel, WrappedText]] = []

    @property
    def facts(self) -> list[tuple[str, str]]:
        """What is shown."""
        return [(name.text(), value.text()) for name, value in self._rows if not value.isHidden()]

    def show_facts(self, facts: Sequence[tuple[str, str]]) -> None:
        """Show other facts."""
        while len(self._rows) < len(facts):
            self._add_row()
        for number, (name, value) in enumerate(self._rows):
            shown = number < len(facts)
            name.setVisible(shown)
            value.setVisible(shown)
            name.setText(facts[number][0] if shown else "")
            value.show_text(facts[number][1] if shown else "")
            value.setAccessibleName(name.text())
            self._align(name, value)

    def _align(self, name: QuietLabel, value: WrappedText) -> None:
        """Let both stand on one line: Chinese letters reach higher than the font says."""
        lead = round(_ascent(name.text(), name.font()) - _ascent(value.text(), value.font()))
        name.setContentsMargins(0, max(-lead, 0), 0, 0)
        value.leave_above(max(lead, 0))

    def _add_row(self) -> None:
        name, value = QuietLabel(self), WrappedText(self)
        top = Qt.AlignmentFlag.AlignTop
        self._grid.addWidget(name, len(self._rows), 0, top)
        self._grid.addWidget(value, len(self._rows), 1, top)
        self._rows.append((name, value))
