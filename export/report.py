"""What people want to know about a build, a verification or a graph: as text and as JSON."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table

from export.graph_inspection import GraphFacts
from export.recipes import LOWER_BOUNDED

MIB = 2**20


@dataclass(frozen=True, kw_only=True)
class BuildReport:
    """A finished build in numbers."""

    name: str  # of the model
    task: str
    recipe: str
    size: int  # bytes of the bundle
    float_size: int  # bytes of the graph before quantization
    graph: GraphFacts  # of the graph in the bundle
    float_difference: float  # unquantized graph against Keras, largest
    golden_difference: float  # bundle against Keras on the golden texts, largest
    golden_texts: int

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON values."""
        return dataclasses.asdict(self)

    def render(self) -> RenderableType:
        """A table for a terminal."""
        facts = _facts(f"{self.name}: {self.task}, {self.recipe}")
        facts.add_row("bundle", f"{self.size / MIB:.2f} MiB")
        facts.add_row("float graph", f"{self.float_size / MIB:.2f} MiB")
        facts.add_row("float graph against Keras", f"{self.float_difference:.1e} at most")
        facts.add_row(
            f"bundle against Keras, {self.golden_texts} golden texts",
            f"{self.golden_difference:.1e} at most",
        )
        return Group(facts, render_graph(self.graph))


@dataclass(frozen=True, kw_only=True)
class VerifyReport:
    """A bundle beside its float model on many texts."""

    name: str
    recipe: str
    texts: int  # compared
    measured: dict[str, float]  # measure to value
    tolerance: dict[str, float]  # measure to bound
    violations: tuple[str, ...]  # in words; empty = within the tolerance

    @property
    def passed(self) -> bool:
        """Whether every bound holds."""
        return not self.violations

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON values."""
        return {**dataclasses.asdict(self), "passed": self.passed}

    def render(self) -> RenderableType:
        """A table for a terminal."""
        table = Table(title=f"{self.name} ({self.recipe}) on {self.texts} texts", box=None)
        for column in ("measure", "value", "bound"):
            table.add_column(column, justify="left" if column == "measure" else "right")
        for measure, value in self.measured.items():
            bound = self.tolerance.get(measure)
            sign = ">=" if measure in LOWER_BOUNDED else "<="
            table.add_row(measure, f"{value:.6f}", "" if bound is None else f"{sign} {bound}")
        verdict = "within the recipe's tolerance" if self.passed else "; ".join(self.violations)
        return Group(table, f"[{'green' if self.passed else 'red'}]{verdict}[/]")


def render_graph(facts: GraphFacts) -> RenderableType:
    """Operators and delegate pieces."""
    table = _facts("graph")
    table.add_row("size", f"{facts.size / MIB:.2f} MiB")
    table.add_row("XNNPACK pieces", str(facts.partitions))
    table.add_row("word table", _counts(facts.table))
    table.add_row("kernels", _counts(facts.kernels))
    table.add_row("operators", str(facts.num_operators))
    for name, count in facts.operators.items():
        table.add_row(f"  {name}", str(count))
    return table


def _counts(types: dict[str, int]) -> str:
    return ", ".join(f"{count} {name}" for name, count in types.items())


def _facts(title: str) -> Table:
    table = Table(title=title, title_justify="left", show_header=False, box=None)
    table.add_column()
    table.add_column(justify="right")
    return table
