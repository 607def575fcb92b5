"""JSON lines and arrays hold exactly what the Engine gave."""

import io
import json

import numpy as np

from export.runtime.explanation import Explanation, WordInfluence
from export.runtime.output_lines import (
    NpyWriter,
    classification_lines,
    embedding_lines,
    explanation_lines,
    near_lines,
)
from export.runtime.results import Classification, Embeddings
from export.runtime.similarity import NearLine


def test_vectors_in_json_are_the_same_float32():
    random = np.random.default_rng(5)
    vectors = (random.normal(size=(50, 7)) * 10.0 ** random.integers(-30, 3, (50, 7))).astype("f4")
    answer = Embeddings(
        vectors=vectors, tokens=np.arange(50, dtype=np.int32), truncated=np.arange(50) % 2 == 0
    )
    rows = [json.loads(line) for line in embedding_lines(answer, first=3).splitlines()]
    np.testing.assert_array_equal(np.array([row["vector"] for row in rows], np.float32), vectors)
    assert [row["index"] for row in rows] == list(range(3, 53))
    assert (rows[1]["tokens"], rows[1]["truncated"]) == (1, False)


def test_an_array_grows_in_parts():
    stream = io.BytesIO()
    writer = NpyWriter(stream, dim=3)
    parts = [np.ones((2, 3), np.float32), np.zeros((0, 3), np.float32), np.eye(3, dtype="f4")]
    for part in parts:
        writer.write(part)
    writer.finish()
    stream.seek(0)
    array = np.load(stream)
    np.testing.assert_array_equal(array, np.concatenate(parts))
    assert array.dtype == np.float32


def test_an_array_of_no_rows():
    stream = io.BytesIO()
    NpyWriter(stream, dim=384).finish()
    stream.seek(0)
    assert np.load(stream).shape == (0, 384)


def test_labels_of_any_script_and_no_valence():
    verdict = Classification(
        label='好"', scores={'好"': 0.75, "坏": 0.25}, valence=None, tokens=2, truncated=True
    )
    content = classification_lines([verdict], first=0)
    assert "好".encode() in content
    assert json.loads(content) == {
        "index": 0,
        "label": '好"',
        "scores": {'好"': 0.75, "坏": 0.25},
        "valence": None,
        "tokens": 2,
        "truncated": True,
    }


def test_words_keep_their_influences_and_nothing_is_minus_zero():
    verdict = Classification(
        label="好", scores={"好": 0.75, "坏": 0.25}, valence=0.5, tokens=1, truncated=False
    )
    word = WordInfluence(
        text="很", start=3, end=4, influence=-1e-9, valence_influence=0.12345678, truncated=False
    )
    mute = WordInfluence(
        text='"', start=4, end=5, influence=0.0, valence_influence=None, truncated=True
    )
    explanation = Explanation(verdict=verdict, words=(word, mute))
    content = explanation_lines([explanation], first=4)
    row = json.loads(content)
    assert (row["index"], row["label"], row["valence"]) == (4, "好", 0.5)
    assert b"-0.0" not in content
    assert row["words"] == [
        {
            "text": "很",
            "start": 3,
            "end": 4,
            "influence": 0.0,
            "valence_influence": 0.123457,
            "truncated": False,
        },
        {
            "text": '"',
            "start": 4,
            "end": 5,
            "influence": 0.0,
            "valence_influence": None,
            "truncated": True,
        },
    ]


def test_near_lines_are_ranked_from_one():
    found = [
        NearLine(similarity=1.0, index=7, text="好\u2028"),
        NearLine(similarity=-1e-9, index=2, text="b"),
    ]
    lines = near_lines("问", found).decode().split("\n")
    assert [json.loads(line) for line in lines[:2]] == [
        {"query": "问", "rank": 1, "index": 7, "similarity": 1.0, "text": "好\u2028"},
        {"query": "问", "rank": 2, "index": 2, "similarity": 0.0, "text": "b"},
    ]
    assert lines[2:] == [""]
