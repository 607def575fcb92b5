import math

import pytest

from desktop_app.results.top_phrases import Phrase, PhraseCounter, phrases_of


def top_phrases(texts, codes, *, num_labels) -> tuple[tuple[Phrase, ...], ...]:
    counter = PhraseCounter(num_labels)
    for text, code in zip(texts, codes, strict=True):
        counter.add(text, code)
    return counter.top(most=10)


def test_words_and_pairs_without_stop_words():
    assert list(phrases_of("The battery of this phone is NOT good, really good.")) == [
        *("battery", "phone", "not", "good", "not good", "really", "good", "really good"),
    ]


def test_pieces_of_chinese_do_not_begin_or_end_with_function_words():
    assert list(phrases_of("质量很差")) == ["质量", "量很差", "质量很差"]
    assert list(phrases_of("iPhone质量好!")) == ["iphone", "质量", "量好", "质量好"]


def test_apostrophes_numbers_and_links_of_letters():
    assert list(phrases_of("don’t buy 42 wi-fi")) == ["don't", "buy", "don't buy", "wi", "fi"]


TEXTS = [
    *("terrible service", "terrible food", "the room was terrible", "terrible bath"),
    *("rude staff", "rude waiter", "rude boss", "loud street", "loud music"),
    *("great food", "great room", "great great great", "great bath"),
    *("friendly staff", "friendly waiter", "friendly boss", "calm street", "calm music"),
]
CODES = [0] * 9 + [1] * 9


def test_what_marks_a_class_comes_first_and_what_both_have_does_not_come():
    """Nor does what is in two texts: that is chance."""
    bad, good = top_phrases(TEXTS, CODES, num_labels=2)
    assert [each.text for each in bad] == ["terrible", "rude"]
    assert [each.text for each in good] == ["great", "friendly"]
    assert (bad[0].texts, bad[0].other_texts) == (4, 0)
    assert good[0].texts == 4  # texts, not occurrences
    assert bad[0].score > bad[1].score > 1


def test_the_score_is_that_of_the_paper():
    """Log-odds ratio with an informative Dirichlet prior, equations 15 to 22."""
    texts = ["apple"] * 30 + ["pear"] * 10 + ["apple"] * 10 + ["pear"] * 30
    counts = {"apple": (30, 10), "pear": (10, 30)}
    prior = 8 * 40 / 80  # a tenth of the 80 counts, shared out by frequency
    expected = {}
    for word, (first, second) in counts.items():
        odds = math.log((first + prior) / (40 + 8 - first - prior)) - math.log(
            (second + prior) / (40 + 8 - second - prior)
        )
        expected[word] = odds / math.sqrt(1 / (first + prior) + 1 / (second + prior))
    found = top_phrases(texts, [0] * 40 + [1] * 40, num_labels=2)
    assert [each.text for each in found[0]] == ["apple"]
    assert found[0][0].score == pytest.approx(expected["apple"], rel=1e-9)
    assert found[1][0].score == pytest.approx(expected["apple"], rel=1e-9)
    assert expected["pear"] == pytest.approx(-expected["apple"])


def test_chinese_classes_show_their_longest_phrases():
    texts = [
        "质量很差，退货",
        "质量很差",
        "真的质量很差啊",
        "物流很快",
        "物流很快，好评",
        "物流很快哦",
    ]
    bad, good = top_phrases(texts, [0, 0, 0, 1, 1, 1], num_labels=2)
    assert [each.text for each in bad] == ["质量很差"]
    assert [each.text for each in good] == ["物流很快"]


def test_what_is_not_judged_and_single_classes_mark_nothing():
    assert top_phrases(["bad film", "bad film"], [-1, -1], num_labels=2) == ((), ())
    assert top_phrases(["bad film", "bad film"], [0, 0], num_labels=1) == ((),)
    assert top_phrases([], [], num_labels=3) == ((), (), ())


def test_memory_is_bounded_and_the_frequent_phrases_stay_exact():
    counter = PhraseCounter(2, max_phrases=1_000)
    for number in range(4_000):
        counter.add(f"word{number}x other{number}y", 0)
        if number % 4 == 0:
            counter.add("late delivery", 0)
            counter.add("quick answer", 1)
    assert len(counter) <= 1_000
    first, second = counter.top(most=3)
    assert (first[0].text, first[0].texts) == ("late delivery", 1_000)
    assert (second[0].text, second[0].texts) == ("quick answer", 1_000)


def test_the_same_texts_give_the_same_phrases():
    assert top_phrases(TEXTS, CODES, num_labels=2) == top_phrases(TEXTS, CODES, num_labels=2)


def test_hostile_texts_take_no_time_to_cut():
    for text in ("'" * 100_000, "a'" * 50_000, "a" * 1_000_000, "好" * 100_000, "\ud800" * 5_000):
        assert len(list(phrases_of(text))) < 10_000
