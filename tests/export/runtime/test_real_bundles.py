"""The runtime on bundles that the project's own export made: quantized, random weights."""

from pathlib import Path

import numpy as np
import pytest

from export.runtime.bundle import read_bundle
from export.runtime.engine import Engine
from export.runtime.graph_runner import GraphRunner
from export.runtime.selftest import selftest
from export.runtime.worker import Worker

WORDS = ["good", "bad", "fair", "film", "the", "a", "not", "very", "plot", "cast", "and", "but"]


def sentences(count: int, *, longest: int = 40) -> list[str]:
    random = np.random.default_rng(3)
    return [" ".join(random.choice(WORDS, random.integers(1, longest))) for _ in range(count)]


@pytest.fixture(scope="module")
def folder(real_bundles) -> Path:
    return real_bundles


@pytest.fixture(scope="module")
def embedder(folder) -> Path:
    return folder / "real-embedder.tflite"


def test_the_same_bits_alone_together_and_on_any_number_of_threads(embedder):
    texts = sentences(150)
    with Engine.open(embedder, num_threads=1, num_workers=1) as engine:
        alone = np.concatenate([engine.embed([text]).vectors for text in texts])
        np.testing.assert_array_equal(engine.embed(texts).vectors, alone)
    for num_threads, num_workers, tokens in [(2, 1, 256), (3, 3, 64), (1, 2, 1024)]:
        with Engine.open(
            embedder, num_threads=num_threads, num_workers=num_workers, tokens_per_batch=tokens
        ) as engine:
            np.testing.assert_array_equal(engine.embed(texts).vectors, alone)
            for text, vector in zip(texts[:40], alone, strict=False):  # one thread, then several
                np.testing.assert_array_equal(engine.embed([text]).vectors[0], vector)


def test_padding_moves_a_vector_by_rounding_only(embedder):
    bundle = read_bundle(embedder)
    runner = GraphRunner(bundle.content, bundle.metadata)
    texts = sentences(200)
    ids = bundle.tokenizer.token_ids(texts)
    with Engine(bundle) as engine:
        exact = engine.embed(texts).vectors
    padded = bundle.tokenizer.assemble(ids, max_length=96, pad_to=80)
    moved = runner.run(padded.token_ids, padded.padding_mask)
    distance = 1 - np.sum(exact.astype(float) * moved.astype(float), axis=1)
    assert distance.max() <= 1e-3
    assert np.quantile(distance, 0.9) <= 1e-6


def test_vectors_have_length_one_and_long_texts_are_cut(embedder):
    with Engine.open(embedder) as engine:
        answer = engine.embed(["good film", "good " * 10_000, "good " * 94, ""])
    norms = np.linalg.norm(answer.vectors, axis=1)
    assert norms == pytest.approx([1, 1, 1, 0], abs=1e-6)
    np.testing.assert_array_equal(answer.vectors[1], answer.vectors[2])
    assert answer.truncated.tolist() == [False, True, False, False]
    assert answer.tokens.tolist() == [2, 10_000, 94, 0]


@pytest.mark.parametrize("name", ["real-embedder", "real-classifier"])
def test_golden_examples_hold_here(folder, name):
    with Engine.open(folder / f"{name}.tflite") as engine:
        report = selftest(engine)
    assert report.passed
    assert report.examples >= 5
    assert 0 < report.largest_float_difference < 0.1  # it is quantized, and close


def test_a_worker_switches_between_them(folder, embedder):
    texts = [*sentences(20), ""]
    with Worker(embedder) as worker, Engine.open(embedder) as engine:
        answer = worker.submit("embed", texts).result(30)
        np.testing.assert_array_equal(answer.vectors, engine.embed(texts).vectors)
        metadata = worker.open(folder / "real-classifier.tflite").result(30)
        assert metadata.labels == ("left", "middle", "right")
        verdicts = worker.submit("classify", texts).result(30)
    with Engine.open(folder / "real-classifier.tflite") as engine:
        assert verdicts == engine.classify(texts)


def test_one_changed_byte_of_the_weights_is_refused(embedder):
    content = bytearray(embedder.read_bytes())
    content[len(content) // 3] ^= 1
    with pytest.raises(ValueError, match="The network has sha256"):
        read_bundle(bytes(content))
