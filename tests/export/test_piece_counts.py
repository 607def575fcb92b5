"""How often a corpus needs each piece, also in front of what is unknown."""

from __future__ import annotations

import numpy as np

from bert_tf.text.tokenizer import BertTokenizer
from export import piece_counts
from export.piece_counts import count_pieces

SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"]


def counted(vocabulary: list[str], texts: list[str], **settings: bool) -> dict[str, int]:
    """What the texts need, by piece, without zeros."""
    tokenizer = BertTokenizer([*SPECIAL, *vocabulary], **settings)
    needed = count_pieces(tokenizer, texts).needed
    pairs = zip(tokenizer.vocabulary, needed.tolist(), strict=True)
    return {piece: count for piece, count in pairs if count}


def test_each_piece_counts_as_often_as_it_stands_in_the_texts() -> None:
    found = counted(["play", "##ing", "##s", "we", "."], ["We play.", "Playing plays", "we play."])
    assert found == {"we": 2, "play": 4, "##ing": 1, "##s": 1, ".": 2}


def test_what_an_unknown_word_begins_with_is_needed_too() -> None:
    """`abc` is matched and then nothing goes on; without `abc` it would be `ab ##cd`."""
    found = counted(["abc", "ab", "##cd", "x"], ["abcd x", "abcd", "xcd"])
    assert found == {"[UNK]": 2, "abc": 2, "x": 2, "##cd": 1}


def test_a_word_that_is_too_long_needs_nothing() -> None:
    assert counted(["a", "##a"], ["a" * 101]) == {"[UNK]": 1}
    assert counted(["a", "##a"], ["a" * 100]) == {"a": 1, "##a": 99}


def test_characters_are_those_of_the_folded_texts() -> None:
    tokenizer = BertTokenizer([*SPECIAL, "e", "##t", "中"])
    counts = count_pieces(tokenizer, ["Ét 中", "é☃"])
    assert {"e", "t", "中", "☃"} <= counts.characters
    assert not {"é", "É", "文"} & counts.characters
    cased = BertTokenizer([*SPECIAL, "É"], lowercase=False, strip_accents=False)
    assert "É" in count_pieces(cased, ["É"]).characters


def test_a_corpus_in_parts_counts_like_one(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    tokenizer = BertTokenizer([*SPECIAL, "a", "##a", "b"])
    texts = ["aa b", "b", "aba", "", "b b", "\ud800"]
    whole = count_pieces(tokenizer, texts)
    monkeypatch.setattr(piece_counts, "TEXTS_AT_ONCE", 2)
    told: list[tuple[int, int]] = []
    parts = count_pieces(tokenizer, texts, progress=lambda done, all_: told.append((done, all_)))
    np.testing.assert_array_equal(parts.needed, whole.needed)
    np.testing.assert_array_equal(parts.matched, whole.matched)
    assert parts.characters == whole.characters
    assert told == [(2, 6), (4, 6), (6, 6)]
