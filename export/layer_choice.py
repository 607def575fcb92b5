"""Which kernels bear fewer bits: measured on the answers to real texts, not on the weights."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from ai_edge_litert import schema_py_generated as schema
from numpy.typing import NDArray

from bert_tf.text.tokenizer import BertTokenizer
from export.flatbuffer import inline_buffers, read_model
from export.quantize import quantize
from export.recipes import LOWER_BOUNDED, Recipe, violations
from export.runtime.graph_runner import GraphRunner
from export.runtime.metadata import BundleMetadata
from export.verify import compare_answers
from export.weight_rule import WeightRule

_SHARE = 0.8  # of the tolerance that the choice uses up
MIN_TEXTS = 100  # fewer do not tell two layers apart
_READ = 300  # texts that are looked at; more cost time and change little

# Axis letters: N texts, D values of the output.
Outputs = NDArray[np.float32]
Progress = Callable[[int, int], None]  # kernels measured, kernels in all


@dataclass(frozen=True, kw_only=True)
class Kernel:
    """A kernel that was stored in fewer bits alone."""

    operator: str  # name of the operator's output
    saved: int  # bytes
    damage: float  # how much worse the answers get, see `_damage`


class AnswerProbe:
    """What a graph answers on a few hundred texts, beside the float graph's answers."""

    def __init__(
        self,
        graph: bytes,
        metadata: BundleMetadata,
        tokenizer: BertTokenizer,
        texts: Sequence[str],
    ) -> None:
        """Run the float graph.

        Args:
            graph: before quantization.
            metadata: of the bundle to be.
            tokenizer: the model's.
            texts: real ones; the first few hundred are used.

        Raises:
            ValueError: if there are too few.
        """
        if len(texts) < MIN_TEXTS:
            raise ValueError(f"At least {MIN_TEXTS} texts are needed, received {len(texts)}.")
        room = metadata.max_length - 2
        pieces = tokenizer.token_ids(list(texts[:_READ]))
        self._rows = [
            np.asarray([[tokenizer.cls_id, *ids[:room], tokenizer.sep_id]], np.int32)
            for ids in sorted(pieces, key=len)
        ]
        self._metadata = metadata
        self._expected = self._answers(inline_buffers(graph))

    def bounds(self, recipe: Recipe) -> dict[str, float]:
        """The tolerance of a recipe for the model's task, less a fifth for texts not seen here."""
        valued = self._metadata.label_values is not None
        return {
            name: 1 - _SHARE * (1 - bound) if name in LOWER_BOUNDED else _SHARE * bound
            for name, bound in recipe.tolerance_of(self._metadata.task, valued=valued).items()
        }

    def measure(self, graph: bytes) -> dict[str, float]:
        """The measures of `verify` on the texts of the probe."""
        return compare_answers(self._metadata, self._expected, self._answers(graph))

    def _answers(self, graph: bytes) -> Outputs:
        runner = GraphRunner(graph, self._metadata)
        return np.concatenate([runner.run(row) for row in self._rows])


def choose_layers(
    graph: bytes, recipe: Recipe, probe: AnswerProbe, *, progress: Progress | None = None
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

    Returns:
        The recipe with one more rule for each kernel that was chosen.
    """
    assert recipe.narrower is not None
    names = kernel_names(graph)
    base = quantize(graph, recipe)
    floor = _damage(probe.measure(base))
    kernels = []
    for number, name in enumerate(names, start=1):
        narrowed = quantize(graph, _narrowed(recipe, [name]))
        damage = _damage(probe.measure(narrowed)) - floor
        kernels.append(Kernel(operator=name, saved=len(base) - len(narrowed), damage=damage))
        if progress is not None:
            progress(number, len(names))
    order = [k.operator for k in sorted(kernels, key=lambda k: k.damage / max(1, k.saved))]
    bounds = probe.bounds(recipe)
    least, most = 0, len(order)
    while least < most:
        middle = (least + most + 1) // 2
        measured = probe.measure(quantize(graph, _narrowed(recipe, order[:middle])))
        if violations(measured, bounds):
            most = middle - 1
        else:
            least = middle
    return _narrowed(recipe, order[:least])


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
