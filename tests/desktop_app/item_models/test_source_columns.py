from dataclasses import replace
from pathlib import Path

from fake_project_session import FakeProjectSession

from desktop_app.item_models.source_columns import SourceColumns
from desktop_app.projects.joint_columns import JointColumns


def documents(*columns):
    session = FakeProjectSession(3)
    session._open(Path("p.bertproject"))
    first = session.documents[0]
    return session.rows([0])[0], [
        replace(first, id=number + 1, path=f"/d/{number}.csv", columns=names, text_column=0)
        for number, names in enumerate(columns)
    ]


def test_one_document_shows_its_columns_without_the_text():
    row, found = documents(("text", "a", "b"))
    source = SourceColumns(found)
    assert source.names == ("a", "b")
    assert source.cells(replace(row, cells=("t", "1", "2"))) == ("1", "2")
    assert source.cells(replace(row, cells=("t", "1"))) == ("1", "")


def test_columns_of_one_name_are_one_and_the_file_stands_first():
    row, found = documents(("text", "a", "b"), ("review", "b", "file", "c"))
    source = SourceColumns(found)
    assert source.names == ("file", "a", "b", "file (2)", "c")
    first = replace(row, document=1, cells=("t", "1", "2"))
    second = replace(row, document=2, cells=("t", "3", "x", "4"))
    assert source.cells(first) == ("0.csv", "1", "2", "", "")
    assert source.cells(second) == ("1.csv", "", "3", "x", "4")
    assert source == SourceColumns(found) != SourceColumns(found[:1])


def test_the_columns_are_those_of_an_export_without_the_texts():
    row, found = documents(("text", "a"), ("review", "text", "file"))
    source, joint = SourceColumns(found), JointColumns(found)
    assert [*source.names[:1], joint.text, *source.names[1:]] == list(joint.names)
    second = replace(row, document=2, cells=("t", "x", "y"))
    assert source.cells(second) == ("1.csv", "", "x", "y")
    assert joint.cells(second) == ("1.csv", "t", "", "x", "y")
