import json
import math
from pathlib import Path

import numpy as np
import pytest

from bert_tf.data.classification_examples import Columns, find_labels, read_classification
from bert_tf.data.split import ids_digest, split_of
from bert_tf.data.table_reader import DataError, read_rows


def write(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return path


def test_csv_with_quotes_newlines_and_a_mark(tmp_path: Path) -> None:
    content = '\ufefftext,label\r\n"one, ""two""\nthree",a\r\nx\u2028y,b\r\n'
    rows = read_rows(write(tmp_path / "d.csv", content))
    assert [row["text"] for _, row in rows] == ['one, "two"\nthree', "x\u2028y"]


def test_labels_are_found_and_sorted_by_size_if_numbers(tmp_path: Path) -> None:
    path = write(tmp_path / "d.csv", "text,label\na,10\nb,9\nc,2\n")
    assert find_labels(path, Columns()) == ("2", "9", "10")


def test_one_hot_targets_and_groups(tmp_path: Path) -> None:
    path = write(tmp_path / "d.tsv", "id\ttext\tlabel\tsource\n7\thello\tgood\tmail\n")
    examples = read_classification(path, Columns(group="source"), ["bad", "good"])
    assert examples.arrays["targets"].tolist() == [[0, 1]]
    assert examples.groups == ["mail"]
    assert examples.ids == ["7"]


def test_distributions_are_normalised(tmp_path: Path) -> None:
    row = {"text": "x", "distribution": [1, 3], "valence": -1.5}
    path = write(tmp_path / "d.jsonl", json.dumps(row) + "\n\n")
    columns = Columns(distribution="distribution", value="valence")
    examples = read_classification(path, columns, ["a", "b"])
    np.testing.assert_allclose(examples.arrays["targets"], [[0.25, 0.75]])
    assert examples.arrays["values"].tolist() == [-1.5]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("d.csv", "text,label\nx,other\n", r"line 2: the label 'other' is not one of a, b"),
        ("d.csv", "text,label\n ,a\n", "line 2: the text is empty"),
        ("d.csv", "text,label\nx,\n", "line 2: the label is empty"),
        ("d.csv", "body,label\nx,a\n", "has no column 'text'; it has 'body', 'label'"),
        ("d.csv", "text,label\nx,a,c\n", "line 2: expected 2 cells"),
        ("d.csv", "text,text\nx,a\n", "repeats a column"),
        ("d.csv", "text,label\n", "holds no rows"),
        ("d.csv", "", "holds no rows"),
        ("d.csv", b"text,label\nx,\xff\n", "is not UTF-8: line 2"),
        ("d.csv", 'text,label\n"x,a\n', "line"),
        ("d.jsonl", '{"text": "x"\n', "line 1 is not JSON"),
        ("d.jsonl", "[1]\n", "must be a JSON object"),
        ("d.jsonl", f'{{"text": {"9" * 5000}}}\n', "line 1 is not JSON"),
        ("d.jsonl", "[" * 200_000, "line 1 is not JSON"),
        ("d.jsonl", '{"text": 7, "label": "a"}', "the text must be a string, received 7"),
        ("d.jsonl", '{"text": "x", "label": ["a"]}', "label must be one line of text"),
        ("d.csv", 'text,label\nx,"a\nb"\n', "line 3: the label must be one line"),
        ("d.xml", "<a/>", "must end in .csv, .tsv, .jsonl or .ndjson"),
    ],
)
def test_bad_files_are_named(tmp_path: Path, name: str, content: str | bytes, message: str) -> None:
    path = write(tmp_path / name, content)
    with pytest.raises(DataError, match=message):
        read_classification(path, Columns(), ["a", "b"])


@pytest.mark.parametrize(
    "shares",
    [[0.5], [-1, 2], [0, 0], "half", None, ["x", "y"], [1, math.inf], [1, math.nan], [1, 10**400]],
)
def test_bad_distributions_are_refused(tmp_path: Path, shares: object) -> None:
    path = write(tmp_path / "d.jsonl", json.dumps({"text": "x", "d": shares}))
    with pytest.raises(DataError, match="must be a list of 2 shares"):
        read_classification(path, Columns(distribution="d"), ["a", "b"])


@pytest.mark.parametrize("value", [1e300, -1e300, 10**400, math.nan, math.inf, "x", None, []])
def test_values_without_a_place_in_float32_are_refused(tmp_path: Path, value: object) -> None:
    path = write(tmp_path / "d.jsonl", json.dumps({"text": "x", "label": "a", "v": value}))
    with pytest.raises(DataError, match="'v' must be a number"):
        read_classification(path, Columns(value="v"), ["a", "b"])


def test_a_lone_surrogate_has_a_split_and_a_digest(tmp_path: Path) -> None:
    path = write(tmp_path / "d.jsonl", '{"text": "\\ud800", "label": "a", "id": "\\udfff"}\n')
    examples = read_classification(path, Columns(), ["a", "b"])
    assert split_of(examples.texts[0][0]) in ("train", "dev", "test")
    assert len(ids_digest(examples.ids)) == 64


def test_one_class_is_no_classification(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="at least two different labels"):
        find_labels(write(tmp_path / "d.csv", "text,label\nx,a\n"), Columns())


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"gone\.csv cannot be read"):
        read_rows(tmp_path / "gone.csv")


@pytest.mark.parametrize("group", ['""', "null", '" "'])
def test_an_empty_group_is_no_group(tmp_path: Path, group: str) -> None:
    row = f'{{"text": "x", "label": "a", "source": {group}}}\n'
    with pytest.raises(DataError, match="line 1: the group is empty"):
        read_classification(write(tmp_path / "d.jsonl", row), Columns(group="source"), ["a", "b"])
