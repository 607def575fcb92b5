"""Which kernels bear fewer bits: measured on the answers to real texts, not on the weights."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from export.answer_probe import AnswerProbe
from export.errors import ExportError
from export.kernel_rounding import KernelRounder
from export.quantize import quantize
from export.recipes import LOWER_BOUNDED, Recipe, violations
from export.weight_rule import WeightRule

_SHARE = 0.8  # of the tolerance that the choice uses up
Progress = Callable[[int, int], None]  # kernels measured, kernels in all


@dataclass(frozen=True, kw_only=True)
class Kernel:
    """A kernel that was stored in fewer bits alone."""

    operator: str  # name of the operator's output
    saved: int  # bytes
    damage: float  # how much worse the answers get, see `_damage`


def choose_layers(
    graph: bytes,
    recipe: Recipe,
    probe: AnswerProbe,
    rounder: KernelRounder,
    *,
    progress: Progress | None = None,
    enforce_tolerance: bool = True,
) -> tuple[str, ...]:
    """As many kernels in fewer bits as the tolerance of the recipe allows.

    Each kernel is narrowed alone first. They are then taken in the order of damage a byte saved,
    and the longest beginning of that order whose answers, measured together, stay within the
    tolerance is found by halving.

    Args:
        graph: float, before quantization.
        recipe: with a rule `narrower`.
        probe: over real texts.
        rounder: of the graph, for the block of that rule; best with other real texts.
        progress: told after each kernel.
        enforce_tolerance: refuse where the tolerance is broken before a kernel is narrowed.

    Returns:
        The names of the chosen kernels; none, if the tolerance has no room for any.

    Raises:
        ExportError: if it has none because it is broken already.
    """
    base = narrowed_graph(graph, recipe, (), rounder)
    unnarrowed = probe.measure(base)
    if enforce_tolerance:
        _require_room(recipe, probe, unnarrowed)
    floor = _damage(unnarrowed)
    kernels = []
    for number, name in enumerate(rounder.names, start=1):
        narrowed = narrowed_graph(graph, recipe, [name], rounder)
        damage = _damage(probe.measure(narrowed)) - floor
        kernels.append(Kernel(operator=name, saved=len(base) - len(narrowed), damage=damage))
        if progress is not None:
            progress(number, len(rounder.names))
    order = [k.operator for k in sorted(kernels, key=lambda k: k.damage / max(1, k.saved))]
    bounds = _reserved(probe.tolerance(recipe))
    least, most = 0, len(order)
    while least < most:
        middle = (least + most + 1) // 2
        measured = probe.measure(narrowed_graph(graph, recipe, order[:middle], rounder))
        if violations(measured, bounds):
            most = middle - 1
        else:
            least = middle
    return tuple(order[:least])


def narrowed_graph(
    graph: bytes, recipe: Recipe, names: Sequence[str], rounder: KernelRounder
) -> bytes:
    """The quantized graph with these kernels in the fewer bits of the recipe's rule `narrower`.

    Args:
        graph: float, before quantization.
        recipe: with that rule.
        names: of the kernels, from `choose_layers`.
        rounder: decides the integers and the scales; the quantizer, their format.
    """
    assert recipe.narrower is not None
    more = tuple(_rule(recipe.narrower, name) for name in names)
    settled = dataclasses.replace(recipe, rules=(*recipe.rules, *more), narrower=None)
    return rounder.put_into(quantize(graph, settled), names)


def _require_room(recipe: Recipe, probe: AnswerProbe, measured: dict[str, float]) -> None:
    """Refuse to choose where there is nothing to choose."""
    if broken := violations(measured, probe.tolerance(recipe)):
        raise ExportError(
            f"The recipe {recipe.name} breaks its tolerance before a kernel is narrowed: "
            f"{'; '.join(broken)} (on {probe.texts} given texts). No layer bears fewer "
            "bits; take a recipe that keeps more (`bert-export recipes`), or choose by other "
            "texts (--data) if these are unlike yours."
        )


def _reserved(tolerance: dict[str, float]) -> dict[str, float]:
    """The bounds to choose by: a fifth is left for texts that the choice does not see."""
    return {
        name: 1 - _SHARE * (1 - bound) if name in LOWER_BOUNDED else _SHARE * bound
        for name, bound in tolerance.items()
    }


def _rule(rule: WeightRule, name: str) -> WeightRule:
    """For one operator: the quantizer puts a semicolon behind each name it matches on."""
    return dataclasses.replace(rule, operator=f"^{re.escape(name)};$")


def _damage(measured: dict[str, float]) -> float:
    """One number: mean loss of cosine, or mean difference of a probability."""
    if "cosine_mean" in measured:
        return 1.0 - measured["cosine_mean"]
    return measured["probability_difference_mean"]
