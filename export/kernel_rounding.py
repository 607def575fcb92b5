"""From a float graph: what its kernels read, and its kernels replaced in a quantized one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from ai_edge_litert import schema_py_generated as schema
from ai_edge_litert.interpreter import Interpreter
from numpy.typing import NDArray

from export.compensated_rounding import RoundedKernel, round_kernel
from export.errors import ExportError
from export.flatbuffer import read_model, write_model

# Axis letters: B texts, T tokens, O outputs, I inputs.
_INPUTS = ("token_ids", "padding_mask")
_TOKENS_AT_ONCE = 2048  # whose activations are in memory together
_SMALL = 20  # a kernel of less than this part of the largest is not worth fewer bits


class KernelRounder:
    """Rounds kernels of one float graph to four bits, each when it is first asked for."""

    def __init__(self, graph: bytes, rows: Sequence[NDArray[np.int32]], *, block: int) -> None:
        """Run the rows and note what each kernel reads.

        Args:
            graph: float, before quantization.
            rows: token ids (1, T) of real texts.
            block: weights of a row that share a scale; 0 = all of the row.
        """
        self._kernels = float_kernels(graph)
        self._moments = kernel_moments(graph, rows)
        self._block = block
        self._done: dict[str, RoundedKernel] = {}

    @property
    def names(self) -> tuple[str, ...]:
        """The kernels, by the names of their operators' outputs, in the order of the graph.

        A classifier's head is left out: it saves next to nothing and decides all.
        """
        largest = max(kernel.size for kernel in self._kernels.values())
        return tuple(n for n, kernel in self._kernels.items() if kernel.size * _SMALL >= largest)

    def put_into(self, graph: bytes, names: Sequence[str]) -> bytes:
        """A quantized graph whose kernels of these names are the rounded ones.

        Raises:
            ExportError: if the graph stores one of them in another format.
        """
        return replace_kernels(graph, {name: self.rounded(name) for name in names})

    def rounded(self, name: str) -> RoundedKernel:
        """One kernel in four bits."""
        if name not in self._done:
            kernel, moments = self._kernels[name], self._moments[name]
            self._done[name] = round_kernel(kernel, moments, block=self._block)
        return self._done[name]


def float_kernels(graph: bytes) -> dict[str, NDArray[np.float32]]:
    """The kernels (O, I) of a float graph by the name of their operator's output."""
    model = read_model(graph)
    tensors = model.subgraphs[0].tensors
    found = {}
    for operator in _dense(model):
        tensor = tensors[operator.inputs[1]]
        data = model.buffers[tensor.buffer].data
        found[_name(tensors, operator)] = data.view(np.float32).reshape(tensor.shape)
    return found


def kernel_moments(
    graph: bytes, rows: Sequence[NDArray[np.int32]]
) -> dict[str, NDArray[np.float64]]:
    """The sum of x x^T over all inputs x of each kernel, (I, I), by name.

    Each text is run at its own length: padding would count as an input, too.

    Args:
        graph: float, before quantization.
        rows: token ids (1, T) of real texts.
    """
    model = read_model(graph)
    subgraph = model.subgraphs[0]
    read = {_name(subgraph.tensors, o): o.inputs[0] for o in _dense(model)}
    subgraph.outputs = list(dict.fromkeys(read.values()))  # the tensors are what is asked for
    interpreter = Interpreter(model_content=write_model(model), num_threads=1)
    places = dict(
        zip(subgraph.outputs, (d["index"] for d in interpreter.get_output_details()), strict=True)
    )
    sums: dict[int, Any] = dict.fromkeys(places, 0.0)
    for batch in _same_length(rows):
        given = dict(zip(_INPUTS, (batch, np.ones_like(batch)), strict=True))
        details = interpreter.get_input_details()
        for detail in details:
            interpreter.resize_tensor_input(detail["index"], batch.shape)
        interpreter.allocate_tensors()
        for detail in details:
            interpreter.set_tensor(detail["index"], given[detail["name"]])
        interpreter.invoke()
        for tensor, place in places.items():
            value = interpreter.get_tensor(place)
            flat = value.reshape(-1, value.shape[-1])  # (B*T, I)
            sums[tensor] = sums[tensor] + (flat.T @ flat).astype(np.float64)
    return {name: sums[tensor] for name, tensor in read.items()}


def replace_kernels(graph: bytes, kernels: dict[str, RoundedKernel]) -> bytes:
    """A quantized graph with the integers and scales of some kernels exchanged.

    Args:
        graph: from the quantizer, which wrote those kernels in the same format.
        kernels: by the name of their operator's output.

    Raises:
        ExportError: if a kernel is not in the graph, or in another format.
    """
    model = read_model(graph)
    tensors = model.subgraphs[0].tensors
    left = dict(kernels)
    for operator in _dense(model):
        rounded = left.pop(_name(tensors, operator), None)
        if rounded is not None:
            _replace(model, tensors[operator.inputs[1]], rounded)
    if left:
        raise ExportError(f"The graph has no kernel {', '.join(left)}.")
    return write_model(model)


def _replace(model: schema.ModelT, tensor: schema.TensorT, rounded: RoundedKernel) -> None:
    details = tensor.quantization.details
    block = 0 if details is None else details.blockSize
    packed = _packed(rounded.integers)
    data = model.buffers[tensor.buffer].data
    if tensor.type != schema.TensorType.INT4 or block != rounded.block or len(data) != len(packed):
        raise ExportError(f"The kernel {tensor.name.decode()} is stored in another format.")
    model.buffers[tensor.buffer].data = packed
    if block:
        holder = model.subgraphs[0].tensors[details.scales]
        scales = rounded.scales.astype(np.float16).tobytes()
        model.buffers[holder.buffer].data = np.frombuffer(scales, np.uint8)
    else:
        tensor.quantization.scale = rounded.scales[:, 0]


def _packed(integers: NDArray[np.int8]) -> NDArray[np.uint8]:
    """Two to a byte, the first in the lower half."""
    halves = integers.reshape(-1).view(np.uint8) & np.uint8(0x0F)
    packed: NDArray[np.uint8] = halves[::2] | (halves[1::2] << np.uint8(4))
    return packed


def _dense(model: schema.ModelT) -> list[schema.OperatorT]:
    code = schema.BuiltinOperator.FULLY_CONNECTED
    return [
        operator
        for operator in model.subgraphs[0].operators
        if model.operatorCodes[operator.opcodeIndex].builtinCode == code
    ]


def _name(tensors: list[schema.TensorT], operator: schema.OperatorT) -> str:
    name: str = tensors[operator.outputs[0]].name.decode()
    return name


def _same_length(rows: Sequence[NDArray[np.int32]]) -> Iterator[NDArray[np.int32]]:
    """Batches (B, T) without padding, the shortest first; what the kernels read is all kept."""
    lengths: dict[int, list[NDArray[np.int32]]] = {}
    for row in rows:
        lengths.setdefault(row.shape[1], []).append(row)
    for length in sorted(lengths):
        group, most = lengths[length], max(1, _TOKENS_AT_ONCE // length)
        for start in range(0, len(group), most):
            yield np.concatenate(group[start : start + most])
