"""The recipe `static_wi8_ai8`: scales fixed on texts, and a graph that the Engine runs."""

from __future__ import annotations

import numpy as np
import pytest
from ai_edge_litert import schema_py_generated as schema

from export.build import build
from export.calibration import calibrate
from export.flatbuffer import read_model
from export.mask_operators import mask_operators
from export.outlier_kernels import outlier_kernels, rule_outliers
from export.recipes import RECIPES
from export.runtime.bundle import read_bundle
from export.runtime.engine import Engine
from export.runtime.graph_runner import GraphRunner
from export.static_rule import StaticRule

STATIC = RECIPES["static_wi8_ai8"]


def test_a_tiny_model_is_calibrated_built_and_run(classifier, some_texts: list[str]) -> None:
    seen = []
    content, report = build(
        classifier,
        STATIC,
        papers={},
        texts=some_texts,
        progress=lambda done, total: seen.append((done, total)),
        enforce_tolerance=False,
    )
    assert seen == [(done, 200) for done in range(20, 201, 20)]
    assert report.graph.operators["QUANTIZE"] > 0 and report.graph.table == {"INT8": 1}
    texts = some_texts[300:400]
    with Engine(read_bundle(content), num_threads=1, num_workers=1) as engine:
        found = engine.outputs(texts).values
        alone = engine.outputs(texts[:1]).values
    expected = classifier.predict_proba(texts)
    assert np.abs(found - expected).mean() < 0.05
    assert np.array_equal(alone[0], found[0])  # fixed scales: company changes nothing


def test_the_matrix_work_is_integer_and_the_mask_is_not(embedder, some_texts: list[str]) -> None:
    """An additive mask of -1e9 leaves int8 no step for the scores: softmax stays float."""
    content, _ = build(embedder, STATIC, papers={}, texts=some_texts, enforce_tolerance=False)
    model = read_model(read_bundle(content).graph)
    tensors = model.subgraphs[0].tensors
    types: dict[int, list[int]] = {}
    for operator in model.subgraphs[0].operators:
        code = model.operatorCodes[operator.opcodeIndex].builtinCode
        types.setdefault(code, []).append(tensors[operator.outputs[0]].type)
    kinds, number = schema.BuiltinOperator, schema.TensorType
    assert types[kinds.FULLY_CONNECTED] == [number.INT8] * 3 + [number.INT16] + [
        number.INT8
    ] * 3 + [number.INT16]
    assert types[kinds.BATCH_MATMUL] == [number.INT8] * 4 + [number.FLOAT32]  # pooling by the mask
    assert set(types[kinds.GELU]) == {number.INT8}
    assert set(types[kinds.SOFTMAX]) == set(types[kinds.MEAN]) == {number.FLOAT32}
    output = tensors[model.subgraphs[0].outputs[0]]
    assert output.type == number.FLOAT32 and output.name == b"embedding"


def test_a_padded_token_is_not_attended_to(embedder, some_texts: list[str]) -> None:
    """Calibration sees no padding, so a mask in int8 would be cut to the zeros that it saw."""
    content, _ = build(embedder, STATIC, papers={}, texts=some_texts, enforce_tolerance=False)
    bundle = read_bundle(content)
    runner = GraphRunner(bundle.graph, bundle.metadata)
    batch = embedder.tokenizer.batch(some_texts[300:360], max_length=20)
    lengths = batch.padding_mask.sum(1)
    assert lengths.min() < 6 and lengths.max() == batch.padding_mask.shape[1]
    padded = runner.run(batch.token_ids, batch.padding_mask)
    for row, length in enumerate(lengths):
        alone = runner.run(batch.token_ids[row : row + 1, :length])[0]
        np.testing.assert_allclose(padded[row], alone, atol=2e-6, rtol=0)


def test_the_operators_on_the_mask_are_found_by_what_they_read(embedder_graph: bytes) -> None:
    names = mask_operators(embedder_graph)
    assert len(names) == len(set(names))
    subgraph = read_model(embedder_graph).subgraphs[0]
    codes = [code.builtinCode for code in read_model(embedder_graph).operatorCodes]
    kinds = [
        codes[operator.opcodeIndex]
        for operator in subgraph.operators
        if subgraph.tensors[operator.outputs[0]].name.decode() in names
    ]
    operator = schema.BuiltinOperator
    assert kinds.count(operator.BATCH_MATMUL) == 1  # mean pooling, not attention's products
    assert kinds.count(operator.CONCATENATION) == 1  # four heads, widened in one step
    assert operator.FULLY_CONNECTED not in kinds and operator.SOFTMAX not in kinds


def test_kernels_behind_a_gelu_are_found_by_what_they_read(embedder_graph: bytes) -> None:
    names = outlier_kernels(embedder_graph)
    assert len(names) == len(set(names)) == 2
    widened = rule_outliers(embedder_graph, STATIC)
    rule = widened.rules[-1]
    assert isinstance(rule, StaticRule) and rule.activation_bits == 16
    assert widened.after_gelu is None and widened.calibrated


def test_calibration_is_reproducible_and_wants_texts(
    embedder, embedder_graph: bytes, some_texts: list[str]
) -> None:
    def ranges() -> dict:
        return calibrate(embedder_graph, STATIC, embedder.tokenizer, some_texts[:120],
                         max_length=20)  # fmt: skip

    first, second = ranges(), ranges()
    assert first.keys() == second.keys() and len(first) > 30
    assert all(np.array_equal(first[name]["min"], second[name]["min"]) for name in first)
    with pytest.raises(ValueError, match="At least 100 texts are needed, received 99"):
        calibrate(embedder_graph, STATIC, embedder.tokenizer, some_texts[:99], max_length=20)
    with pytest.raises(ValueError, match=r"static_wi8_ai8 fixes the scales.*--data"):
        build(embedder, STATIC, papers={})
