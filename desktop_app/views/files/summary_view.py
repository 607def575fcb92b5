"""What the rows that are shown say together: labels, by a column, over time, telling phrases."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from desktop_app.inference.summary_session import Summary
from desktop_app.numbers import percent, signed, whole
from desktop_app.results.summary import Distribution, GroupedCounts
from desktop_app.views.design import Space
from desktop_app.views.files.chart_card import ChartCard
from desktop_app.views.files.group_chart import GroupChart
from desktop_app.views.files.label_chart import LabelChart
from desktop_app.views.files.phrase_chart import PhraseChart
from desktop_app.views.files.time_chart import TimeChart
from desktop_app.views.verdict_style import VerdictStyle


class SummaryView(QScrollArea):
    """A column of cards, each with its chart."""

    group_wanted = Signal(str)  # column
    saved = Signal(str)  # path
    failed = Signal(str)  # a sentence

    def __init__(self, parent: QWidget | None = None) -> None:
        """Without figures."""
        super().__init__(parent)
        self._summary: Summary | None = None
        self._groups: dict[str, GroupedCounts] = {}  # counted so far, by column
        self._columns: tuple[str, ...] = ()
        self._group, self._time = "", ""  # columns in view
        self._by_hand = False  # the column of groups was chosen
        self.labels = ChartCard(LabelChart(), self)
        self.groups = ChartCard(GroupChart(), self)
        self.times = ChartCard(TimeChart(), self)
        self.phrases = ChartCard(PhraseChart(), self)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        inside = QWidget(self)
        inside.setAutoFillBackground(False)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, Space.SMALL, 0)
        column.setSpacing(Space.LARGE)
        for card in self._cards():
            column.addWidget(card)
            card.saved.connect(self.saved)
            card.failed.connect(self.failed)
        column.addStretch(1)
        self.setWidget(inside)
        inside.setAutoFillBackground(False)
        self.groups.column_chosen.connect(self._choose_group)
        self.times.column_chosen.connect(self._choose_time)
        self._set_words()
        self.retranslate()

    def show_distribution(
        self, figures: Distribution, columns: tuple[str, ...], verdicts: VerdictStyle
    ) -> None:
        """Show how often each label is, at once; the rest follows by `show_summary`.

        Args:
            figures: of the rows that are shown.
            columns: of the source, to choose from.
            verdicts: colours of the labels.
        """
        self._columns, self._verdicts = columns, verdicts
        self.labels.chart.show_figures(figures, verdicts)  # type: ignore[attr-defined]
        self.labels.retranslate()
        self.groups.offer(columns, self._group)

    def protect(self, sources: Sequence[Path]) -> None:
        """Never write a chart over these files, or into these folders."""
        for card in self._cards():
            card.sources = tuple(sources)

    def show_summary(self, summary: Summary) -> None:
        """Show what was counted of the rows."""
        if summary.request.by is None:
            self._summary, self._groups = summary, {}
        self._groups |= {figures.column: figures for figures in summary.by_column}
        self._by_hand = self._by_hand and self._group in self._columns
        if self._group not in self._groups and not self._by_hand:
            self._group = next(iter(self._groups), "")
        times = self._times()
        if self._time not in times:
            self._time = next(iter(times), "")
        self._show_counted()
        if summary.request.by is None and self.wants(self._group):
            self.group_wanted.emit(self._group)

    def forget_choice(self) -> None:
        """Choose the column of groups anew with the next summary."""
        self._by_hand = False

    def wants(self, column: str) -> bool:
        """Whether a column of groups is chosen that has not been counted yet."""
        return bool(column) and column not in self._groups

    def retranslate(self) -> None:
        """Say everything in the current language."""
        self.setAccessibleName(self.tr("Summary of the rows"))
        for card in self._cards():
            card.retranslate()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _cards(self) -> Sequence[ChartCard]:
        return self.labels, self.groups, self.times, self.phrases

    def _times(self) -> dict[str, GroupedCounts]:
        found = () if self._summary is None else self._summary.over_time
        return {figures.column: figures for figures in found}

    def _set_words(self) -> None:
        self.labels.set_words(
            lambda: self.tr("How often each label is"),
            lambda: self.tr("No row that is shown has been judged yet."),
            self._distribution_note,
        )
        self.groups.set_words(
            self._group_title,
            lambda: self.tr("Choose a column to see the labels of each of its values."),
            self._group_note,
        )
        self.times.set_words(
            lambda: self.tr("Over time"),
            lambda: self.tr("No column of this file holds dates."),
            self._time_note,
        )
        self.phrases.set_words(
            lambda: self.tr("Phrases that mark each label"),
            lambda: self.tr("No phrases stand out yet."),
            self._phrase_note,
        )

    def _show_counted(self) -> None:
        summary = self._summary
        if summary is None:
            return
        verdicts = self._verdicts
        if not self.wants(self._group):  # otherwise the last figures stay until the next ones come
            self.groups.chart.show_figures(self._groups.get(self._group), verdicts)  # type: ignore[attr-defined]
        self.groups.offer(self._columns, self._group)
        self.times.chart.show_figures(self._times().get(self._time), verdicts)  # type: ignore[attr-defined]
        self.times.offer(tuple(self._times()), self._time)
        labels = summary.request.labels
        self.phrases.chart.show_phrases(labels, summary.phrases, verdicts)  # type: ignore[attr-defined]
        for card in self._cards():
            card.retranslate()

    def _choose_group(self, column: str) -> None:
        self._group, self._by_hand = column, True
        if self.wants(column):
            self.group_wanted.emit(column)
        else:
            self._show_counted()

    def _choose_time(self, column: str) -> None:
        self._time = column
        self._show_counted()

    def _distribution_note(self) -> str:
        figures: Distribution | None = self.labels.chart.figures  # type: ignore[attr-defined]
        if figures is None:
            return ""
        parts = [self.tr("%Ln row(s) judged", "", figures.judged)]
        if figures.uncertain:
            share = percent(figures.uncertain / max(figures.judged, 1))
            said = self.tr("%1 uncertain (%2)")
            parts.append(said.replace("%1", whole(figures.uncertain)).replace("%2", share))
        if figures.not_judged:
            parts.append(self.tr("%1 not judged").replace("%1", whole(figures.not_judged)))
        if figures.mean_valence is not None:
            mean = signed(figures.mean_valence, 2)
            said = self.tr("mean valence %1").replace("%1", mean)
            if figures.partly_rated:
                of = self.tr("of %Ln row(s)", "", figures.rated)
                said = f"{said} ({of})"
            parts.append(said)
        return "  ·  ".join(parts)

    def _group_title(self) -> str:
        return self.tr("By column")

    def _group_note(self) -> str:
        figures: GroupedCounts | None = self.groups.chart.figures  # type: ignore[attr-defined]
        return self._left_out(figures)

    def _time_note(self) -> str:
        figures = self._times().get(self._time)
        return " ".join(filter(None, [self._stretch(figures), self._left_out(figures)]))

    def _phrase_note(self) -> str:
        parts = [self.tr("The number says in how many texts of the label a phrase is.")]
        if self._summary is not None and self._summary.phrases_sampled:
            parts.append(self._sample_words(self._summary.phrase_rows))
        return " ".join(parts)

    def _stretch(self, figures: GroupedCounts | None) -> str:
        match None if figures is None else figures.bucket:
            case "day":
                return self.tr("A column is a day.")
            case "week":
                return self.tr("A column is a week, named by its Monday.")
            case "month":
                return self.tr("A column is a month.")
            case _:
                return ""

    def _left_out(self, figures: GroupedCounts | None) -> str:
        parts = []
        if figures is not None and figures.left_out:
            said = self.tr("%1 rows are in smaller groups or have no date.")
            parts.append(said.replace("%1", whole(figures.left_out)))
        if self._summary is not None and self._summary.sampled:
            parts.append(self._sample_words(self._summary.rows))
        return " ".join(parts)

    def _sample_words(self, rows: int) -> str:
        return self.tr("Counted in an even sample of %1 rows.").replace("%1", whole(rows))
