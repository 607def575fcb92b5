import numpy as np
import pytest

from benchmarks.chinese_embeddings import cosines_of_tf_idf, halves, retrieval


def test_a_text_is_cut_at_the_sentence_end_nearest_its_middle() -> None:
    first, second = halves(["好。这本书很好看！我喜欢。", "没有第二句", "一。二。"])
    assert first == ["好。这本书很好看！", "一。"]
    assert second == ["我喜欢。", "二。"]


def test_ranks_count_the_candidates_before_the_partner() -> None:
    cosines = np.asarray([[0.9, 0.1, 0.0], [0.8, 0.5, 0.1], [0.3, 0.2, 0.1]])
    found = retrieval("x", cosines)
    assert found.first == pytest.approx(1 / 3)
    assert found.reciprocal_rank == pytest.approx((1 + 1 / 2 + 1 / 3) / 3)


def test_halves_that_share_words_find_each_other() -> None:
    texts = ["酒店很好", "电池不行", "书不错的", "电池很快", "酒店很远", "书很好看"]
    cosines = cosines_of_tf_idf(texts, ["酒店不错", "电池没有"], ["酒店干净", "电池发热"])
    assert retrieval("tf-idf", cosines).first == 1.0
