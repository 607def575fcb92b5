import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bert_tf.text.sentences import split_sentences


def texts(text: str) -> list[str]:
    return [sentence.text for sentence in split_sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hello there. It works! Does it?", ["Hello there.", "It works!", "Does it?"]),
        (
            "Mr. Smith met Dr. J. K. Jones at 3.5 p.m. and left. He paid $3.50, i.e. nothing.",
            [
                "Mr. Smith met Dr. J. K. Jones at 3.5 p.m. and left.",
                "He paid $3.50, i.e. nothing.",
            ],
        ),
        ('“Wow!” she said. "Great." Next.', ["“Wow!” she said.", '"Great."', "Next."]),
        ("it was ok. not great... maybe", ["it was ok.", "not great... maybe"]),
        ("He left. :) Fine!!! <3", ["He left. :)", "Fine!!! <3"]),
        ("Price is No. 5. Apple Inc. The end.", ["Price is No. 5.", "Apple Inc.", "The end."]),
        ("1. Buy milk. 2. Call Ann.", ["1. Buy milk.", "2. Call Ann."]),
        (
            "这部电影很好看。我觉得……还行！“真的吗？”他问。Good!是的",
            ["这部电影很好看。", "我觉得……还行！", "“真的吗？”", "他问。", "Good!", "是的"],
        ),
        ("first line\nsecond line", ["first line", "second line"]),
        (
            "A long line that the mail program broke in the\nmiddle of a sentence. Next.",
            ["A long line that the mail program broke in the\nmiddle of a sentence.", "Next."],
        ),
        ("\U0001f600\U0001f600", ["\U0001f600\U0001f600"]),
        (" \n\t\n", []),
        ("", []),
    ],
)
def test_splits(text, expected):
    assert texts(text) == expected


@given(st.text(alphabet='aB .!?。！\n"”)…:1é\U0001f600', max_size=80))
def test_offsets_point_into_the_original_and_nothing_is_lost(text):
    sentences = split_sentences(text)
    assert all(text[s.start : s.end] == s.text and s.text.strip() == s.text for s in sentences)
    assert all(a.end <= b.start for a, b in itertools.pairwise(sentences))
    covered = "".join(sentence.text for sentence in sentences)
    assert "".join(covered.split()) == "".join(text.split())


def test_a_quarter_million_characters_take_little_time():
    import time

    started = time.perf_counter()
    assert len(split_sentences("The quick brown fox jumps over the dog. " * 6_250)) == 6_250
    split_sentences(". " * 125_000)
    split_sentences("word " * 50_000)
    assert time.perf_counter() - started < 10
