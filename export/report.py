"""What people want to know about a build, a verification or a graph: as text and as JSON."""

from __future__ import annotations

import dataclasses
import math
from dataclasses import dataclass
from typing import Any, Literal

from rich.console import Group, RenderableType
from rich.table import Table

from export.graph_inspection import GraphFacts
from export.recipes import LOWER_BOUNDED

MIB = 2**20
TextKind = Literal["unread", "given", "golden"]
_WITHIN = "within the recipe's tolerance"
_WITHIN_AS_FAR = f"{_WITHIN}, as far as so few texts can tell; real ones, --data, tell more"


@dataclass(frozen=True, kw_only=True)
class ToleranceCheck:
    """What a build measured of its own answers."""

    kind: TextKind  # unread: given and read for nothing else; given: some read before, too
    texts: int  # compared
    measured: dict[str, float]  # measure to value
    bounds: dict[str, float]  # measure to bound, as far as these texts can carry one
    violations: tuple[str, ...]  # in words; empty = within the tolerance

    @property
    def passed(self) -> bool:
        """Whether every bound holds."""
        return not self.violations

    @property
    def which_texts(self) -> str:
        """How many of which, in words."""
        if self.kind == "golden":
            return f"the {self.texts} golden texts"
        also = " that chose nothing" if self.kind == "unread" else ""
        return f"{self.texts} given texts{also}"

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON values, which know no NaN."""
        finite = {name: _finite(value) for name, value in self.measured.items()}
        return {**dataclasses.asdict(self), "measured": finite, "passed": self.passed}

    def render(self) -> RenderableType:
        """A table for a terminal."""
        title = f"[italic]beside the float model, on {self.which_texts}[/]"
        sound = _WITHIN if self.kind != "golden" else _WITHIN_AS_FAR
        table = _measures(None, self.measured, self.bounds)
        return Group(title, table, _verdict(self.violations, sound))


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
    narrowed: int | None = None  # kernels in fewer bits; None: the recipe chooses none
    tolerance: ToleranceCheck

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON values."""
        return {**dataclasses.asdict(self), "tolerance": self.tolerance.to_dict()}

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
        if self.narrowed is not None:
            facts.add_row("kernels that were narrowed", str(self.narrowed or "none"))
        return Group(facts, self.tolerance.render(), render_graph(self.graph))


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
        title = f"{self.name} ({self.recipe}) on {self.texts} texts"
        return Group(
            _measures(title, self.measured, self.tolerance), _verdict(self.violations, _WITHIN)
        )


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


def _measures(title: str | None, measured: dict[str, float], bounds: dict[str, float]) -> Table:
    """Every measure, with its bound where it has one."""
    table = Table(title=title, title_justify="left", box=None)
    for column in ("measure", "value", "bound"):
        table.add_column(column, justify="left" if column == "measure" else "right")
    for measure, value in measured.items():
        bound = bounds.get(measure)
        sign = ">=" if measure in LOWER_BOUNDED else "<="
        table.add_row(measure, f"{value:.6f}", "" if bound is None else f"{sign} {bound}")
    return table


def _verdict(violations: tuple[str, ...], sound: str) -> str:
    verdict = "; ".join(violations) or sound
    return f"[{'red' if violations else 'green'}]{verdict}[/]"


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None


def _counts(types: dict[str, int]) -> str:
    return ", ".join(f"{count} {name}" for name, count in types.items())


def _facts(title: str) -> Table:
    table = Table(title=title, title_justify="left", show_header=False, box=None)
    table.add_column()
    table.add_column(justify="right")
    return table
