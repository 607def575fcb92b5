"""What the two charts of shares hold: counts of the labels in groups."""

from __future__ import annotations

from desktop_app.results.chart_table import Cells, grouped_table
from desktop_app.results.summary import GroupedCounts
from desktop_app.views.files.chart import Chart
from desktop_app.views.verdict_style import VerdictStyle


class SharesChart(Chart):
    """Counts by group and label, or none."""

    figures: GroupedCounts | None = None

    def show_figures(self, figures: GroupedCounts | None, verdicts: VerdictStyle) -> None:
        """Show other figures, or none."""
        self.figures, self.verdicts = figures, verdicts
        self.refresh()

    @property
    def empty(self) -> bool:
        """True while there are no groups."""
        return self.figures is None or not self.figures.groups

    def cells(self) -> Cells:
        """A row a group."""
        return [] if self.figures is None else grouped_table(self.figures)
