"""Shares of the labels in each group of a column: a divided bar for each."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPainterPath, QPalette

from desktop_app.label_names import label_name
from desktop_app.numbers import percent, whole
from desktop_app.results.svg_chart import grouped_chart
from desktop_app.views.design import Space, quiet_text, track_colour
from desktop_app.views.files.chart import BAR, ROW, ink_over
from desktop_app.views.files.shares_chart import SharesChart

_NARROWEST = 34.0  # a part with less room bears no figure


class GroupChart(SharesChart):
    """Bars of one length, so that shares can be compared; the rows of each stand behind it."""

    def svg(self) -> str:
        """The chart as an SVG file."""
        return "" if self.figures is None else grouped_chart(self.figures, self.svg_style())

    def spoken(self) -> str:
        """Each group with its shares."""
        return "; ".join(
            f"{self._name(group)}: "
            + ", ".join(f"{label_name(label)} {percent(share)}" for label, share in shares)
            for group, shares, _ in self._rows()
        )

    def wanted_height(self) -> float:
        """Legend and a line for each group."""
        figures = self.figures
        return (
            0.0
            if figures is None
            else self.legend(None, figures.labels) + ROW * len(figures.groups)
        )

    def paint(self, painter: QPainter) -> None:
        """Draw legend, then name, divided bar and count of each group."""
        if self.figures is None:
            return
        top = self.legend(painter, self.figures.labels)
        rows = self._rows()
        palette = self.palette()
        metrics = QFontMetricsF(self.font())
        names = self.names_width([self._name(group) for group, _, _ in rows])
        widest = max(metrics.horizontalAdvance(whole(total)) for _, _, total in rows)
        room = self.width() - names - widest - Space.MEDIUM
        for number, (group, shares, total) in enumerate(rows):
            line = QRectF(0, top + number * ROW, self.width(), ROW)
            words = QRectF(0, line.top(), names - Space.SMALL, ROW)
            text = palette.color(QPalette.ColorRole.Text)
            self.draw_words(painter, words, self._name(group), colour=text)
            bar = QRectF(names, line.center().y() - BAR / 2, room, BAR)
            self._draw_bar(painter, bar, shares)
            self.draw_words(
                painter,
                line,
                whole(total),
                colour=quiet_text(palette),
                side=Qt.AlignmentFlag.AlignRight,
            )

    def _draw_bar(self, painter: QPainter, bar: QRectF, shares: list[tuple[str, float]]) -> None:
        shape = QPainterPath()
        shape.addRoundedRect(bar, 5, 5)
        painter.save()
        painter.setClipPath(shape)
        painter.fillRect(bar, track_colour(self.palette()))
        left = bar.left()
        for label, share in shares:
            width = bar.width() * share
            colour = self.colour(label)
            part = QRectF(left, bar.top(), max(width - 1, 0), bar.height())
            painter.fillRect(part, colour)
            if width >= _NARROWEST:
                painter.setPen(ink_over(colour))
                painter.drawText(part, Qt.AlignmentFlag.AlignCenter, percent(share))
            left += width
        painter.restore()

    def _rows(self) -> list[tuple[str, list[tuple[str, float]], int]]:
        """Group, share of each label, rows that were judged."""
        if self.figures is None:
            return []
        rows = []
        for group, counts in zip(self.figures.groups, self.figures.counts, strict=True):
            total = sum(counts)
            shares = [
                (label, count / total)
                for label, count in zip(self.figures.labels, counts, strict=True)
                if count
            ]
            rows.append((group, shares, total))
        return rows

    def _name(self, group: str) -> str:
        return group or self.tr("(empty)")
