"""Cosines are cosines, and the nearest lines are found whatever the chunks."""

import numpy as np
import pytest

from export.runtime.engine import Engine
from export.runtime.results import Embeddings
from export.runtime.similarity import NearestLines, cosine_similarity


def embeddings(vectors: np.ndarray) -> Embeddings:
    tokens = (np.abs(vectors).sum(1) > 0).astype(np.int32)
    return Embeddings(vectors=vectors, tokens=tokens, truncated=np.zeros(len(vectors), np.bool_))


def test_cosines_of_vectors_of_any_length():
    random = np.random.default_rng(2)
    first = random.normal(size=(2_500, 6)).astype(np.float32) * random.uniform(0.1, 9, (2_500, 1))
    first, second = first.astype(np.float32), random.normal(size=(7, 6)).astype(np.float32)
    first[3] = second[2] = 0
    cosines = cosine_similarity(first, second)
    assert (cosines.shape, cosines.dtype) == (first.shape[:1] + second.shape[:1], np.float32)
    assert not cosines[3].any()
    assert not cosines[:, 2].any()
    row, column = 2_000, 5
    expected = first[row] @ second[column]
    expected /= np.linalg.norm(first[row]) * np.linalg.norm(second[column])
    assert cosines[row, column] == pytest.approx(expected, abs=1e-6)
    assert cosine_similarity(second, second).diagonal().tolist() == [1, 1, 0, 1, 1, 1, 1]
    assert cosine_similarity(first[:0], second).shape == (0, 7)


def test_texts_are_compared_by_their_vectors(embedder_path, classifier_path):
    first, second = ["good film", "", "AWFUL plot"], ["awful plot", "Good film", " ", "the cast"]
    with Engine.open(embedder_path) as engine:
        cosines = engine.similarity(first, second)
        expected = engine.embed(first).vectors @ engine.embed(second).vectors.T
        assert engine.similarity([], second).shape == (0, 4)
        assert engine.similarity(first, []).shape == (3, 0)
    np.testing.assert_allclose(cosines, expected, atol=1e-6)
    assert (cosines.shape, cosines.dtype) == ((3, 4), np.float32)
    assert (cosines[0, 1], cosines[2, 0]) == (1, 1)
    assert not cosines[1].any()
    assert not cosines[:, 2].any()
    with Engine.open(classifier_path) as engine, pytest.raises(ValueError, match="use `classify`"):
        engine.similarity(first, second)


@pytest.mark.parametrize("chunk", [1, 3, 50, 1_000])
@pytest.mark.parametrize("top", [1, 4, 300])
def test_the_nearest_lines_in_any_chunks(chunk, top):
    random = np.random.default_rng(8)
    lines = random.integers(-2, 3, (200, 3)).astype(np.float32)  # with many equal and zero ones
    queries = random.normal(size=(4, 3)).astype(np.float32)
    texts = [f"line {place}" for place in range(200)]
    nearest = NearestLines(embeddings(queries), top=top)
    for start in range(0, 200, chunk):
        part = slice(start, start + chunk)
        nearest.add(texts[part], embeddings(lines[part]), first=start)
    cosines = cosine_similarity(queries, lines)
    kept = np.flatnonzero(np.abs(lines).sum(1))
    for row, found in zip(cosines, nearest.nearest(), strict=True):
        order = sorted(kept.tolist(), key=lambda place: (-row[place], place))[:top]
        assert [near.index for near in found] == order
        assert [near.similarity for near in found] == row[order].tolist()
        assert [near.text for near in found] == [texts[place] for place in order]


def test_mistakes_are_told():
    queries = embeddings(np.asarray([[1, 0], [0, 0]], np.float32))
    with pytest.raises(ValueError, match="Query 2 of 2 is blank"):
        NearestLines(queries, top=3)
    with pytest.raises(ValueError, match="received 0"):
        NearestLines(embeddings(queries.vectors[:1]), top=0)
