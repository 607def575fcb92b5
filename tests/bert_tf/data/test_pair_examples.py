from pathlib import Path

import pytest

from bert_tf.data.data_error import DataError
from bert_tf.data.pair_examples import (
    PairColumns,
    read_pairs,
    read_texts,
    read_whatever_it_holds,
)

NAMES = PairColumns()


def write(path: Path, content: str) -> Path:
    path.write_text(content)
    return path


def test_pairs_with_and_without_negatives(tmp_path: Path) -> None:
    path = write(tmp_path / "d.csv", "first,second,hard\na,b,c\nd,e,f\n")
    assert read_pairs(path, NAMES, negatives=True).texts == (["a", "d"], ["b", "e"])
    named = PairColumns(negative="hard")
    assert read_pairs(path, named).texts == (["a", "d"], ["b", "e"])
    assert read_pairs(path, named, negatives=True).texts[2] == ["c", "f"]


def test_scores_are_brought_to_0_and_1(tmp_path: Path) -> None:
    path = write(tmp_path / "d.csv", "first,second,score\na,b,0\nc,d,2.5\ne,f,5\n")
    found = read_pairs(path, PairColumns(score_max=5), scored=True)
    assert found.arrays["scores"].tolist() == [0, 0.5, 1]


def test_a_file_says_by_its_columns_what_it_holds(tmp_path: Path) -> None:
    scored = read_whatever_it_holds(write(tmp_path / "a.csv", "first,second,score\na,b,1\n"), NAMES)
    pairs = read_whatever_it_holds(write(tmp_path / "b.csv", "first,second\na,b\n"), NAMES)
    texts = read_whatever_it_holds(write(tmp_path / "c.csv", "text,label\na,b\n"), NAMES)
    assert [len(found.texts) for found in (scored, pairs, texts)] == [2, 2, 1]
    assert set(scored.arrays) == {"scores"} and not pairs.arrays
    with pytest.raises(DataError, match="must have the columns 'first' and 'second', or 'text'"):
        read_whatever_it_holds(write(tmp_path / "d.csv", "first,label\na,b\n"), NAMES)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("first,second,score\na,b,6\n", "line 2: 'score' must lie between 0 and 5, received 6"),
        ("first,second,score\na,b,\n", "'score' must be a number"),
        ("first,second,score\na, ,1\n", "line 2: the text is empty in column 'second'"),
        ("first,score\na,1\n", "has no column 'second'"),
    ],
)
def test_bad_pairs_are_named(tmp_path: Path, content: str, message: str) -> None:
    path = write(tmp_path / "d.csv", content)
    with pytest.raises(DataError, match=message):
        read_pairs(path, PairColumns(score_max=5), scored=True)


def test_single_texts_may_not_be_blank(tmp_path: Path) -> None:
    assert read_texts(write(tmp_path / "d.csv", "text\na\n"), NAMES).texts == (["a"],)
    with pytest.raises(DataError, match="line 2: the text is empty"):
        read_texts(write(tmp_path / "d.csv", 'text\n" "\n'), NAMES)
