"""Rounded kernels inside a quantized graph."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from export import kernel_rounding
from export.answer_probe import text_rows
from export.convert import convert
from export.errors import ExportError
from export.flatbuffer import read_model, write_model
from export.kernel_rounding import KernelRounder, float_kernels, kernel_moments, replace_kernels
from export.pack import bundle_metadata
from export.quantize import quantize
from export.recipes import RECIPES, Recipe
from export.runtime.graph_runner import GraphRunner
from export.serving_model import build_serving_graph
from export.weight_rule import WeightRule

ROWS = np.array([[2, 7, 9, 5, 3], [2, 11, 6, 8, 3], [2, 5, 5, 12, 3]], np.int32)


def narrow(block: int) -> Recipe:
    """Every kernel in four bits, nothing else changed."""
    rule = WeightRule(bits=4, of="kernels", block=block, arithmetic="dynamic")
    return dataclasses.replace(RECIPES["float32"], name="narrow", rules=(rule,))


@pytest.fixture(scope="module")
def rows(wide, some_texts: list[str]) -> list[np.ndarray]:
    return text_rows(wide.tokenizer, some_texts[:100], max_length=20)


def test_moments_are_of_what_the_kernels_read(wide_graph: bytes, rows: list[np.ndarray]) -> None:
    kernels, moments = float_kernels(wide_graph), kernel_moments(wide_graph, rows)
    assert list(kernels) == list(moments) and len(kernels) == 8
    tokens = sum(row.size for row in rows)
    for name, kernel in kernels.items():
        moment = moments[name]
        assert moment.shape == (kernel.shape[1],) * 2
        np.testing.assert_allclose(moment, moment.T)
        assert np.linalg.eigvalsh(moment).min() > -1e-3 * moment.max()
    first = moments[next(iter(moments))]  # reads a LayerNorm: no larger than gamma and beta allow
    assert np.trace(first) / tokens == pytest.approx(32, rel=0.5)


@pytest.mark.parametrize("block", [32, 0])
def test_the_graph_answers_as_if_the_rounded_weights_were_float(
    wide, wide_graph: bytes, rows: list[np.ndarray], block: int
) -> None:
    rounder = KernelRounder(wide_graph, rows, block=block)
    quantized = rounder.put_into(quantize(wide_graph, narrow(block)), rounder.names)
    expected = read_model(wide_graph)
    tensors = expected.subgraphs[0].tensors
    kernels = float_kernels(wide_graph)
    for operator in expected.subgraphs[0].operators:
        name = tensors[operator.outputs[0]].name.decode()
        if name in kernels:
            buffer = expected.buffers[tensors[operator.inputs[1]].buffer]
            buffer.data = rounder.rounded(name).weights().reshape(-1).view(np.uint8)
    metadata = bundle_metadata(wide, build_serving_graph(wide), RECIPES["float32"])
    found = GraphRunner(quantized, metadata).run(ROWS)
    wanted = GraphRunner(write_model(expected), metadata).run(ROWS)
    plain = GraphRunner(quantize(wide_graph, narrow(block)), metadata).run(ROWS)
    # activations of eight bits are all that is left between them
    assert np.abs(found - wanted).max() < 0.02 < np.abs(plain - wanted).max()


def test_a_head_is_left_out(make_model, some_texts: list[str]) -> None:
    model = make_model("classification", labels=("a", "b", "c"), intermediate_dim=64)
    graph = convert(build_serving_graph(model).function)
    rows = text_rows(model.tokenizer, some_texts[:10], max_length=20)
    kernels = float_kernels(graph)
    assert list(KernelRounder(graph, rows, block=32).names) == list(kernels)[:-1]
    assert list(kernels.values())[-1].shape == (3, 32)


def test_other_formats_and_other_names_are_refused(
    wide_graph: bytes, rows: list[np.ndarray]
) -> None:
    rounder = KernelRounder(wide_graph, rows, block=32)
    for other in (narrow(0), RECIPES["dynamic_wi8_afp32"]):
        with pytest.raises(ExportError, match="stored in another format"):
            rounder.put_into(quantize(wide_graph, other), rounder.names[:1])
    kernel = rounder.rounded(rounder.names[0])
    with pytest.raises(ExportError, match="has no kernel nowhere"):
        replace_kernels(quantize(wide_graph, narrow(32)), {"nowhere": kernel})


def test_long_texts_are_run_in_parts(
    wide_graph: bytes, rows: list[np.ndarray], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else a thousand long texts would have all their activations in memory together."""
    whole = kernel_moments(wide_graph, rows)
    monkeypatch.setattr("export.kernel_rounding._TOKENS_AT_ONCE", 30)
    batches = list(kernel_rounding._same_length(rows))
    assert max(batch.size for batch in batches) <= 30 and sum(map(len, batches)) == len(rows)
    for name, moments in kernel_moments(wide_graph, rows).items():
        np.testing.assert_allclose(moments, whole[name], rtol=1e-4, atol=1e-2)
