"""Layers are narrowed by what it does to the answers."""

from __future__ import annotations

import dataclasses

import pytest

from export.answer_probe import AnswerProbe, text_rows
from export.build import build
from export.errors import ExportError
from export.graph_inspection import weight_types
from export.kernel_rounding import KernelRounder
from export.layer_choice import choose_layers, narrowed_graph
from export.pack import bundle_metadata
from export.quantize import quantize
from export.recipes import RECIPES, Recipe
from export.serving_model import build_serving_graph
from export.tolerance_check import MIN_TEXTS

WORDS = ("the", "film", "cat", "is", "good", "bad", "very", "boring")
TEXTS = [" ".join(WORDS[(i * k) % 8] for k in range(1, 3 + i % 9)) for i in range(MIN_TEXTS)]


def mixed(cosine_mean: float) -> Recipe:
    """The mixed recipe with another bound for vectors."""
    recipe = RECIPES["dynamic_mixed_wi4_wi8"]
    bounds = {**recipe.tolerance, "embedding": {"cosine_mean": cosine_mean}}
    return dataclasses.replace(recipe, tolerance=bounds)


@pytest.fixture(scope="module")
def probe(wide, wide_graph: bytes) -> AnswerProbe:
    metadata = bundle_metadata(wide, build_serving_graph(wide), RECIPES["float32"])
    return AnswerProbe(wide_graph, metadata, wide.tokenizer, TEXTS)


@pytest.fixture(scope="module")
def rounder(wide, wide_graph: bytes) -> KernelRounder:
    return KernelRounder(wide_graph, text_rows(wide.tokenizer, TEXTS, max_length=20), block=32)


def test_the_float_graph_answers_as_itself(wide_graph: bytes, probe: AnswerProbe) -> None:
    measured = probe.measure(quantize(wide_graph, RECIPES["float32"]))
    assert measured["cosine_min"] == pytest.approx(1.0, abs=1e-6)
    assert probe.measure(quantize(wide_graph, RECIPES["dynamic_wi8_afp32"]))["cosine_min"] < 1.0


def test_the_bound_decides_how_many(
    wide_graph: bytes, probe: AnswerProbe, rounder: KernelRounder
) -> None:
    unnarrowed = quantize(wide_graph, dataclasses.replace(mixed(0.0), narrower=None))
    just_met = probe.measure(unnarrowed)["cosine_mean"]
    counts = []
    for bound in (0.0, just_met):
        seen: list[tuple[int, int]] = []
        chosen = choose_layers(
            wide_graph,
            mixed(bound),
            probe,
            rounder,
            progress=lambda done, total: seen.append((done, total)),  # noqa: B023
        )
        assert seen == [(n, 8) for n in range(1, 9)]
        kernels = weight_types(narrowed_graph(wide_graph, mixed(bound), chosen, rounder))["kernels"]
        assert kernels.count("INT4") == len(chosen)
        counts.append(kernels.count("INT4"))
    assert counts == [8, 0]


def test_a_bound_that_is_broken_beforehand_is_refused(
    wide_graph: bytes, probe: AnswerProbe, rounder: KernelRounder
) -> None:
    unnarrowed = quantize(wide_graph, dataclasses.replace(mixed(0.0), narrower=None))
    value = probe.measure(unnarrowed)["cosine_mean"]
    with pytest.raises(ExportError) as refused:
        choose_layers(wide_graph, mixed(1.0), probe, rounder)
    for part in ("dynamic_mixed_wi4_wi8", f"cosine_mean is {value:.6f}, must be >= 1.0",
                 "on 100 given texts", "bert-export recipes"):  # fmt: skip
        assert part in str(refused.value)
    assert choose_layers(wide_graph, mixed(1.0), probe, rounder, enforce_tolerance=False) == ()


def test_the_report_says_how_many_were_narrowed(
    wide, wide_graph: bytes, probe: AnswerProbe
) -> None:
    unnarrowed = quantize(wide_graph, dataclasses.replace(mixed(0.0), narrower=None))
    just_met = probe.measure(unnarrowed)["cosine_mean"]
    for bound, count in ((0.0, 8), (just_met, 0)):
        _, report = build(wide, mixed(bound), papers={}, texts=TEXTS)
        assert report.narrowed == count == report.graph.kernels.get("INT4", 0)
        assert report.tolerance.kind == "given"  # the choice read all of them


def test_between_all_and_none_the_least_harmful_are_taken(
    wide_graph: bytes, probe: AnswerProbe, rounder: KernelRounder
) -> None:
    def cosine(names: tuple[str, ...]) -> float:
        return probe.measure(narrowed_graph(wide_graph, mixed(0.0), names, rounder))["cosine_mean"]

    everything = choose_layers(wide_graph, mixed(0.0), probe, rounder)
    assert sorted(everything) == sorted(rounder.names) and len(set(rounder.names)) == 8
    middle = (cosine(everything) + cosine(())) / 2
    chosen = choose_layers(wide_graph, mixed(middle), probe, rounder)
    assert 0 < len(chosen) < 8
    assert cosine(chosen) >= middle


def test_too_few_texts_and_none_are_refused(wide) -> None:
    recipe = RECIPES["dynamic_mixed_wi4_wi8"]
    with pytest.raises(ValueError, match="At least 100 texts are needed, received 5"):
        build(wide, recipe, papers={}, texts=TEXTS[:5])
    with pytest.raises(ValueError, match="give some"):
        build(wide, recipe, papers={})
