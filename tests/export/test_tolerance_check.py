"""A build beyond its recipe's tolerance fails, and says by how much and on what."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from export.build import build
from export.errors import ExportError
from export.recipes import RECIPES, Recipe
from export.runtime.bundle import read_bundle
from export.runtime.golden import Golden, GoldenExample
from export.tolerance_check import check_on_golden
from export.verify import verify

TABLE4 = RECIPES["dynamic_wi8_embedding_wi4"]  # too coarse for random weights
INT8 = RECIPES["dynamic_wi8_afp32"]


def with_bounds(recipe: Recipe, **bounds: float) -> Recipe:
    """The recipe with another tolerance for vectors."""
    tolerance = {**recipe.tolerance, "embedding": bounds}
    return dataclasses.replace(recipe, tolerance=tolerance)


def test_a_build_beyond_its_tolerance_fails(embedder, some_texts: list[str]) -> None:
    cases = (
        (None, r"on the 9 golden texts", r"real texts \(--data\)"),
        (some_texts, r"on 500 given texts that chose nothing", r"other texts \(--data\)"),
    )
    for texts, where, what in cases:
        said = rf"{TABLE4.name} moves .*cosine_min is 0\.9\d+, must be >= 0\.97 .{where}.*{what}"
        with pytest.raises(ExportError, match=said):
            build(embedder, TABLE4, papers={}, texts=texts)


def test_it_is_only_reported_where_asked(embedder, some_texts: list[str]) -> None:
    content, report = build(embedder, TABLE4, papers={}, texts=some_texts, enforce_tolerance=False)
    check = report.tolerance
    assert (check.kind, check.texts, check.passed) == ("unread", 500, False)
    assert check.bounds == TABLE4.tolerance["embedding"]
    found = verify(read_bundle(content), embedder, some_texts)
    assert not found.passed
    for measure in ("cosine_mean", "cosine_min"):  # of 500 of the same 600 texts
        assert check.measured[measure] == pytest.approx(found.measured[measure], abs=0.02)


def test_a_build_within_its_tolerance_says_so(embedder, some_texts: list[str]) -> None:
    _, report = build(embedder, INT8, papers={}, texts=some_texts[:150])
    assert report.tolerance.passed and report.tolerance.texts == 150
    _, report = build(embedder, INT8, papers={})
    assert report.tolerance.passed and report.tolerance.kind == "golden"


def test_texts_that_fixed_the_scales_do_not_judge(embedder, some_texts: list[str]) -> None:
    static = RECIPES["static_wi8_ai8"]
    distinct = list(dict.fromkeys(some_texts))
    kinds = {}
    for count in (250, 500):  # 200 are read
        _, report = build(
            embedder, static, papers={}, texts=distinct[:count], enforce_tolerance=False
        )
        kinds[count] = (report.tolerance.kind, report.tolerance.texts)
    assert kinds == {250: ("given", 250), 500: ("unread", 300)}


def golden_of(cosines: list[float]) -> Golden:
    """Examples whose two answers, unit vectors of two values, have these cosines."""
    examples = tuple(
        GoldenExample(text="a", token_ids=(2, 3), output=(c, float(np.sqrt(1 - c * c))),
                      float_output=(1.0, 0.0))
        for c in cosines
    )  # fmt: skip
    return Golden(tolerance=0.03, examples=examples)


def test_few_texts_are_judged_by_what_few_can_carry(embedder_bundle: bytes) -> None:
    recipe = with_bounds(INT8, **{"cosine_mean": 0.99, "cosine_p0.1": 0.99, "cosine_min": 0.9})
    metadata = read_bundle(embedder_bundle).metadata
    record = dataclasses.replace(metadata.recipe, tolerance=recipe.tolerance_of("embedding"))
    metadata = dataclasses.replace(metadata, recipe=record)
    loose = check_on_golden(golden_of([1.0] * 8 + [0.91]), metadata)
    assert loose.passed and loose.bounds == {"cosine_mean": 0.98, "cosine_min": 0.9}
    assert (
        check_on_golden(golden_of([1.0] * 8 + [0.89]), metadata)
        .violations[0]
        .startswith("cosine_min is 0.89")
    )
    assert check_on_golden(golden_of([0.97] * 9), metadata).violations == (
        "cosine_mean is 0.970000, must be >= 0.98",
    )


def test_one_label_of_few_may_differ(classifier) -> None:
    def judged(labels: list[int]) -> tuple[str, ...]:
        examples = tuple(
            GoldenExample(text="a", token_ids=(2, 3), output=tuple(np.eye(3)[label] * 0.02 + 0.32),
                          float_output=(0.34, 0.32, 0.32))
            for label in labels
        )  # fmt: skip
        return check_on_golden(Golden(tolerance=0.1, examples=examples), metadata).violations

    content, _ = build(classifier, INT8, papers={})
    metadata = read_bundle(content).metadata
    assert judged([0] * 8 + [1]) == ()
    (broken,) = judged([0] * 7 + [1, 2])
    assert broken.startswith("equal_labels is 0.777778")
