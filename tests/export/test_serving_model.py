"""The device graph computes what Keras computes, in one delegate piece."""

from __future__ import annotations

import math

import numpy as np
import pytest

from bert_tf.models.model_folder import TextModel
from export.convert import convert
from export.flatbuffer import inline_buffers
from export.golden_examples import float_outputs
from export.graph_inspection import inspect_graph
from export.pack import bundle_metadata
from export.quantize import quantize
from export.recipes import RECIPES
from export.runtime.graph_runner import GraphRunner
from export.serving_model import build_serving_graph, head_factors

TEXTS = ["the cat sat on a dog", "good", "a very awful film , not fine at all ! was it ?"]


def run(model: TextModel, texts: list[str]) -> np.ndarray:
    """The float graph on one padded batch."""
    serving = build_serving_graph(model)
    graph = inline_buffers(convert(serving.function))
    runner = GraphRunner(graph, bundle_metadata(model, serving, RECIPES["float32"]))
    batch = model.tokenizer.batch(texts, max_length=model.task.max_length)
    return runner.run(batch.token_ids, batch.padding_mask)


@pytest.mark.parametrize("heads", [1, 2, 3, 4, 5, 7, 8, 10, 12, 16, 24])
def test_head_factors_multiply_to_the_number_of_heads(heads: int) -> None:
    assert math.prod(head_factors(heads)) == heads
    if heads not in (5, 7, 10):
        assert all(2 <= factor <= 4 for factor in head_factors(heads))


@pytest.mark.parametrize(
    ("kind", "options"),
    [
        ("embedding", {}),
        ("embedding", {"pooling": "cls", "normalize": False, "num_heads": 1}),
        ("embedding", {"activation": "gelu_tanh", "hidden_dim": 24, "num_heads": 12}),
        ("embedding", {"hidden_dim": 40, "num_heads": 5, "normalize": False}),
        ("classification", {"labels": ("no", "yes")}),
        ("classification", {"labels": ("a", "b", "c"), "pooling": "cls", "num_heads": 8}),
    ],
)
def test_equals_keras(make_model, kind: str, options: dict) -> None:
    model = make_model(kind, **options)
    found, expected = run(model, TEXTS), float_outputs(model, TEXTS)
    assert found.shape == expected.shape
    np.testing.assert_allclose(found, expected, atol=1e-5)


def test_probabilities_sum_to_one(classifier) -> None:
    np.testing.assert_allclose(run(classifier, TEXTS).sum(1), 1.0, atol=1e-6)


def test_one_graph_takes_any_batch_and_length(embedder, embedder_graph: bytes) -> None:
    serving = build_serving_graph(embedder)
    metadata = bundle_metadata(embedder, serving, RECIPES["float32"])
    runner = GraphRunner(inline_buffers(embedder_graph), metadata)
    for rows, length in [(1, 2), (5, 7), (1, 20), (3, 20), (64, 3)]:
        output = runner.run(np.full((rows, length), 9, np.int32))
        assert output.shape == (rows, 32)
        np.testing.assert_allclose(output, np.repeat(output[:1], rows, 0), atol=1e-6)


def test_a_text_longer_than_the_model_is_refused(embedder, embedder_graph: bytes) -> None:
    metadata = bundle_metadata(embedder, build_serving_graph(embedder), RECIPES["float32"])
    runner = GraphRunner(inline_buffers(embedder_graph), metadata)
    with pytest.raises((RuntimeError, ValueError)):
        runner.run(np.full((1, 21), 9, np.int32))


@pytest.mark.parametrize("recipe", ["float32", "dynamic_wi8_afp32"])
def test_the_graph_is_lean(embedder_graph: bytes, recipe: str) -> None:
    """Four FULLY_CONNECTED and two BATCH_MATMUL a layer, one lookup, one delegate piece."""
    facts = inspect_graph(quantize(embedder_graph, RECIPES[recipe]))
    layers = 2
    assert facts.operators["FULLY_CONNECTED"] == 4 * layers
    assert facts.operators["BATCH_MATMUL"] == 2 * layers + 1  # and one that pools
    assert facts.operators["GELU"] == facts.operators["SOFTMAX"] == layers
    assert facts.operators["EMBEDDING_LOOKUP"] == 1
    assert not facts.operators.keys() & {"GATHER", "PACK", "TRANSPOSE", "SELECT", "ONE_HOT"}
    assert facts.partitions == 1
