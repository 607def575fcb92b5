"""The texts of the embedding benchmarks."""

import pytest

from benchmarks.embedding_texts import calibration_texts, evenly, texts_of_length
from bert_tf.text.tokenizer import BertTokenizer

SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"]


def test_long_texts_have_exactly_the_length_and_differ(movie_snippets, minilm_folder) -> None:
    tokenizer = BertTokenizer.from_folder(minilm_folder)
    words = " ".join(movie_snippets[:600]).split()
    for length in (128, 256):
        texts = texts_of_length(words, tokenizer, length=length, count=20)
        assert {len(row) + 2 for row in tokenizer.token_ids(texts)} == {length}
        assert len(set(texts)) == 20


def test_a_word_that_does_not_fit_is_left_out() -> None:
    tokenizer = BertTokenizer([*SPECIAL, "a", "##b", "c"])  # "ab" is two pieces
    words = ["ab", "ab", "c", "c", "ab", "c"]
    assert texts_of_length(words, tokenizer, length=5, count=2) == ["ab c", "c ab"]
    with pytest.raises(ValueError, match="6 words make 2 texts of 5 tokens; 3 were asked for"):
        texts_of_length(words, tokenizer, length=5, count=3)


def test_nothing_is_calibrated_on_what_is_measured() -> None:
    snippets = [f"text {number}" for number in range(100)]
    measured = evenly(snippets, 25)
    assert measured == snippets[::4]
    chosen = calibration_texts(snippets, measured, 30)
    assert len(chosen) == 30
    assert not set(chosen) & set(measured)
