from pathlib import Path

import pytest

from desktop_app.projects.joint_columns import JointColumns
from desktop_app.projects.source_identity import SourceIdentity


@pytest.fixture
def joint(project, steps):
    """Lays tables (columns, place of the text, cells) side by side: columns and all rows."""

    def lay(*tables):
        for number, (columns, text_column, cells) in enumerate(tables):
            document = project.add_document(
                path=Path(f"/d/{number}.csv"),
                source=SourceIdentity(size=1),
                columns=columns,
                text_column=text_column,
                options={},
            )
            project.append_rows(document.id, [steps.row(*cells)])
        found = JointColumns(project.documents())
        return found, [
            dict(zip(found.names, found.cells(row), strict=True))
            for row in project.rows(project.columns({}).rows.tolist(), {})
        ]

    return lay


def test_one_document_has_its_own_columns(joint):
    columns, rows = joint((("file", "text"), 1, ("a", "good")))
    assert columns.names == ("file", "text") and columns.text == "text"
    assert rows == [{"file": "a", "text": "good"}]
    assert JointColumns().names == () and JointColumns().text == "text"


def test_texts_share_a_column_and_what_only_is_called_so_gets_a_number(joint):
    columns, rows = joint(
        (("id", "text"), 1, ("1", "good")),
        (("comment", "id", "text"), 0, ("bad", "2", "note")),
    )
    assert columns.names == ("file", "id", "text", "text (2)") and columns.text == "text"
    assert rows[1] == {"file": "1.csv", "id": "2", "text": "bad", "text (2)": "note"}


def test_no_cell_takes_the_place_of_another(joint):
    columns, rows = joint(
        (("file", "file (2)", "text"), 2, ("a", "b", "good")),
        (("text", "file", "text (2)", "review"), 3, ("t", "f", "u", "bad")),
    )
    assert columns.names == ("file", "file (3)", "file (2)", "text", "text (3)", "text (2)")
    assert rows == [
        dict(zip(columns.names, ("0.csv", "a", "b", "good", "", ""), strict=True)),
        dict(zip(columns.names, ("1.csv", "f", "", "bad", "t", "u"), strict=True)),
    ]


def test_texts_under_the_name_of_the_files_do_not_hide_them(joint):
    columns, rows = joint((("file",), 0, ("good",)), (("file", "text"), 1, ("x", "bad")))
    assert columns.names == ("file", "file (2)", "file (3)") and columns.text == "file (2)"
    assert rows == [
        {"file": "0.csv", "file (2)": "good", "file (3)": ""},
        {"file": "1.csv", "file (2)": "bad", "file (3)": "x"},
    ]
