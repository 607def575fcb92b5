"""Texts without objects: the order of the letters, in the memory of their bytes."""

import random
import tracemalloc

import numpy as np
import pytest

from desktop_app.item_models.byte_texts import ByteTexts


def ranks_of(texts, most_bytes=255, chosen=None):
    found = ByteTexts(most_bytes)
    for start in range(0, len(texts), 7):
        found.extend(texts[start : start + 7])
    assert len(found) == len(texts)
    places = np.arange(len(texts)) if chosen is None else np.asarray(chosen)
    return found.ranks(places.astype(np.int32), lambda: False)


def expected(texts):
    order = {text: rank for rank, text in enumerate(sorted(set(texts)))}
    return [order[text] for text in texts]


@pytest.mark.parametrize("alphabet", ["ab", "aé好𝒳 ", "\ud800x"])
def test_ranks_are_those_of_sorted(alphabet):
    for seed in range(60):
        dice = random.Random(seed)
        texts = ["".join(dice.choices(alphabet, k=dice.randrange(40))) for _ in range(80)]
        assert ranks_of(texts).tolist() == expected(texts)


def test_beginnings_in_common_and_the_shorter_one_first():
    texts = ["x" * length for length in (0, 1, 7, 8, 9, 16, 17, 63)] + ["x" * 8 + "a", "x" * 8]
    assert ranks_of(texts).tolist() == expected(texts)


def test_bytes_behind_the_last_one_count_for_nothing():
    assert ranks_of(["abcdefghiz", "abcdefghia", "abcdefgh"], most_bytes=9).tolist() == [1, 1, 0]


def test_some_of_the_texts_have_ranks_among_themselves():
    assert ranks_of(["d", "a", "c", "b"], chosen=[0, 3]).tolist() == [1, 0]
    assert ranks_of(["d"], chosen=[]).tolist() == []


def test_it_can_be_stopped():
    found = ByteTexts(8)
    found.extend(["b", "a"])
    assert found.ranks(np.arange(2, dtype=np.int32), lambda: True) is None


def test_a_text_takes_its_bytes_and_five_more():
    tracemalloc.start()
    found = ByteTexts(255)
    for start in range(0, 100_000, 1_000):
        found.extend([f"reference {number:06}" for number in range(start, start + 1_000)])
    taken, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert taken < 100_000 * 1.3 * (16 + 5)
