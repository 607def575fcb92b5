"""The comparison as two tables for a terminal, each no wider than 80 columns."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from rich.console import Group, RenderableType
from rich.markup import escape
from rich.table import Table

from export.pareto.byte_size import megabytes
from export.pareto.report import MeasuredRecipe, ParetoReport

_WHOLE = 100.0  # milliseconds from which on no decimals are shown
Column = tuple[str, Callable[[MeasuredRecipe], str]]  # heading, and what stands below it


def render_terminal(report: ParetoReport) -> RenderableType:
    """Costs, answers, failures, notes, and the recommendation at the end."""
    title = f"{report.model} on {report.texts:,} texts"
    tables = (
        _table(report, f"{title}: what it costs", _costs(report)),
        _table(report, f"{title}: what it answers", _answers(report)),
    )
    failed = [f"[red]{each.recipe}: {escape(each.reason)}[/]" for each in report.failed]
    notes = [f"note: {escape(note)}" for note in report.notes]
    chosen = report.recommendation
    verdict = f"[{'green' if chosen.recipe else 'red'}]{escape(chosen.why)}[/]"
    remarks = (*_remarks(report), *failed, *notes, "", verdict)
    return Group(tables[0], "", tables[1], "", *remarks) if report.measured else Group(*remarks)


def _table(report: ParetoReport, title: str, columns: list[Column]) -> Table:
    """Names of recipes are never folded or cut."""
    table = Table(title=escape(title), title_justify="left", box=None, padding=(0, 2, 0, 0),
                  pad_edge=False)  # fmt: skip
    table.add_column("recipe", no_wrap=True)
    for heading, _ in columns:
        table.add_column(heading, justify="right", overflow="fold")
    for each in report.measured:
        table.add_row(
            each.recipe,
            *(value(each) for _, value in columns),
            style=None if each.within_tolerance else "red",
        )
    return table


def _costs(report: ParetoReport) -> list[Column]:
    lengths = [one.tokens for one in report.measured[0].speed.latencies] if report.measured else []
    return [
        ("MB", lambda each: megabytes(each.size).removesuffix(" MB")),
        ("memory\nMB", lambda each: megabytes(each.peak_memory).removesuffix(" MB")),
        *((f"ms at\n{length}", _latency(place)) for place, length in enumerate(lengths)),
        ("texts/s", lambda each: f"{each.speed.texts_per_second:,.0f}"),
    ]


def _latency(place: int) -> Callable[[MeasuredRecipe], str]:
    def shown(each: MeasuredRecipe) -> str:
        milliseconds = each.speed.latencies[place].p50_ms
        return f"{milliseconds:.{0 if milliseconds >= _WHOLE else 2}f}"

    return shown


def _answers(report: ParetoReport) -> list[Column]:
    return [
        (report.metric, lambda each: f"{each.score.value:.4f}"),
        ("loss,\npoints", lambda each: f"{each.score.loss:+.2f}"),
        ("95 %", lambda each: f"{each.score.loss_low:+.2f} to {each.score.loss_high:+.2f}"),
        (report.disagreement_meaning.replace(" ", "\n"), lambda each: each.disagreement),
        ("own\ntolerance", lambda each: "kept" if each.within_tolerance else "broken"),
    ]


def _remarks(report: ParetoReport) -> Iterator[str]:
    """Which recipes stand out, and why."""
    kept = [each.recipe for each in report.measured if each.kept]
    for what, names in (
        ("on the front of size and loss", report.size_front),
        ("on the front of latency and loss", report.latency_front),
        ("built by an earlier run", kept),
    ):
        if names:
            yield f"{what}: {escape(', '.join(names))}"
    for each in report.measured:
        if not each.within_tolerance:
            broken = escape("; ".join(each.violations))
            yield f"[red]{each.recipe} breaks its own tolerance, never recommended: {broken}[/]"
