"""What holds of every recipe's graph: no company, no padding and no kernels change an answer."""

from __future__ import annotations

import numpy as np
import pytest
from ai_edge_litert.interpreter import Interpreter, OpResolverType
from numpy.typing import NDArray

from export.build import build
from export.graph_inspection import GraphFacts
from export.recipes import RECIPES
from export.runtime.bundle import Bundle, read_bundle
from export.runtime.graph_runner import GraphRunner

Rows = NDArray[np.int32]
LENGTHS = (3, 4, 7, 12, 20)  # tokens of a row; 20 are the most that the tiny models take
LARGEST_BY_PADDING = 2e-6  # sums of zeros, in another order
BLOCKWISE_KERNELS = "dynamic_mixed_wi4_wi8"  # which the reference kernels of LiteRT get wrong

each_recipe = pytest.mark.parametrize("recipe", sorted(RECIPES))
each_kind = pytest.mark.parametrize("kind", ["embedding", "classification"])


@pytest.fixture(scope="module")
def built(make_model, some_texts: list[str]):
    """A function that builds a recipe of either kind of model, once: the bundle and its facts."""
    models = {  # 64: blocks of 32 weights fit
        "embedding": make_model(intermediate_dim=64),
        "classification": make_model(
            "classification", labels=("no", "perhaps", "yes"), intermediate_dim=64
        ),
    }
    done: dict[tuple[str, str], tuple[Bundle, GraphFacts]] = {}

    def get(kind: str, recipe: str) -> tuple[Bundle, GraphFacts]:
        if (kind, recipe) not in done:
            content, report = build(
                models[kind], RECIPES[recipe], papers={}, texts=some_texts, enforce_tolerance=False
            )
            done[kind, recipe] = (read_bundle(content), report.graph)
        return done[kind, recipe]

    return get


def some_rows(bundle: Bundle, length: int, *, count: int = 6) -> Rows:
    """Random rows of ids (count, length), [CLS] and [SEP] at the ends."""
    last = bundle.metadata.config.vocabulary_size
    rows = np.random.default_rng(length).integers(5, last, (count, length)).astype(np.int32)
    rows[:, 0], rows[:, -1] = 2, 3
    return rows


def runner_of(bundle: Bundle) -> GraphRunner:
    return GraphRunner(bundle.graph, bundle.metadata)


@each_kind
@each_recipe
def test_a_row_has_the_same_bits_alone_and_in_company(built, kind: str, recipe: str) -> None:
    bundle, _ = built(kind, recipe)
    runner = runner_of(bundle)
    for length in LENGTHS:
        rows = some_rows(bundle, length)
        together = runner.run(rows)
        alone = np.concatenate([runner.run(row[None]) for row in rows])
        assert np.array_equal(alone, together), length
        assert np.ptp(together, axis=0).max() > 1e-3  # the rows do differ


@each_kind
@each_recipe
def test_padding_changes_nothing(built, kind: str, recipe: str) -> None:
    bundle, _ = built(kind, recipe)
    runner = runner_of(bundle)
    longest = max(LENGTHS)
    for length in LENGTHS:
        rows = some_rows(bundle, length)
        padded = np.zeros((len(rows), longest), np.int32)
        padded[:, :length] = rows
        mask = (np.arange(longest) < length).astype(np.int32)[None].repeat(len(rows), 0)
        found = runner.run(padded, mask)
        np.testing.assert_allclose(found, runner.run(rows), atol=LARGEST_BY_PADDING, rtol=0)
        if length < longest:  # the mask is what does it
            assert np.abs(runner.run(padded) - found).max() > 1e-3


@each_kind
@pytest.mark.parametrize("recipe", sorted({*RECIPES} - {BLOCKWISE_KERNELS}))
def test_the_delegate_and_the_reference_kernels_agree(built, kind: str, recipe: str) -> None:
    """As far as golden examples ask: reference kernels round activations in another way."""
    bundle, _ = built(kind, recipe)
    assert difference_by_kernels(bundle) <= bundle.golden.tolerance


def test_golden_examples_tell_kernels_that_cannot_read_blocks(built) -> None:
    """LiteRT's reference kernels read int4 in blocks as if a row had one scale.

    A runtime that computes so must be found out; the day it no longer does, this test says so.
    """
    bundle, facts = built("embedding", BLOCKWISE_KERNELS)
    assert facts.kernels["INT4"] > 0
    assert difference_by_kernels(bundle) > 3 * bundle.golden.tolerance


@each_kind
@each_recipe
def test_the_graph_is_lean_in_every_recipe(built, kind: str, recipe: str) -> None:
    """Four fully connected and two batched products a layer, one delegate piece."""
    bundle, facts = built(kind, recipe)
    layers = bundle.metadata.config.num_layers
    head = kind == "classification"
    assert facts.operators["FULLY_CONNECTED"] == 4 * layers + head
    assert facts.operators["BATCH_MATMUL"] == 2 * layers + 1  # mean pooling
    assert facts.operators["EMBEDDING_LOOKUP"] == 1
    if RECIPES[recipe].calibrated:  # XNNPACK leaves some 16-bit operators; an NPU has its own plan
        assert facts.operators["SOFTMAX"] == layers + head
    else:
        assert facts.partitions == 1


def difference_by_kernels(bundle: Bundle) -> float:
    """The largest difference between XNNPACK's and the reference kernels' answers."""
    runner = runner_of(bundle)
    return max(
        float(np.abs(runner.run(rows) - reference_answers(bundle, rows)).max())
        for rows in (some_rows(bundle, length) for length in LENGTHS)
    )


def reference_answers(bundle: Bundle, rows: Rows) -> NDArray[np.float32]:
    """The answers (B, D) of LiteRT's plain kernels, without any delegate."""
    interpreter = Interpreter(
        model_content=bundle.graph, experimental_op_resolver_type=OpResolverType.BUILTIN_REF
    )
    details = interpreter.get_input_details()
    for detail in details:
        interpreter.resize_tensor_input(detail["index"], rows.shape)
    interpreter.allocate_tensors()
    for detail in details:
        is_mask = "padding_mask" in detail["name"]
        interpreter.set_tensor(detail["index"], np.ones_like(rows) if is_mask else rows)
    interpreter.invoke()
    answers: NDArray[np.float32] = interpreter.get_tensor(
        interpreter.get_output_details()[0]["index"]
    )
    return answers
