"""The operators that read the padding mask: whatever the recipe, they stay float.

Calibration runs each text alone, so it never sees a padded token. The range of the mask's -1e9
would be that of zeros, and a padded token would be attended to; the weights of mean pooling, one
over the length of a text, would be cut off where a text is shorter than most.
"""

from __future__ import annotations

import dataclasses
import re

from export.flatbuffer import read_model
from export.recipes import Recipe
from export.static_rule import FloatRule

_MASK = 1  # place of `padding_mask` among the inputs of a graph


def mask_operators(graph: bytes) -> list[str]:
    """The names of the outputs of operators that read the mask, or what is made of it alone.

    Args:
        graph: float, before quantization.
    """
    model = read_model(graph)
    subgraph = model.subgraphs[0]
    constants = {
        place
        for place, tensor in enumerate(subgraph.tensors)
        if model.buffers[tensor.buffer].data is not None
    }
    from_mask = {subgraph.inputs[_MASK]}
    names = []
    for operator in subgraph.operators:  # in the order in which they run
        read = set(operator.inputs) - constants
        if not read & from_mask:
            continue
        names.append(subgraph.tensors[operator.outputs[0]].name.decode())
        if read <= from_mask:
            from_mask.update(operator.outputs)
    return names


def keep_mask_float(graph: bytes, recipe: Recipe) -> Recipe:
    """The recipe with a rule that leaves the operators on the mask of this graph as they are."""
    names = "|".join(re.escape(name) for name in mask_operators(graph))
    # the quantizer puts a semicolon behind each name it matches on
    return dataclasses.replace(recipe, rules=(*recipe.rules, FloatRule(operator=f"^({names});$")))
