"""What is in a flatbuffer: operators, sizes, and how the XNNPACK delegate cuts it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from ai_edge_litert import schema_py_generated as schema
from ai_edge_litert.interpreter import Interpreter

_BUILTIN_NAMES = {
    code: name for name, code in vars(schema.BuiltinOperator).items() if isinstance(code, int)
}
_TYPE_NAMES = {
    code: name for name, code in vars(schema.TensorType).items() if isinstance(code, int)
}
_DELEGATE = "DELEGATE"  # what the interpreter calls a delegated piece


@dataclass(frozen=True, kw_only=True)
class GraphFacts:
    """The shape of a graph in numbers."""

    size: int  # bytes of the flatbuffer
    operators: dict[str, int]  # operator to how often it occurs, most frequent first
    partitions: int  # pieces that XNNPACK runs; 1 is best
    table: dict[str, int]  # type of the word table, such as INT8, to how many tables
    kernels: dict[str, int]  # type of a fully connected layer's weights to how many

    @property
    def num_operators(self) -> int:
        """All operators."""
        return sum(self.operators.values())


def inspect_graph(graph: bytes) -> GraphFacts:
    """Count operators and delegate pieces.

    Args:
        graph: a flatbuffer whose buffers are inside.
    """
    types = weight_types(graph)
    return GraphFacts(
        table=dict(Counter(types["table"])),
        kernels=dict(Counter(types["kernels"])),
        size=len(graph),
        operators=operator_histogram(graph),
        partitions=count_partitions(graph),
    )


def operator_histogram(graph: bytes) -> dict[str, int]:
    """Operator names and counts over all subgraphs."""
    model = schema.Model.GetRootAs(graph, 0)
    codes = [operator_name(model.OperatorCodes(i)) for i in range(model.OperatorCodesLength())]
    counts: Counter[str] = Counter()
    for s in range(model.SubgraphsLength()):
        subgraph = model.Subgraphs(s)
        for o in range(subgraph.OperatorsLength()):
            counts[codes[subgraph.Operators(o).OpcodeIndex()]] += 1
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def weight_types(graph: bytes) -> dict[str, list[str]]:
    """How the weights are stored: "table" and "kernels" to the type of each, in their order."""
    model = schema.Model.GetRootAs(graph, 0)
    found: dict[str, list[str]] = {"table": [], "kernels": []}
    weighted = {"EMBEDDING_LOOKUP": "table", "FULLY_CONNECTED": "kernels"}
    for s in range(model.SubgraphsLength()):
        subgraph = model.Subgraphs(s)
        unpacked: dict[int, int] = {}  # float16 is unpacked by an operator of its own
        for o in range(subgraph.OperatorsLength()):
            operator = subgraph.Operators(o)
            name = operator_name(model.OperatorCodes(operator.OpcodeIndex()))
            if name == "DEQUANTIZE":
                unpacked[operator.Outputs(0)] = operator.Inputs(0)
            elif name in weighted:
                stored = unpacked.get(operator.Inputs(1), operator.Inputs(1))
                found[weighted[name]].append(_TYPE_NAMES[subgraph.Tensors(stored).Type()])
    return found


def foreign_operators(graph: bytes) -> list[str]:
    """Names of Flex and custom operators, sorted; empty for a good graph."""
    model = schema.Model.GetRootAs(graph, 0)
    codes = [model.OperatorCodes(index) for index in range(model.OperatorCodesLength())]
    return sorted({operator_name(code) for code in codes if code.CustomCode() is not None})


def operator_name(code: schema.OperatorCode) -> str:
    """The built-in name, or the name that a custom operator gives itself."""
    if code.CustomCode() is not None:
        return str(code.CustomCode().decode("utf-8", errors="replace"))
    # codes beyond 127 do not fit the older field, which then holds 127
    return _BUILTIN_NAMES[max(code.BuiltinCode(), code.DeprecatedBuiltinCode())]


def count_partitions(graph: bytes) -> int:
    """How many pieces the XNNPACK delegate of this machine's runtime takes over."""
    interpreter = Interpreter(model_content=graph, num_threads=1)
    interpreter.allocate_tensors()
    details = interpreter._get_ops_details()
    return sum(item["op_name"] == _DELEGATE for item in details)
