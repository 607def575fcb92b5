"""Which pieces stay, and that texts are cut as before wherever theirs did."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bert_tf.text.tokenizer import BertTokenizer
from export.piece_counts import count_pieces
from export.vocabulary_pruning import (
    PruningRule,
    check_corpus,
    choose_pieces,
    prune_tokenizer,
)

SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
LETTERS = list("adeginpruwy.")
VOCABULARY = [
    *("[PAD]", "[unused1]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"),
    *("play", "##ing", "##ed", "playing", "under", "we", "中", "##中", "é", "##é"),
    *LETTERS,
    *(f"##{letter}" for letter in LETTERS),
]


def prune(texts: list[str], vocabulary: list[str], **rule: object) -> list[str]:
    """The pieces that stay, in their order."""
    tokenizer = BertTokenizer(vocabulary)
    kept = choose_pieces(tokenizer, count_pieces(tokenizer, texts), PruningRule(**rule))
    return list(prune_tokenizer(tokenizer, kept).vocabulary)


def test_special_tokens_and_characters_stay_and_what_the_corpus_needs() -> None:
    stays = prune(["We play", "we played"], VOCABULARY)
    gone = [piece for piece in VOCABULARY if piece not in stays]
    assert gone == ["[unused1]", "##ing", "playing", "under"]
    assert stays == [piece for piece in VOCABULARY if piece not in gone]  # in their old order


def test_a_word_whose_piece_is_gone_falls_to_shorter_ones() -> None:
    tokenizer = BertTokenizer(prune(["We play."], VOCABULARY))
    assert tokenizer.word_pieces("playing under").tokens == [
        *("play", "##i", "##n", "##g", "u", "##n", "##d", "##e", "##r")
    ]


def test_rare_pieces_go_and_frequent_ones_stay() -> None:
    texts = ["we play", "we play", "we played", "under"]
    assert "##ed" not in prune(texts, VOCABULARY, min_count=2)
    assert {"we", "play"} <= set(prune(texts, VOCABULARY, min_count=3))
    always = len(prune(["we"], VOCABULARY)) - 1
    assert prune(texts, VOCABULARY, keep=always + 1)[5] == "play"  # as often as `we`, a lower id
    assert len(prune(texts, VOCABULARY, keep=always + 2)) == always + 2
    assert len(prune(texts, VOCABULARY, keep=1000)) == always + 4  # no more than is needed
    with pytest.raises(ValueError, match=f"at least {always}.*received {always - 1}"):
        prune(texts, VOCABULARY, keep=always - 1)


def test_unseen_characters_may_go_but_ascii_stays() -> None:
    stays = prune(["we play é"], VOCABULARY, unseen_characters=False)
    assert "中" not in stays and "##中" not in stays
    assert {"w", "##r", "."} <= set(stays)  # é is folded to e, and is never met as itself
    assert "é" not in stays
    assert {"中", "##中"} <= set(prune(["we 中"], VOCABULARY, unseen_characters=False))


@pytest.mark.parametrize("rule", [{"min_count": 0}, {"keep": 0}])
def test_impossible_rules_are_refused(rule: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="at least 1, received 0"):
        PruningRule(**rule)


@pytest.mark.parametrize(
    ("texts", "message"),
    [
        (["", " "], "no text"),
        (["привет мир", "we"], "67% of its pieces are \\[UNK\\]"),
        (["dee nie pun", "ai nei"], "Nothing but special tokens and single characters"),
    ],
)
def test_a_corpus_of_another_language_is_refused(texts: list[str], message: str) -> None:
    tokenizer = BertTokenizer(VOCABULARY)
    counts = count_pieces(tokenizer, texts)
    kept = choose_pieces(tokenizer, counts, PruningRule())
    with pytest.raises(ValueError, match=message):
        check_corpus(tokenizer, counts, kept)


@pytest.mark.parametrize("texts", [["we play"], ["中。", "中中"]])
def test_a_corpus_of_the_models_language_passes(texts: list[str]) -> None:
    """Chinese has a character a word: nothing is spelt out although nothing longer stays."""
    tokenizer = BertTokenizer([*VOCABULARY, "。"])
    counts = count_pieces(tokenizer, texts)
    check_corpus(tokenizer, counts, choose_pieces(tokenizer, counts, PruningRule()))


words = st.text("abc☃", min_size=1, max_size=7)
texts_of_few_letters = st.lists(words, min_size=1, max_size=4).map(" ".join)
vocabularies = st.sets(
    st.tuples(st.sampled_from(["", "##"]), st.text("abc", min_size=1, max_size=4)).map("".join),
    min_size=1,
    max_size=25,
)


@settings(max_examples=150, deadline=None)
@given(vocabularies, st.lists(texts_of_few_letters, min_size=1, max_size=6), st.integers(1, 3))
def test_texts_whose_pieces_stay_are_cut_as_before(
    pieces: set[str], texts: list[str], min_count: int
) -> None:
    """Also with vocabularies that lack characters, where words become [UNK] half way."""
    whole = BertTokenizer([*SPECIAL, *sorted(pieces)])
    rule = PruningRule(min_count=min_count)
    kept = choose_pieces(whole, count_pieces(whole, texts), rule)
    pruned = prune_tokenizer(whole, kept)
    for text in texts:
        needed = count_pieces(whole, [text]).needed.nonzero()[0]
        if set(needed) <= set(kept):
            after = pruned.token_ids([text])[0]
            assert [kept[index] for index in after] == whole.token_ids([text])[0]
        else:
            assert min_count > 1
