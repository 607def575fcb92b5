"""Words as a reader sees them, in any mixture of scripts."""

import pytest

from export.runtime.words import find_words


def words(text: str) -> list[str]:
    return [text[start:end] for start, end in find_words(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The film was great!!!", ["The", "film", "was", "great", "!!!"]),
        ("I don’t know, it's well-made", ["I", "don’t", "know", ",", "it's", "well-made"]),
        ("3.5 of 1,000 ... ok.", ["3.5", "of", "1,000", "...", "ok", "."]),
        ("yes... no--maybe", ["yes", "...", "no", "--", "maybe"]),
        ("good :-) 😀😀 fine👍🏽!", ["good", ":-)", "😀😀", "fine", "👍🏽", "!"]),
        ("@bob see https://a.b/c?d=1 #so_bad", ["@bob", "see", "https://a.b/c?d=1", "#so_bad"]),
        ("(https://x.y/z). next", ["(", "https://x.y/z", ").", "next"]),
        (
            '<a href="http://x.y">good</a>',
            ["<", "a", "href", '="', "http://x.y", '">', "good", "</", "a", ">"],
        ),
        ("bob@x.com", ["bob", "@", "x", ".", "com"]),
        ("质量很好!", ["质", "量", "很", "好", "!"]),
        ("这个iPhone 15太贵", ["这", "个", "iPhone", "15", "太", "贵"]),
        ("ありがとう", ["あ", "り", "が", "と", "う"]),
        ("น้ำดี", ["น้", "ำ", "ดี"]),  # marks stay with their character
        ("हिन्दी अच्छा", ["हिन्दी", "अच्छा"]),
        ("좋은 영화", ["좋은", "영화"]),
        ("cafe\u0301 x\u200dy", ["cafe\u0301", "x\u200dy"]),
        ("#很好", ["#", "很", "好"]),
        ("", []),
        (" \t\u3000\x00\u2028", []),
    ],
)
def test_words_of_any_script(text, expected):
    assert words(text) == expected


def test_every_character_but_blanks_is_in_exactly_one_word():
    text = "".join(map(chr, range(0x20, 0x3200))) + "\ud800\ue000\U0001f600\U00020000"
    covered = [place for start, end in find_words(text) for place in range(start, end)]
    assert covered == sorted(set(covered))
    left_out = {text[place] for place in set(range(len(text))) - set(covered)}
    assert all(character.isspace() or character < "\xa0" for character in left_out)


@pytest.mark.parametrize(
    ("part", "count"),
    [("#a ", 100_000), ("! ", 100_000), ("很", 100_000), ("a-", 2), ("1.", 2), ("😀", 1)],
)
def test_long_texts_are_no_burden(part, count):
    assert len(find_words(part * 100_000)) == count  # by the square it would take minutes
