"""What tflite-runtime 2.14 can run: the last runtime of that name, found in old programs.

The versions were tried on that runtime, operator by operator: one more is refused with "Didn't
find op for builtin opcode" (`pytest -m soak tests/export/test_legacy_runtime.py`).
"""

from __future__ import annotations

from ai_edge_litert import schema_py_generated as schema

from export.graph_inspection import operator_name

LATEST: dict[str, int] = {  # operator to the highest version of it that is known
    "ADD": 5,
    "BATCH_MATMUL": 4,
    "CAST": 5,
    "CONCATENATION": 4,
    "DEQUANTIZE": 5,
    "DIV": 2,
    "EMBEDDING_LOOKUP": 3,
    "EXPAND_DIMS": 1,
    "FULLY_CONNECTED": 10,
    "GELU": 2,
    "MAXIMUM": 4,
    "MEAN": 3,
    "MUL": 7,
    "RESHAPE": 1,
    "RSQRT": 2,
    "SHAPE": 1,
    "SLICE": 6,
    "SOFTMAX": 3,
    "SPLIT": 4,
    "STRIDED_SLICE": 8,
    "SUB": 5,
    "SUM": 2,
    "TANH": 3,
}
_WEIGHTED = ("EMBEDDING_LOOKUP", "FULLY_CONNECTED")


def legacy_objections(graph: bytes) -> list[str]:
    """Why tflite-runtime 2.14 would refuse a graph, or misread it; empty if it would not.

    The quantizer leaves the versions of operators as they were, so the form of the weights is
    looked at, too: that runtime reads integers in place only where all rows share a scale.
    """
    model = schema.Model.GetRootAs(graph, 0)
    found = []
    for place in range(model.OperatorCodesLength()):
        code = model.OperatorCodes(place)
        name, version = operator_name(code), code.Version()
        if version > LATEST.get(name, 0):
            found.append(f"{name} of version {version}, at most {LATEST.get(name, 0)} is known")
    for index in range(model.SubgraphsLength()):
        found += _weights_in_place(model, model.Subgraphs(index))
    return found


def _weights_in_place(model: schema.Model, subgraph: schema.SubGraph) -> list[str]:
    found = []
    for place in range(subgraph.OperatorsLength()):
        operator = subgraph.Operators(place)
        name = operator_name(model.OperatorCodes(operator.OpcodeIndex()))
        if name not in _WEIGHTED:
            continue
        weights = subgraph.Tensors(operator.Inputs(1))
        scales = weights.Quantization().ScaleLength() if weights.Quantization() else 0
        if weights.Type() == schema.TensorType.INT4:
            found.append(f"{name} with weights of 4 bits")
        elif scales > 1:
            found.append(f"{name} with {scales} scales of weights that are read in place")
        elif weights.Quantization() and weights.Quantization().DetailsType():
            found.append(f"{name} with weights in blocks")
    return found
