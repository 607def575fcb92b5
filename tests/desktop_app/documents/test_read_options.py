import json

import pytest

from desktop_app.documents.read_options import ReadOptions


def test_options_survive_json():
    options = ReadOptions(encoding="gb18030", delimiter=";", header=False, unit="paragraph")
    assert ReadOptions.from_dict(json.loads(json.dumps(options.to_dict()))) == options


@pytest.mark.parametrize(
    ("values", "named"),
    [
        ({"encoding": "klingon"}, "klingon"),
        ({"encoding": "base64"}, "base64"),
        ({"delimiter": "ab"}, "delimiter"),
        ({"delimiter": '"'}, "delimiter"),
        ({"unit": "page"}, "unit"),
        ({"max_columns": 0}, "max_columns"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_wrong_options_are_named(values, named):
    with pytest.raises(ValueError, match=named):
        ReadOptions.from_dict(values)


def test_columns_of_a_folder_come_back_and_are_not_told_where_they_are_guessed():
    assert "columns" not in ReadOptions().to_dict()
    options = ReadOptions(columns=("file", "text"))
    assert ReadOptions.from_dict(json.loads(json.dumps(options.to_dict()))) == options
    with pytest.raises(ValueError, match="file and one more"):
        ReadOptions(columns=("file",))
