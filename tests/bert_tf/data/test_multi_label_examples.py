import json
from pathlib import Path

import pytest

from bert_tf.data.data_error import DataError
from bert_tf.data.multi_label_examples import find_label_set, read_multi_label

CHOICES = {"label_column": "labels", "separator": ";"}


def write(path: Path, *rows: dict) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def test_lists_and_cells_say_the_same(tmp_path: Path) -> None:
    rows = [("one", ["b", "a"]), ("two", []), ("three", ["a"])]
    lists = write(tmp_path / "d.jsonl", *({"text": t, "labels": found} for t, found in rows))
    cells = tmp_path / "d.csv"
    cells.write_text("text,labels\none,b; a\ntwo,\nthree,a;\n")
    for path in (lists, cells):
        assert find_label_set(path, **CHOICES) == ("a", "b")
        found = read_multi_label(path, ("a", "b"), text_column="text", **CHOICES)
        assert found.arrays["targets"].tolist() == [[1, 1], [0, 0], [1, 0]]
        assert found.texts == (["one", "two", "three"],)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"text": "x", "labels": ["c"]}, "line 1: the label 'c' is not one of a, b"),
        ({"text": "", "labels": ["a"]}, "line 1: the text is empty"),
        ({"text": "x"}, "has no column 'labels'"),
        ({"text": "x", "labels": 7}, "must be a list of labels, or one text with ';' between"),
        ({"text": "x", "labels": [""]}, "the label is empty"),
        ({"text": "x", "labels": [["a"]]}, "must be one line of text"),
    ],
)
def test_bad_rows_are_named(tmp_path: Path, row: dict, message: str) -> None:
    path = write(tmp_path / "d.jsonl", row)
    with pytest.raises(DataError, match=message):
        read_multi_label(path, ("a", "b"), text_column="text", **CHOICES)


def test_a_file_without_any_label_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="at least one label in column 'labels'"):
        find_label_set(write(tmp_path / "d.jsonl", {"text": "x", "labels": []}), **CHOICES)
