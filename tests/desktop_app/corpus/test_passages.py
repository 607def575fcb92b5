import pytest

from desktop_app.corpus.passages import split_passages, suggested_unit


def test_lines_keep_their_offsets():
    text = "  one. two\n\n \nthree  "
    passages = split_passages(text, "line")
    assert [passage.text for passage in passages] == ["one. two", "three"]
    assert all(text[p.start : p.end] == p.text for p in passages)


def test_sentences_cut_lines_further():
    assert len(split_passages("one. two\nthree", "sentence")) == 3


def test_unknown_unit_is_refused():
    with pytest.raises(ValueError, match="paragraph"):
        split_passages("a", "paragraph")


def test_entries_a_line_suggest_lines_and_prose_sentences():
    assert suggested_unit("Good.\nBad.\nFair.\n") == "line"
    assert suggested_unit("One. Two. Three.\nFour. Five.\nSix. Seven. Eight.") == "sentence"
