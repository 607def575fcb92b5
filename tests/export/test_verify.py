"""Comparing a bundle with its float model."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from export.runtime.bundle import Bundle, read_bundle
from export.verify import compare_probabilities, compare_vectors, verify


def with_tolerance(bundle: Bundle, **tolerance: float) -> Bundle:
    recipe = dataclasses.replace(bundle.metadata.recipe, tolerance=tolerance)
    return dataclasses.replace(bundle, metadata=dataclasses.replace(bundle.metadata, recipe=recipe))


def test_cosines_by_hand() -> None:
    expected = np.array([[1, 0], [0, 2], [3, 4]], np.float32)
    found = np.array([[2, 0], [1, 0], [3, 4]], np.float32)
    measured = compare_vectors(expected, found)
    assert measured["cosine_mean"] == pytest.approx(2 / 3)
    assert measured["cosine_min"] == pytest.approx(0)


def test_probabilities_by_hand() -> None:
    expected = np.array([[0.6, 0.4], [0.1, 0.9], [0.2, 0.8]], np.float32)
    found = np.array([[0.4, 0.6], [0.1, 0.9], [0.2, 0.8]], np.float32)
    measured = compare_probabilities(expected, found, (-1.0, 1.0))
    assert measured["probability_difference_max"] == pytest.approx(0.2, abs=1e-6)
    assert measured["equal_labels"] == pytest.approx(2 / 3)
    assert measured["valence_difference_max"] == pytest.approx(0.4, abs=1e-6)
    assert 0.8 < measured["valence_correlation"] < 1
    assert "valence_correlation" not in compare_probabilities(expected, found, None)


def test_a_faithful_bundle_passes(embedder, embedder_bundle: bytes, some_texts) -> None:
    report = verify(read_bundle(embedder_bundle), embedder, some_texts)
    assert report.passed and report.texts == len(some_texts)
    assert report.measured["cosine_min"] > 0.99999


def test_beyond_the_tolerance_it_fails(embedder, embedder_bundle: bytes, some_texts) -> None:
    strict = with_tolerance(read_bundle(embedder_bundle), cosine_min=1.1)
    report = verify(strict, embedder, some_texts)
    assert not report.passed
    assert "cosine_min" in report.violations[0]


def test_too_few_texts_are_refused(embedder, embedder_bundle: bytes) -> None:
    with pytest.raises(ValueError, match="At least 500 texts"):
        verify(read_bundle(embedder_bundle), embedder, ["good"] * 499)


def test_another_model_is_refused(classifier, make_model, embedder_bundle: bytes) -> None:
    texts = ["good"] * 500
    with pytest.raises(ValueError, match="its task is 'embedding'"):
        verify(read_bundle(embedder_bundle), classifier, texts)
    with pytest.raises(ValueError, match="its config"):
        verify(read_bundle(embedder_bundle), make_model(num_layers=1), texts)
