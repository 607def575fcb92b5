"""The comparison as a table for a terminal."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.markup import escape
from rich.table import Table

from export.pareto.byte_size import megabytes
from export.pareto.report import MeasuredRecipe, ParetoReport


def render_terminal(report: ParetoReport) -> RenderableType:
    """Figures, failures, notes, and the recommendation at the end."""
    table = Table(title=f"{escape(report.model)} on {report.texts:,} texts", box=None)
    lengths = [one.tokens for one in report.measured[0].speed.latencies] if report.measured else []
    table.add_column("recipe")
    for name in ("MB", "memory MB", *(f"ms at {length}" for length in lengths), "texts/s",
                 report.metric, "loss, points (95 %)"):  # fmt: skip
        table.add_column(name, justify="right")
    table.add_column("")
    for each in report.measured:
        table.add_row(*_cells(each), _marks(report, each))
    failed = [f"[red]{each.recipe}: {escape(each.reason)}[/]" for each in report.failed]
    notes = [f"note: {escape(note)}" for note in report.notes]
    chosen = report.recommendation
    verdict = f"[{'green' if chosen.recipe else 'red'}]{escape(chosen.why)}[/]"
    return Group(table, *failed, *notes, "", verdict)


def _cells(each: MeasuredRecipe) -> list[str]:
    score = each.score
    return [
        each.recipe,
        megabytes(each.size).removesuffix(" MB"),
        megabytes(each.peak_memory).removesuffix(" MB"),
        *(f"{one.p50_ms:.2f}" for one in each.speed.latencies),
        f"{each.speed.texts_per_second:,.0f}",
        f"{score.value:.4f}",
        f"{score.loss:+.2f} ({score.loss_low:+.2f} to {score.loss_high:+.2f})",
    ]


def _marks(report: ParetoReport, each: MeasuredRecipe) -> str:
    if not each.within_tolerance:
        return f"[red]{escape('; '.join(each.violations))}[/]"
    on = [name for name, front in (("size", report.size_front), ("latency", report.latency_front))
          if each.recipe in front]  # fmt: skip
    marks = [f"front: {', '.join(on)}"] if on else []
    if each.kept:
        marks.append("built by an earlier run")
    if each.recipe == report.recommendation.recipe:
        marks.append("[green]recommended[/]")
    return "; ".join(marks)
