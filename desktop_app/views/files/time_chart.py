"""Shares of the labels over time: areas on top of each other, a column for each stretch."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from desktop_app.label_names import label_name
from desktop_app.numbers import percent
from desktop_app.results.svg_chart import time_chart
from desktop_app.views.design import Space, line_colour, quiet_text, track_colour
from desktop_app.views.files.shares_chart import SharesChart

_PLOT = 200.0  # height
_WIDEST = 56.0  # of a column
_MARKS = (0.0, 0.25, 0.5, 0.75, 1.0)


class TimeChart(SharesChart):
    """A column a day, week or month, divided by the shares; a stretch without rows is empty."""

    def svg(self) -> str:
        """The chart as an SVG file, there with lines."""
        return "" if self.figures is None else time_chart(self.figures, self.svg_style())

    def spoken(self) -> str:
        """The first and the last stretch."""
        if self.figures is None:
            return ""
        parts = []
        for place in sorted({0, len(self.figures.groups) - 1}):
            counts = self.figures.counts[place]
            total = max(sum(counts), 1)
            shares = ", ".join(
                f"{label_name(label)} {percent(count / total)}"
                for label, count in zip(self.figures.labels, counts, strict=True)
            )
            parts.append(f"{self.figures.groups[place]}: {shares}")
        return "; ".join(parts)

    def wanted_height(self) -> float:
        """Legend, columns and the times below them."""
        figures = self.figures
        if figures is None:
            return 0.0
        line = QFontMetricsF(self.font()).height()
        return self.legend(None, figures.labels) + Space.SMALL + _PLOT + Space.SMALL + line + 2

    def paint(self, painter: QPainter) -> None:
        """Draw legend, grid, columns and times."""
        figures = self.figures
        if figures is None:
            return
        metrics = QFontMetricsF(self.font())
        top = self.legend(painter, figures.labels) + Space.SMALL
        left = metrics.horizontalAdvance(percent(1.0)) + Space.SMALL
        plot = QRectF(left, top, self.width() - left, _PLOT)
        quiet = quiet_text(self.palette())
        for share in _MARKS:
            y = plot.bottom() - share * plot.height()
            painter.setPen(line_colour(self.palette()))
            painter.drawLine(round(plot.left()), round(y), round(plot.right()), round(y))
            mark = QRectF(0, y - metrics.height() / 2, left - Space.SMALL, metrics.height())
            self.draw_words(
                painter, mark, percent(share), colour=quiet, side=Qt.AlignmentFlag.AlignRight
            )
        step = plot.width() / len(figures.groups)
        for place, counts in enumerate(figures.counts):
            centre = plot.left() + (place + 0.5) * step
            width = min(step * 0.78, _WIDEST) if step > 4 else step
            self._draw_column(painter, QRectF(centre - width / 2, top, width, _PLOT), counts)
        self._draw_times(painter, plot, step)

    def _draw_column(self, painter: QPainter, area: QRectF, counts: tuple[int, ...]) -> None:
        total = sum(counts)
        if not total:
            painter.fillRect(
                QRectF(area.left(), area.bottom() - 2, area.width(), 2),
                track_colour(self.palette()),
            )
            return
        bottom = area.bottom()
        gap = 1.0 if area.width() > 6 else 0.0
        assert self.figures is not None
        for label, count in zip(self.figures.labels, counts, strict=True):
            height = area.height() * count / total
            part = QRectF(area.left(), bottom - height, area.width(), max(height - gap, 0.0))
            painter.fillRect(part, self.colour(label))
            bottom -= height

    def _draw_times(self, painter: QPainter, plot: QRectF, step: float) -> None:
        assert self.figures is not None
        metrics = QFontMetricsF(self.font())
        groups = self.figures.groups
        widest = max(metrics.horizontalAdvance(group) for group in groups) + Space.MEDIUM
        every = max(1, -(-int(widest) // max(int(step), 1)))
        for place in range(0, len(groups), every):
            centre = plot.left() + (place + 0.5) * step
            area = QRectF(
                centre - widest / 2, plot.bottom() + Space.SMALL, widest, metrics.height()
            )
            if area.right() > self.width() + Space.MEDIUM:
                area.moveRight(self.width() + Space.MEDIUM / 2)
            if area.left() < 0:
                area.moveLeft(0)
            self.draw_words(
                painter,
                area,
                groups[place],
                colour=quiet_text(self.palette()),
                side=Qt.AlignmentFlag.AlignHCenter,
            )
