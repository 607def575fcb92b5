"""The kernels whose sums have outliers: those that read a GELU.

A trained BERT writes a few units of the residual far larger than all others there (MiniLM: up to
195 where most stay below 3). With one int8 scale for the tensor a step would be 1.5.
"""

from __future__ import annotations

import dataclasses
import re

from ai_edge_litert import schema_py_generated as schema

from export.flatbuffer import read_model
from export.recipes import Recipe


def outlier_kernels(graph: bytes) -> list[str]:
    """The names of the outputs of the fully connected operators behind a GELU, in their order.

    Args:
        graph: float, before quantization.
    """
    model = read_model(graph)
    subgraph = model.subgraphs[0]
    codes = [code.builtinCode for code in model.operatorCodes]
    gelu, dense = schema.BuiltinOperator.GELU, schema.BuiltinOperator.FULLY_CONNECTED
    inner = {o.outputs[0] for o in subgraph.operators if codes[o.opcodeIndex] == gelu}
    found = [
        o for o in subgraph.operators if codes[o.opcodeIndex] == dense and o.inputs[0] in inner
    ]
    return [subgraph.tensors[operator.outputs[0]].name.decode() for operator in found]


def rule_outliers(graph: bytes, recipe: Recipe) -> Recipe:
    """The recipe with its rule `after_gelu` written out for the kernels of this graph."""
    assert recipe.after_gelu is not None
    names = "|".join(re.escape(name) for name in outlier_kernels(graph))
    # the quantizer puts a semicolon behind each name it matches on
    rule = dataclasses.replace(recipe.after_gelu, operator=f"^({names});$")
    return dataclasses.replace(recipe, rules=(*recipe.rules, rule), after_gelu=None)
