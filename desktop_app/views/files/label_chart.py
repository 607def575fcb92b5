"""How often each label is: a bar for each."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPalette

from desktop_app.label_names import label_name
from desktop_app.numbers import percent, whole
from desktop_app.results.chart_table import Cells, distribution_table
from desktop_app.results.summary import Distribution
from desktop_app.results.svg_chart import distribution_chart
from desktop_app.views.design import Space, quiet_text, track_colour
from desktop_app.views.files.chart import BAR, ROW, Chart
from desktop_app.views.verdict_style import VerdictStyle


class LabelChart(Chart):
    """Bars as long as the shares; one over the whole width would be all rows."""

    figures: Distribution | None = None

    def show_figures(self, figures: Distribution, verdicts: VerdictStyle) -> None:
        """Show other figures."""
        self.figures, self.verdicts = figures, verdicts
        self.refresh()

    @property
    def empty(self) -> bool:
        """True before there are figures."""
        return self.figures is None or self.figures.judged == 0

    def cells(self) -> Cells:
        """A row a label."""
        return [] if self.figures is None else distribution_table(self.figures)

    def svg(self) -> str:
        """The chart as an SVG file."""
        return "" if self.figures is None else distribution_chart(self.figures, self.svg_style())

    def spoken(self) -> str:
        """Name, count and share of each label."""
        return "; ".join(f"{name} {text}" for name, text, _, _ in self._rows())

    def wanted_height(self) -> float:
        """A line for each label."""
        return len(self._rows()) * ROW

    def paint(self, painter: QPainter) -> None:
        """Draw name, bar and figures of each label."""
        rows = self._rows()
        palette = self.palette()
        metrics = QFontMetricsF(self.font())
        names = self.names_width([name for name, _, _, _ in rows])
        figures = max(metrics.horizontalAdvance(text) for _, text, _, _ in rows) + Space.MEDIUM
        room = self.width() - names - figures
        for number, (name, text, count, label) in enumerate(rows):
            line = QRectF(0, number * ROW, self.width(), ROW)
            words = QRectF(0, line.top(), names - Space.SMALL, ROW)
            self.draw_words(painter, words, name, colour=palette.color(QPalette.ColorRole.Text))
            track = QRectF(names, line.center().y() - BAR / 2, room, BAR)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(track_colour(palette))
            painter.drawRoundedRect(track, 5, 5)
            if count:
                track.setWidth(max(room * count / self._total, 3))
                painter.setBrush(self.colour(label))
                painter.drawRoundedRect(track, 5, 5)
            self.draw_words(
                painter, line, text, colour=quiet_text(palette), side=Qt.AlignmentFlag.AlignRight
            )

    @property
    def _total(self) -> int:
        return 1 if self.figures is None else max(self.figures.judged, 1)

    def _rows(self) -> list[tuple[str, str, int, str]]:
        """Name, figures, count and label."""
        if self.figures is None:
            return []
        return [
            (label_name(label), f"{whole(count)}  ·  {percent(count / self._total)}", count, label)
            for label, count in zip(self.figures.labels, self.figures.counts, strict=True)
        ]
