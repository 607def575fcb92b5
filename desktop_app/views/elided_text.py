"""Text over a few lines, with an ellipsis where it does not fit."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QTextLayout, QTextOption


class Lines:
    """The first lines of a text, laid out for one font and width."""

    def __init__(self, text: str, font: QFont, width: float, most: int) -> None:
        """Break the text into at most `most` lines; the last is elided where it must be."""
        self._metrics = QFontMetricsF(font)
        self._font = font
        self._lines: list[str] = []
        text = " ".join(text[:1000].split())
        layout = QTextLayout(text, font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        units = text.encode("utf-16-le", "surrogatepass")  # Qt counts in these
        layout.beginLayout()
        while len(self._lines) < most and (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            start, end = line.textStart(), line.textStart() + line.textLength()
            rest = units[2 * start :].decode("utf-16-le", "replace")
            if len(self._lines) == most - 1 and 2 * end < len(units):
                shown = self._metrics.elidedText(rest, Qt.TextElideMode.ElideRight, width)
            else:
                shown = units[2 * start : 2 * end].decode("utf-16-le", "replace").rstrip()
            self._lines.append(shown)
        layout.endLayout()

    @property
    def height(self) -> float:
        """Of all lines together."""
        return len(self._lines) * self._metrics.lineSpacing()

    def draw(self, painter: QPainter, left: float, top: float) -> None:
        """Draw the lines below each other in the painter's pen."""
        painter.setFont(self._font)
        for number, line in enumerate(self._lines):
            baseline = top + number * self._metrics.lineSpacing() + self._metrics.ascent()
            painter.drawText(QPointF(left, baseline), line)
