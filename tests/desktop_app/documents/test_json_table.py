import pytest

from desktop_app.documents import json_table
from desktop_app.documents.document_error import DocumentError


def write(tmp_path, text, name="data.jsonl"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def test_values_are_text_as_written(tmp_path, read):
    text = '{"id":"007","n":1.50,"big":12345678901234567890,"b":true,"x":null,"t":"很\\u597d"}\n'
    table, rows = read(write(tmp_path, text + '{"t":"b","n":{"a":[1]},"id":"8"}\n'))
    assert table.columns == ("id", "n", "big", "b", "x", "t")
    assert rows[0].cells == ("007", "1.50", "12345678901234567890", "true", "", "很好")
    assert rows[1].cells == ("8", '{"a": [1]}', "", "", "", "b")


def test_bad_lines_stay_and_stop_nothing(tmp_path, read):
    deep = "[" * 100_000
    text = f'{{"text":"a"}}\nnot json\n{deep}\n[1]\n\n"alone"\n{{"text":"\\ud800"}}\n'
    _, rows = read(write(tmp_path, text))
    statuses = ["ok", "unreadable", "unreadable", "ok", "ok", "ok"]
    assert [row.status for row in rows] == statuses
    assert rows[1].cells == ("not json",)
    assert rows[5].cells == ("\ud800",)


def test_names_that_come_late_are_told(tmp_path, read, monkeypatch):
    monkeypatch.setattr(json_table, "_SAMPLE_LINES", 1)
    _, rows = read(write(tmp_path, '{"a":1}\n{"a":2,"late":3}\n'))
    assert (rows[1].status, rows[1].cells) == ("ragged", ("2",))
    assert "late" in rows[1].note


@pytest.mark.parametrize("text", ['[{"a": 1},\n {"b": "x"}]', '[{"a": 1}, {"b": "x"}]'])
def test_an_array_of_objects(tmp_path, read, text):
    table, rows = read(write(tmp_path, text, "data.json"))
    assert (table.kind, table.columns) == ("json", ("a", "b"))
    assert [row.cells for row in rows] == [("1", ""), ("", "x")]


def test_one_object_over_several_lines_is_one_row(tmp_path, read):
    _, rows = read(write(tmp_path, '{\n "a": 1\n}\n', "data.json"))
    assert [row.cells for row in rows] == [("1",)]


def test_an_array_too_large_or_damaged_is_refused(tmp_path, read, monkeypatch):
    with pytest.raises(DocumentError, match="Repair"):
        read(write(tmp_path, '[{"a": 1},\n{"b": 2]'))
    monkeypatch.setattr(json_table, "MAX_ARRAY_BYTES", 10)
    with pytest.raises(DocumentError, match="JSON lines") as caught:
        read(write(tmp_path, '[{"a": 1},\n{"b": 2}]'))
    assert caught.value.reason == "too large"
