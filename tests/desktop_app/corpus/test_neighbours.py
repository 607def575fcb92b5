import numpy as np
import pytest

from desktop_app.corpus.neighbours import VectorTable


def test_equals_a_plain_search():
    rng = np.random.default_rng(1)
    vectors = rng.normal(size=(700, 16)).astype(np.float32)
    table = VectorTable(16)
    for start in range(0, 700, 90):
        table.append(vectors[start : start + 90])
    question = rng.normal(size=16).astype(np.float32)
    unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    cosines = unit @ question / np.linalg.norm(question)
    found = table.nearest(question, 25)
    assert [near.index for near in found] == list(np.argsort(-cosines)[:25])
    np.testing.assert_allclose([n.similarity for n in found], np.sort(cosines)[::-1][:25], 1e-5)


def test_blank_texts_are_never_found_and_blank_questions_find_nothing():
    table = VectorTable(2)
    table.append(np.array([[0, 0], [1, 0]], np.float32))
    assert [near.index for near in table.nearest(np.array([1, 1], np.float32), 9)] == [1]
    assert table.nearest(np.zeros(2, np.float32), 9) == []


def test_equal_rows_keep_their_order_and_a_choice_limits():
    table = VectorTable(2)
    table.append(np.tile(np.array([[3, 4]], np.float32), (5, 1)))
    question = np.array([3, 4], np.float32)
    assert [near.index for near in table.nearest(question, 5)] == [0, 1, 2, 3, 4]
    among = np.array([3, 1])
    assert [near.index for near in table.nearest(question, 5, among=among)] == [1, 3]
    assert len(table.kept(among)) == 2


def test_rows_of_another_width_are_refused():
    with pytest.raises(ValueError, match="2 components"):
        VectorTable(2).append(np.zeros((1, 3), np.float32))
