from pathlib import Path

import pytest

from bert_tf.data.data_error import DataError
from bert_tf.data.regression_examples import read_regression


def test_numbers_of_a_table(tmp_path: Path) -> None:
    path = tmp_path / "d.csv"
    path.write_text("id,review,stars\n7,fine,4.5\n8,bad,-1e3\n")
    found = read_regression(path, text_column="review", value_column="stars")
    assert found.arrays["values"].tolist() == [4.5, -1000.0] and found.ids == ["7", "8"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("text,value\nx,many\n", "line 2: 'value' must be a number"),
        ("text,value\nx,\n", "line 2: 'value' must be a number"),
        ("text,value\nx,nan\n", "line 2: 'value' must be a number"),
        ("text,value\n ,1\n", "line 2: the text is empty"),
        ("text,stars\nx,1\n", "has no column 'value'; it has 'text', 'stars'"),
    ],
)
def test_bad_files_are_named(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "d.csv"
    path.write_text(content)
    with pytest.raises(DataError, match=message):
        read_regression(path, text_column="text", value_column="value")
