"""Rules in the quantizer's words, and what they do to a graph."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from ai_edge_litert import schema_py_generated as schema

from export.flatbuffer import read_model
from export.graph_inspection import weight_types
from export.quantize import quantize
from export.recipes import RECIPES, Recipe
from export.weight_rule import WeightRule


def with_rules(*rules: WeightRule) -> Recipe:
    return dataclasses.replace(RECIPES["dynamic_wi8_afp32"], rules=rules)


def test_table_and_kernels_are_ruled_apart(embedder_graph: bytes) -> None:
    found = weight_types(quantize(embedder_graph, with_rules(WeightRule(bits=8, of="kernels"))))
    assert found["table"] == ["FLOAT32"] and set(found["kernels"]) == {"INT8"}
    found = weight_types(quantize(embedder_graph, with_rules(WeightRule(bits=8, of="table"))))
    assert found["table"] == ["INT8"] and set(found["kernels"]) == {"FLOAT32"}


def test_the_last_rule_that_fits_counts(embedder_graph: bytes) -> None:
    rules = (WeightRule(bits=8), WeightRule(bits=4, of="table", block=32))
    found = weight_types(quantize(embedder_graph, with_rules(*rules)))
    assert found["table"] == ["INT4"]
    assert set(found["kernels"]) == {"INT8"}


def test_float16_halves_the_bytes_and_keeps_the_numbers(embedder_graph: bytes) -> None:
    graph = quantize(embedder_graph, with_rules(WeightRule(bits=16)))
    model = read_model(graph)
    halves = [t for t in model.subgraphs[0].tensors if t.type == schema.TensorType.FLOAT16]
    assert len(halves) == 2 * 4 + 1
    assert weight_types(graph) == {"table": ["FLOAT16"], "kernels": ["FLOAT16"] * 8}
    stored = np.frombuffer(model.buffers[halves[0].buffer].data.tobytes(), np.float16)
    assert np.isfinite(stored).all() and stored.size == np.prod(halves[0].shape)


@pytest.mark.parametrize("block", [32, 64])
def test_blocks_share_a_scale(embedder_graph: bytes, block: int) -> None:
    rule = WeightRule(bits=4, of="table", block=block)  # type: ignore[arg-type]
    steps = rule.quantizer_steps()
    assert [step["operation"] for step in steps] == ["EMBEDDING_LOOKUP"]
    granularity = steps[0]["op_config"]["weight_tensor_config"]["granularity"]
    assert str(block) in str(granularity)


def test_sizes_that_nobody_has_are_refused() -> None:
    with pytest.raises(ValueError, match="bits must be 4, 8 or 16"):
        WeightRule(bits=3)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="block 0, 32 or 64, received 4 and 5"):
        WeightRule(bits=4, block=5)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="One scale for all rows or one for 32 weights"):
        WeightRule(bits=8, block=32, whole=True)


def test_one_scale_for_a_table_and_kernels_that_are_unpacked() -> None:
    (table,) = WeightRule(bits=8, of="table", whole=True).quantizer_steps()
    (kernels,) = WeightRule(bits=8, of="kernels", arithmetic="unpacked").quantizer_steps()
    shared = [step["op_config"]["weight_tensor_config"]["granularity"] for step in (table, kernels)]
    assert [str(item).rsplit(".")[-1] for item in shared] == ["TENSORWISE", "CHANNELWISE"]
    assert [step["op_config"]["explicit_dequantize"] for step in (table, kernels)] == [False, True]
