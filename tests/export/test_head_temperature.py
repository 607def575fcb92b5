"""Logits divided inside a finished graph."""

from __future__ import annotations

import numpy as np
import pytest

from export.build import build
from export.bundle_calibration import sharpen
from export.errors import ExportError
from export.head_temperature import divide_logits
from export.recipes import RECIPES
from export.runtime.bundle import read_bundle
from export.runtime.graph_runner import GraphRunner

ROWS = np.array([[2, 7, 9, 5, 3], [2, 11, 6, 8, 3], [2, 5, 5, 12, 3]], np.int32)
# float16 rounds the divided weights anew; the others keep their integers, or float32
CLOSE = {"float32": 1e-6, "float16": 2e-3, "dynamic_wi8_afp32": 1e-6, "legacy": 1e-6}


@pytest.fixture(scope="module")
def built(classifier, some_texts: list[str]):
    """A function that builds a recipe of the tiny classifier."""

    def get(recipe: str):
        options = {"texts": some_texts} if RECIPES[recipe].calibrated else {}
        content, _ = build(
            classifier, RECIPES[recipe], papers={}, enforce_tolerance=False, **options
        )
        return read_bundle(content)

    return get


@pytest.mark.parametrize("recipe", sorted(CLOSE))
@pytest.mark.parametrize("temperature", [0.5, 1.7])
def test_probabilities_are_those_of_divided_logits(built, recipe: str, temperature: float) -> None:
    bundle = built(recipe)
    before = GraphRunner(bundle.graph, bundle.metadata).run(ROWS)
    divided = divide_logits(bundle.graph, temperature)
    after = GraphRunner(divided, bundle.metadata).run(ROWS)
    assert np.abs(after - before).max() > 0.01
    np.testing.assert_allclose(after, sharpen(before, temperature), atol=CLOSE[recipe], rtol=0)


def test_a_head_of_fixed_scales_is_refused(built) -> None:
    with pytest.raises(ExportError, match=r"does not end in a dense layer.*bert-tf calibrate"):
        divide_logits(built("static_wi8_ai8").graph, 2.0)


def test_a_graph_without_a_softmax_at_its_end_is_refused(embedder_bundle: bytes) -> None:
    with pytest.raises(ExportError, match="does not end in a dense layer and a softmax"):
        divide_logits(read_bundle(embedder_bundle).graph, 2.0)
