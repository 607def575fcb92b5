"""What is in a flatbuffer: operators, sizes, and how the XNNPACK delegate cuts it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from ai_edge_litert import schema_py_generated as schema
from ai_edge_litert.interpreter import Interpreter

_BUILTIN_NAMES = {
    code: name for name, code in vars(schema.BuiltinOperator).items() if isinstance(code, int)
}
_DELEGATE = "DELEGATE"  # what the interpreter calls a delegated piece


@dataclass(frozen=True, kw_only=True)
class GraphFacts:
    """The shape of a graph in numbers."""

    size: int  # bytes of the flatbuffer
    operators: dict[str, int]  # operator to how often it occurs, most frequent first
    partitions: int  # pieces that XNNPACK runs; 1 is best

    @property
    def num_operators(self) -> int:
        """All operators."""
        return sum(self.operators.values())


def inspect_graph(graph: bytes) -> GraphFacts:
    """Count operators and delegate pieces.

    Args:
        graph: a flatbuffer whose buffers are inside.
    """
    return GraphFacts(
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
