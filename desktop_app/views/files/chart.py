"""What all charts of the page share: they are painted, and can be had as SVG and as figures."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_app.colour_scale import contrast
from desktop_app.label_names import label_name
from desktop_app.results.chart_table import Cells
from desktop_app.results.svg_chart import ChartStyle
from desktop_app.views.design import Space, Type, is_dark, set_type
from desktop_app.views.verdict_style import VerdictStyle

ROW, BAR = 30.0, 18.0  # heights
_SWATCH = 11.0


class Chart(QWidget):
    """A widget that paints figures of one kind; `title` is said with them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Without figures."""
        super().__init__(parent)
        self.title = ""
        self.verdicts = VerdictStyle()
        set_type(self, Type.CAPTION)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def empty(self) -> bool:
        """True when there is nothing to paint."""
        return True

    def cells(self) -> Cells:
        """The figures as a table."""
        raise NotImplementedError

    def svg(self) -> str:
        """The chart as an SVG file."""
        raise NotImplementedError

    def spoken(self) -> str:
        """The figures in words, for those who do not see the chart."""
        raise NotImplementedError

    def paint(self, painter: QPainter) -> None:
        """Paint the figures into the width of the widget."""
        raise NotImplementedError

    def wanted_height(self) -> float:
        """That all figures need at the present width."""
        raise NotImplementedError

    def svg_style(self) -> ChartStyle:
        """Title, names and colours for the SVG file."""
        values = self.verdicts.label_values
        return ChartStyle(
            title=self.title,
            names={label: label_name(label) for label in self.verdicts.labels},
            label_values=None if values is None else tuple(values),
        )

    def refresh(self) -> None:
        """Follow figures, words or theme."""
        self.setAccessibleName(self.title)
        self.setAccessibleDescription("" if self.empty else self.spoken())
        self.updateGeometry()
        self.update()

    def colour(self, label: str) -> QColor:
        """Of a label, on the ground as it is."""
        return self.verdicts.colour(label, dark=is_dark(self.palette()))

    def sizeHint(self) -> QSize:
        """As high as the figures."""
        return QSize(320, round(0 if self.empty else self.wanted_height()))

    def hasHeightForWidth(self) -> bool:
        """A legend breaks into more lines where there is less room."""
        return True

    def heightForWidth(self, _width: int) -> int:
        """That all figures need."""
        return round(0 if self.empty else self.wanted_height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the figures."""
        if not self.empty:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self.paint(painter)

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and theme."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.PaletteChange):
            self.refresh()

    def names_width(self, names: list[str]) -> float:
        """Room for names at the left."""
        metrics = QFontMetricsF(self.font())
        widest = max((metrics.horizontalAdvance(name) for name in names), default=0.0)
        return min(widest + Space.MEDIUM, self.width() * 0.34)

    def draw_words(
        self,
        painter: QPainter,
        area: QRectF,
        text: str,
        *,
        colour: QColor,
        side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    ) -> None:
        """Draw one line of text, elided where it does not fit."""
        metrics = QFontMetricsF(self.font())
        shown = metrics.elidedText(
            " ".join(text.split()), Qt.TextElideMode.ElideRight, area.width()
        )
        painter.setPen(colour)
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | side, shown)

    def legend(self, painter: QPainter | None, labels: tuple[str, ...]) -> float:
        """Draw, or only measure, a legend at the top; where it ends."""
        metrics = QFontMetricsF(self.font())
        left, top, line = 0.0, 0.0, metrics.height() + Space.HAIR
        text = self.palette().color(QPalette.ColorRole.Text)
        for label in labels:
            name = label_name(label)
            width = _SWATCH + 6 + metrics.horizontalAdvance(name) + Space.LARGE
            if left and left + width > self.width():
                left, top = 0.0, top + line
            if painter is not None:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(self.colour(label))
                swatch = QRectF(left, top + (line - _SWATCH) / 2, _SWATCH, _SWATCH)
                painter.drawRoundedRect(swatch, 3, 3)
                painter.setPen(text)
                baseline = top + Space.HAIR / 2 + metrics.ascent()
                painter.drawText(QPointF(left + _SWATCH + 6, baseline), name)
            left += width
        return top + line + Space.SMALL


def ink_over(colour: QColor) -> QColor:
    """Black or white, whichever is better read on a colour."""
    ground = (colour.red(), colour.green(), colour.blue())
    dark = contrast((26, 30, 36), ground) >= contrast((255, 255, 255), ground)
    return QColor(26, 30, 36) if dark else QColor(255, 255, 255)
