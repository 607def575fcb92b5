"""Which kernels bear fewer bits: measured on the answers to real texts, not on the weights."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ai_edge_litert import schema_py_generated as schema

from export.answer_probe import AnswerProbe
from export.errors import ExportError
from export.flatbuffer import read_model
from export.quantize import quantize
from export.recipes import LOWER_BOUNDED, Recipe, violations
from export.weight_rule import WeightRule

TEXTS_READ = 300  # that a choice looks at; more cost time and change little
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
    *,
    progress: Progress | None = None,
    enforce_tolerance: bool = True,
) -> Recipe:
    """As many kernels in fewer bits as the tolerance of the recipe allows.

    Each kernel is narrowed alone first. They are then taken in the order of damage a byte saved,
    and the longest beginning of that order whose answers, measured together, stay within the
    tolerance is found by halving.

    Args:
        graph: float, before quantization.
        recipe: with a rule `narrower`.
        probe: over real texts.
        progress: told after each kernel.
        enforce_tolerance: refuse where the tolerance is broken before a kernel is narrowed.

    Returns:
        The recipe with one more rule for each kernel that was chosen; none, if the tolerance has
        no room for any.

    Raises:
        ExportError: if it has none because it is broken already.
    """
    assert recipe.narrower is not None
    names = kernel_names(graph)
    base = quantize(graph, recipe)
    unnarrowed = probe.measure(base)
    if enforce_tolerance:
        _require_room(recipe, probe, unnarrowed)
    floor = _damage(unnarrowed)
    kernels = []
    for number, name in enumerate(names, start=1):
        narrowed = quantize(graph, _narrowed(recipe, [name]))
        damage = _damage(probe.measure(narrowed)) - floor
        kernels.append(Kernel(operator=name, saved=len(base) - len(narrowed), damage=damage))
        if progress is not None:
            progress(number, len(names))
    order = [k.operator for k in sorted(kernels, key=lambda k: k.damage / max(1, k.saved))]
    bounds = _reserved(probe.tolerance(recipe))
    least, most = 0, len(order)
    while least < most:
        middle = (least + most + 1) // 2
        measured = probe.measure(quantize(graph, _narrowed(recipe, order[:middle])))
        if violations(measured, bounds):
            most = middle - 1
        else:
            least = middle
    return _narrowed(recipe, order[:least])


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


def kernel_names(graph: bytes) -> list[str]:
    """The names of the outputs of the fully connected operators, in their order."""
    model = read_model(graph)
    tensors = model.subgraphs[0].tensors
    found = []
    for operator in model.subgraphs[0].operators:
        code = model.operatorCodes[operator.opcodeIndex]
        if code.builtinCode == schema.BuiltinOperator.FULLY_CONNECTED:
            found.append(tensors[operator.outputs[0]].name.decode())
    return found


def _narrowed(recipe: Recipe, names: Sequence[str]) -> Recipe:
    assert recipe.narrower is not None
    more = tuple(_rule(recipe.narrower, name) for name in names)
    return dataclasses.replace(recipe, rules=(*recipe.rules, *more), narrower=None)


def _rule(rule: WeightRule, name: str) -> WeightRule:
    """For one operator: the quantizer puts a semicolon behind each name it matches on."""
    return dataclasses.replace(rule, operator=f"^{re.escape(name)};$")


def _damage(measured: dict[str, float]) -> float:
    """One number: mean loss of cosine, or mean difference of a probability."""
    if "cosine_mean" in measured:
        return 1.0 - measured["cosine_mean"]
    return measured["probability_difference_mean"]
