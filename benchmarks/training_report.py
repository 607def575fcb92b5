"""What the training benchmark found, as tables and statements."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from rich.console import Console
from rich.table import Table

from benchmarks.training_contest import (
    GOALS,
    MEMORY_LIMIT,
    OURS,
    OURS_LARGEST,
    UNITS,
    Contender,
    Work,
)
from benchmarks.training_statistics import Difference, Quality, Spread, ratio_of_rounds

HUB_LARGEST = "keras-hub, 128"  # how the names of its widest contenders begin


@dataclass(frozen=True, kw_only=True)
class Measured:
    """What is known of one contender at one precision."""

    contender: Contender
    xla: bool  # the setting that was faster
    start_seconds: float  # until it could train: imports, model, data
    compile_seconds: float  # that the first steps took above the usual: tracing, XLA
    rates: list[float]  # units a second of each round
    padding: float  # share of the computed places
    losses: tuple[float, float]  # mean of the first steps, and of the last round
    memory: dict[str, int]  # peak bytes, by XLA "on" or "off"

    @property
    def least_memory(self) -> int:
        """Of the settings that were tried."""
        return min(self.memory.values())


@dataclass(frozen=True, kw_only=True)
class Statement:
    """One statement that was to be checked."""

    text: str
    reached: bool | None  # None: shown without a goal

    def __str__(self) -> str:
        word = {True: "reached", False: "FALLS SHORT", None: "for information"}[self.reached]
        return f"{self.text}: {word}"


def speed_statements(work: Work, measured: Sequence[Measured]) -> list[Statement]:
    """The ratios that were asked for, among those that took part."""
    rates = {one.contender.name: one.rates for one in measured}
    found = []
    for goal in GOALS[work]:
        if goal.ours not in rates or goal.peer not in rates:
            continue
        ratio = ratio_of_rounds(rates[goal.ours], rates[goal.peer])
        aim = "" if goal.least is None else f", goal {goal.least:g}"
        text = (
            f"{goal.ours} / {goal.peer}: {ratio.median:.2f} x "
            f"({ratio.low:.2f} to {ratio.high:.2f}, least {ratio.least:.2f}{aim})"
        )
        reached = None if goal.least is None else ratio.median >= goal.least
        found.append(Statement(text=text, reached=reached))
    return found


def memory_statements(work: Work, measured: Sequence[Measured]) -> list[Statement]:
    """Our peak at 32 x 128 beside the limit, and beside keras-hub's best."""
    peaks = {one.contender.name: one.least_memory for one in measured}
    ours = peaks.get(OURS_LARGEST[work])
    hub = [peak for name, peak in peaks.items() if name.startswith(HUB_LARGEST)]
    if ours is None:
        return []
    text = f"peak memory of {OURS_LARGEST[work]}: {ours / 1e9:.2f} GB"
    found = [Statement(text=f"{text}, limit {MEMORY_LIMIT / 1e9:g}", reached=ours <= MEMORY_LIMIT)]
    if hub:
        least = min(hub)
        found.append(
            Statement(text=f"{text}, keras-hub's {least / 1e9:.2f} GB", reached=ours <= least)
        )
    return found


def quality_statements(differences: Mapping[str, Mapping[str, Difference]]) -> list[Statement]:
    """By peer and metric: ours minus theirs."""
    return [
        Statement(
            text=f"dev {metric}, {OURS} minus {peer}: {found.value:+.4f} "
            f"({found.low:+.4f} to {found.high:+.4f})",
            reached=found.not_worse,
        )
        for peer, metrics in differences.items()
        for metric, found in metrics.items()
    ]


def print_speed(console: Console, work: Work, measured: Sequence[Measured]) -> None:
    """A row a contender."""
    table = Table(box=None)
    columns = ("engine", UNITS[work], "quartiles", "least", "padding", "XLA", "start", "compile")
    for column in (*columns, "peak memory", "loss"):
        table.add_column(column, justify="left" if column == "engine" else "right")
    for one in measured:
        spread = Spread.of(one.rates)
        table.add_row(
            one.contender.name,
            f"{spread.median:,.1f}",
            f"{spread.low:,.1f} to {spread.high:,.1f}",
            f"{spread.least:,.1f}",
            f"{one.padding:.0%}",
            "on" if one.xla else "off",
            f"{one.start_seconds:.0f} s",
            f"{one.compile_seconds:.0f} s",
            ", ".join(f"{peak / 1e9:.2f}" for peak in one.memory.values()) + " GB",
            f"{one.losses[0]:.3f} to {one.losses[1]:.3f}",
        )
    console.print(table)


def print_quality(console: Console, found: Mapping[str, Sequence[Quality]]) -> None:
    """A row an engine: the mean over its seeds, and the least and the best of them."""
    table = Table("engine", "dev accuracy", "of seeds", "dev macro-F1", "of seeds", box=None)
    for name, qualities in found.items():
        cells = []
        for metric in ("accuracy", "macro_f1"):
            values = [getattr(quality, metric) for quality in qualities]
            cells += [f"{fmean(values):.4f}", f"{min(values):.4f} to {max(values):.4f}"]
        table.add_row(name, *cells)
    console.print(table)
