"""The phrases that mark each label, the most telling first."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QIODevice, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPalette

from desktop_app.label_names import label_name
from desktop_app.numbers import whole
from desktop_app.results.chart_table import Cells, phrase_table
from desktop_app.results.top_phrases import Phrase
from desktop_app.views.design import Space, over, quiet_text
from desktop_app.views.files.chart import Chart
from desktop_app.views.verdict_style import VerdictStyle

_PILL = 26.0  # height
_LONGEST = 220.0


class PhraseChart(Chart):
    """A row of pills for each label; the number of texts stands in each."""

    labels: tuple[str, ...] = ()
    phrases: tuple[tuple[Phrase, ...], ...] = ()

    def show_phrases(
        self,
        labels: tuple[str, ...],
        phrases: tuple[tuple[Phrase, ...], ...],
        verdicts: VerdictStyle,
    ) -> None:
        """Show other phrases, a tuple a label."""
        self.labels, self.phrases, self.verdicts = labels, phrases, verdicts
        self.refresh()

    @property
    def empty(self) -> bool:
        """True while no phrase stands out."""
        return not any(self.phrases)

    def cells(self) -> Cells:
        """A row a phrase."""
        return phrase_table(self.labels, self.phrases)

    def svg(self) -> str:
        """The chart as it is seen, as an SVG file."""
        from PySide6.QtSvg import QSvgGenerator

        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        generator = QSvgGenerator()
        generator.setOutputDevice(buffer)
        generator.setSize(QSize(self.width(), self.height()))
        generator.setViewBox(QRectF(0, 0, self.width(), self.height()))
        generator.setTitle(self.title)
        painter = QPainter(generator)
        painter.setFont(self.font())
        painter.fillRect(QRectF(self.rect()), self.palette().color(QPalette.ColorRole.Base))
        self.paint(painter)
        painter.end()
        return bytes(buffer.data().data()).decode()

    def spoken(self) -> str:
        """Each label with its phrases."""
        return "; ".join(
            f"{label_name(label)}: " + ", ".join(phrase.text for phrase in found)
            for label, found in zip(self.labels, self.phrases, strict=True)
            if found
        )

    def wanted_height(self) -> float:
        """Of all rows of pills."""
        return self._draw(None)

    def paint(self, painter: QPainter) -> None:
        """Draw label and pills."""
        self._draw(painter)

    def _draw(self, painter: QPainter | None) -> float:
        """Draw, or only measure; the height."""
        metrics = QFontMetricsF(self.font())
        shown = [pair for pair in zip(self.labels, self.phrases, strict=True) if pair[1]]
        names = self.names_width(["●  " + label_name(label) for label, _ in shown])
        top = 0.0
        for label, found in shown:
            if painter is not None:
                self._draw_label(painter, QRectF(0, top, names, _PILL), label)
            left = names + Space.SMALL
            for phrase in found:
                texts = whole(phrase.texts)
                word = min(metrics.horizontalAdvance(phrase.text), _LONGEST)
                width = word + metrics.horizontalAdvance(texts) + 3 * Space.SMALL + 2
                if left > names + Space.SMALL and left + width > self.width():
                    left, top = names + Space.SMALL, top + _PILL + 6
                if painter is not None:
                    pill = QRectF(left, top, min(width, self.width() - left), _PILL)
                    self._draw_pill(painter, pill, word, label, phrase)
                left += width + 6
            top += _PILL + Space.MEDIUM
        return max(top - Space.MEDIUM, 0.0)

    def _draw_label(self, painter: QPainter, area: QRectF, label: str) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.colour(label))
        painter.drawEllipse(QPointF(area.left() + 5, area.center().y()), 4.5, 4.5)
        words = area.adjusted(Space.LARGE, 0, 0, 0)
        text = self.palette().color(QPalette.ColorRole.Text)
        self.draw_words(painter, words, label_name(label), colour=text)

    def _draw_pill(
        self, painter: QPainter, area: QRectF, word: float, label: str, phrase: Phrase
    ) -> None:
        base = self.palette().color(QPalette.ColorRole.Base)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(over(self.colour(label), base, 0.15))
        painter.drawRoundedRect(area, _PILL / 2, _PILL / 2)
        inner = area.adjusted(Space.SMALL + 1, 0, -Space.SMALL - 1, 0)
        text = self.palette().color(QPalette.ColorRole.Text)
        words = QRectF(inner.left(), inner.top(), word + 1, inner.height())
        self.draw_words(painter, words, phrase.text, colour=text)
        self.draw_words(
            painter,
            inner,
            whole(phrase.texts),
            colour=quiet_text(self.palette()),
            side=Qt.AlignmentFlag.AlignRight,
        )
