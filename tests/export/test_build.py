"""The whole way from a model to a bundle."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import export.build
from bert_tf.text.tokenizer import BertTokenizer
from export.build import build, build_from_folder
from export.errors import ExportError
from export.recipes import RECIPES
from export.runtime.bundle import read_bundle
from export.runtime.engine import Engine

INT8 = RECIPES["dynamic_wi8_afp32"]


def test_the_same_model_gives_the_same_bytes(classifier_folder: Path, tmp_path: Path) -> None:
    """Also in another process, where every counter starts anew."""
    first, _ = build_from_folder(classifier_folder, INT8)
    output = tmp_path / "again.tflite"
    command = [sys.executable, "-m", "export", "build", classifier_folder, "--output", output]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    assert output.read_bytes() == first


def test_three_invented_classes(classifier, classifier_folder: Path, some_texts: list[str]) -> None:
    content, report = build_from_folder(classifier_folder, INT8)
    bundle = read_bundle(content)
    assert bundle.metadata.labels == ("rotten", "so-so", "fresh")
    assert bundle.files["labels.txt"] == b"rotten\nso-so\nfresh\n"
    assert bundle.model_card == "# Ripeness\n"
    assert report.size == len(content) and report.graph.partitions == 1
    assert report.float_difference < 1e-5
    texts = some_texts[:50]
    with Engine(bundle, num_threads=1, num_workers=1) as engine:
        found = engine.classify(texts)
    expected = classifier.predict_proba(texts)
    scores = np.array([list(verdict.scores.values()) for verdict in found])
    assert np.abs(scores - expected).mean() < 0.02
    assert np.mean([v.label == ("rotten", "so-so", "fresh")[e.argmax()]
                    for v, e in zip(found, expected, strict=True)]) > 0.9  # fmt: skip


def test_bert_base_shape_and_a_cased_vocabulary(make_model, tiny_vocabulary: list[str]) -> None:
    """12 layers of 768 with 12 heads and a cased tokenizer go the same way."""
    vocabulary = [*tiny_vocabulary, "The", "Cat", "É", "##é"]
    tokenizer = BertTokenizer(vocabulary, lowercase=False)
    model = make_model(tokenizer=tokenizer, hidden_dim=768, num_layers=12, num_heads=12,
                       intermediate_dim=3072, max_sequence_length=512)  # fmt: skip
    for weight in model.weights:  # as large as in a trained model
        if "gamma" not in weight.path:
            weight.assign(weight * 0.1)
    content, report = build(model, INT8, papers={})
    bundle = read_bundle(content)
    assert bundle.metadata.tokenizer.lowercase is False
    assert report.graph.operators["FULLY_CONNECTED"] == 48 and report.graph.partitions == 1
    assert report.float_difference < 1e-5
    assert 85_000_000 < report.size < 90_000_000
    with Engine(bundle, num_threads=2, num_workers=1) as engine:
        found = engine.embed(["The Cat sat", "the cat sat", "É é fell"]).vectors
    expected = model.encode(["The Cat sat", "the cat sat", "É é fell"])
    assert (found * expected).sum(1).min() > 0.98
    assert np.abs(found[0] - found[1]).max() > 1e-3  # case matters


def test_a_graph_that_differs_from_keras_is_refused(
    embedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = export.build.float_outputs
    monkeypatch.setattr(export.build, "float_outputs", lambda *a: real(*a) + np.float32(0.01))
    with pytest.raises(ExportError, match=r"differs from the Keras model by 1\.0"):
        build(embedder, RECIPES["float32"], papers={})


@pytest.mark.parametrize(("kind", "labels"), [("multi_label", ("a", "b")), ("regression", ())])
def test_a_kind_that_bundles_do_not_know_is_refused(make_model, kind: str, labels) -> None:
    with pytest.raises(ExportError, match=f"of kind '{kind}' cannot become a bundle"):
        build(make_model(kind, labels=labels), INT8, papers={})
