import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bert_tf.text.tokenizer import BertTokenizer
from bert_tf.text.vocabulary_training import (
    SPECIAL_TOKENS,
    VocabularySettings,
    train_vocabulary,
)

ENGLISH = ["The unhappy cat sat.", "An unhappy dog, an unlucky cat!", "Cats and dogs sat."] * 3
CHINESE = ["我们来了。我们走了！", "他们来了，iPhone很好。", "好好学习"] * 2


def learn(texts: list[str], size: int = 120, **options) -> BertTokenizer:
    return train_vocabulary(texts, VocabularySettings(size=size, **options))


def test_special_tokens_come_first_and_the_alphabet_next() -> None:
    tokenizer = learn(ENGLISH)
    assert tokenizer.vocabulary[:5] == SPECIAL_TOKENS
    assert (tokenizer.pad_id, tokenizer.mask_id) == (0, 4)
    assert tokenizer.vocabulary[5:9] == ("!", ",", ".", "a")
    assert "##a" in tokenizer.vocabulary and "##," not in tokenizer.vocabulary
    assert "un" in tokenizer.vocabulary and "cat" in tokenizer.vocabulary


def test_casing_is_kept_or_folded() -> None:
    texts = ["Été à Paris, Été", "Paris"] * 2
    uncased, cased = learn(texts), learn(texts, lowercase=False)
    kept = learn(texts, strip_accents=False)
    assert "paris" in uncased.vocabulary and "ete" in uncased.vocabulary
    assert "Paris" in cased.vocabulary and "Été" in cased.vocabulary
    assert "été" in kept.vocabulary
    for tokenizer in (uncased, cased, kept):
        assert tokenizer.unk_id not in tokenizer.token_ids(texts)[0]


def test_chinese_is_learned_by_character() -> None:
    tokenizer = learn(CHINESE)
    assert {"我", "们", "。", "！", "，", "iphone"} <= set(tokenizer.vocabulary)
    chinese = [token for token in tokenizer.vocabulary if any(c >= "\u4e00" for c in token)]
    assert all(len(token) == 1 for token in chinese)
    assert tokenizer.word_pieces("我们学习iPhone。").tokens == [*"我们学习", "iphone", "。"]


def test_every_frequent_character_has_a_token_and_no_rare_one() -> None:
    texts = ["甲甲甲乙乙丙 aaabb"]
    vocabulary = learn(texts, min_character_count=2, min_pair_count=100).vocabulary
    assert vocabulary[5:] == ("a", "b", "乙", "甲", "##a", "##b")
    assert "丙" in learn(texts, min_character_count=1).vocabulary


def test_the_size_is_met_where_the_corpus_suffices_and_never_passed() -> None:
    assert learn(ENGLISH, size=60, min_pair_count=1).vocabulary_size == 60
    assert learn(ENGLISH, size=100_000).vocabulary_size < 200


@settings(max_examples=25, deadline=None)
@given(st.lists(st.text("abcABé我们，。! 👍１", min_size=1, max_size=20), min_size=1, max_size=20))
def test_nothing_it_was_learned_from_is_unknown(texts: list[str]) -> None:
    if not any(character.strip() for text in texts for character in text):
        with pytest.raises(ValueError, match="needs text"):
            learn(texts, min_character_count=1)
        return
    tokenizer = learn(texts, min_character_count=1)
    for ids in tokenizer.token_ids(texts):
        assert tokenizer.unk_id not in ids
    assert tokenizer.vocabulary == learn(texts, min_character_count=1).vocabulary


def test_another_process_learns_the_same() -> None:
    """Hash tables are seeded by process; ties must not depend on them."""
    code = (
        "from bert_tf.text.vocabulary_training import *\n"
        f"texts = {[f'{a}{b}{c}' for a in 'abcd' for b in 'efgh' for c in 'ijkl']!r}\n"
        "print(train_vocabulary(texts, VocabularySettings(size=60, min_pair_count=1)).sha256)"
    )
    root = Path(__file__).parents[3]
    results = {
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, cwd=root, check=True
        ).stdout
        for _ in range(4)
    }
    assert len(results) == 1


def test_a_folder_gives_the_same_tokenizer_back(tmp_path: Path) -> None:
    for options in ({"lowercase": False}, {"strip_accents": False}, {}):
        tokenizer = learn(ENGLISH, **options)
        tokenizer.save(tmp_path)
        assert BertTokenizer.from_folder(tmp_path).sha256 == tokenizer.sha256


def test_lone_surrogates_do_no_harm() -> None:
    tokenizer = learn(["fine \ud800 text"] * 3)
    assert tokenizer.unk_id not in tokenizer.token_ids(["fine text"])[0]


@pytest.mark.parametrize(
    ("texts", "options", "message"),
    [
        ([], {}, "needs text"),
        (["", " \n"], {}, "needs text"),
        (ENGLISH, {"size": 5}, "size must be at least 6, received 5"),
        (ENGLISH, {"size": 20}, r"size must be at least \d+ for the \d+ characters"),
        (ENGLISH, {"min_character_count": 0}, "min_character_count must be at least 1"),
        (ENGLISH, {"min_pair_count": 0}, "min_pair_count must be at least 1"),
        (iter(ENGLISH), {}, "pass a list, not a generator"),
    ],
)
def test_mistakes_are_named(texts, options: dict, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        learn(texts, **options)
