"""What the recipes do to the weights."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from ai_edge_litert import schema_py_generated as schema

from export.errors import ExportError
from export.flatbuffer import read_model
from export.quantize import quantize
from export.recipes import RECIPES
from export.weight_rule import WeightRule


def weights(graph: bytes, dtype: int) -> list:
    """The constant matrices of this type."""
    model = read_model(graph)
    tensors = model.subgraphs[0].tensors
    return [t for t in tensors
            if t.type == dtype and len(t.shape) == 2 and model.buffers[t.buffer].data is not None
            and len(model.buffers[t.buffer].data)]  # fmt: skip


def test_int8_weights_per_channel_and_table_per_row(embedder_graph: bytes) -> None:
    graph = quantize(embedder_graph, RECIPES["dynamic_wi8_afp32"])
    matrices = weights(graph, schema.TensorType.INT8)
    assert len(matrices) == 2 * 4 + 1
    for tensor in matrices:
        assert tensor.quantization.quantizedDimension == 0
        assert len(tensor.quantization.scale) == tensor.shape[0]
        assert not np.any(tensor.quantization.zeroPoint)


def test_float32_changes_nothing(embedder_graph: bytes) -> None:
    graph = quantize(embedder_graph, RECIPES["float32"])
    assert not weights(graph, schema.TensorType.INT8)
    assert len(weights(graph, schema.TensorType.FLOAT32)) >= 9


def test_layer_norm_stays_out_of_the_kernels(embedder, embedder_graph: bytes) -> None:
    """The converter must not multiply LayerNorm's scale into the next kernel."""
    model = read_model(embedder_graph)
    kernel = np.asarray(embedder.backbone.blocks[0].intermediate.kernel).T
    stored = [np.frombuffer(model.buffers[t.buffer].data.tobytes(), np.float32)
              for t in weights(embedder_graph, schema.TensorType.FLOAT32)]  # fmt: skip
    assert any(w.size == kernel.size and np.array_equal(w, kernel.ravel()) for w in stored)


def test_a_refused_recipe_is_an_export_error(embedder_graph: bytes) -> None:
    blocks = WeightRule(bits=4, of="kernels", block=32)  # its widest row has 48 weights
    odd = dataclasses.replace(RECIPES["dynamic_wi8_afp32"], rules=(blocks,))
    with pytest.raises(ExportError, match="cannot be applied"):
        quantize(embedder_graph, odd)
