"""The texts that travel with a bundle."""

from __future__ import annotations

import numpy as np

from export.golden_examples import float_outputs, golden_texts
from export.runtime.bundle import read_bundle


def test_texts_are_of_many_lengths_and_scripts() -> None:
    texts = golden_texts(256)
    assert len({len(text.split()) for text in texts}) >= 6
    assert len(texts[-1].split()) > 256
    assert any("\u4e00" <= character <= "\u9fff" for text in texts for character in text)
    assert any(ord(character) > 0xFFFF for text in texts for character in text)
    assert all(text.strip() for text in texts)


def test_a_bundle_carries_what_model_and_file_answer(embedder, embedder_bundle: bytes) -> None:
    golden = read_bundle(embedder_bundle).golden
    texts = [example.text for example in golden.examples]
    assert len(texts) == len(golden_texts(embedder.task.max_length))
    expected = float_outputs(embedder, texts)
    np.testing.assert_allclose([e.float_output for e in golden.examples], expected, atol=1e-6)
    np.testing.assert_allclose([e.output for e in golden.examples], expected, atol=1e-5)
    longest = max(len(example.token_ids) for example in golden.examples)
    assert longest == embedder.task.max_length


def test_float_outputs_of_a_classifier_are_probabilities(classifier) -> None:
    output = float_outputs(classifier, ["a good film", "awful"])
    np.testing.assert_allclose(output.sum(1), 1.0, atol=1e-6)
