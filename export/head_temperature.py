"""Dividing the logits of a finished graph by a temperature: its head's weights are made smaller."""

from __future__ import annotations

import numpy as np
from ai_edge_litert import schema_py_generated as schema

from export.errors import ExportError
from export.flatbuffer import read_model, write_model

_HINT = "Calibrate the model folder instead (`bert-tf calibrate`) and build it again."
_FLOATS = {schema.TensorType.FLOAT32: np.float32, schema.TensorType.FLOAT16: np.float16}


def divide_logits(graph: bytes, temperature: float) -> bytes:
    """The same graph with a temperature folded into its head; integers keep every bit.

    Args:
        graph: a classifier's, whose last operators are FULLY_CONNECTED and SOFTMAX.
        temperature: positive.

    Raises:
        ExportError: if the head is of another form, or its logits are integers of a fixed scale.
    """
    model = read_model(graph)
    subgraph = model.subgraphs[0]
    makers = {output: operator for operator in subgraph.operators for output in operator.outputs}
    kinds = schema.BuiltinOperator

    def made_by(tensor: int, kind: int) -> schema.OperatorT | None:
        operator = makers.get(tensor)
        if operator is None or model.operatorCodes[operator.opcodeIndex].builtinCode != kind:
            return None
        return operator

    softmax = made_by(subgraph.outputs[0], kinds.SOFTMAX)
    head = None if softmax is None else made_by(softmax.inputs[0], kinds.FULLY_CONNECTED)
    if head is None or len(head.inputs) != 3:
        raise ExportError(f"The graph does not end in a dense layer and a softmax. {_HINT}")
    for place in (place for place in head.inputs[1:] if place >= 0):  # -1: there is no bias
        unpacking = made_by(place, kinds.DEQUANTIZE)  # weights stored small and unpacked once
        stored = place if unpacking is None else unpacking.inputs[0]
        _divide(model, subgraph.tensors[stored], temperature)
    return write_model(model)


def _divide(model: schema.ModelT, tensor: schema.TensorT, temperature: float) -> None:
    """Divide a constant: its numbers where they are floats, else its scales."""
    buffer, scales = model.buffers[tensor.buffer], tensor.quantization
    if buffer.data is None:
        raise ExportError(f"The head of the graph is not made of constants. {_HINT}")
    if tensor.type in _FLOATS:
        kind = _FLOATS[tensor.type]
        numbers = buffer.data.view(kind).astype(np.float64) / temperature
        buffer.data = numbers.astype(kind).view(np.uint8)
    elif tensor.type == schema.TensorType.INT8 and scales is not None and scales.details is None:
        scales.scale = (np.asarray(scales.scale, np.float64) / temperature).astype(np.float32)
    else:
        raise ExportError(
            f"The head of the graph is stored in a way that cannot be scaled. {_HINT}"
        )
