"""The document of `bert-desktop analyze`, gone through more than once."""

from pathlib import Path

import pytest

from desktop_app.command.document_source import ParsedDocument, open_source
from desktop_app.documents import folder_table
from desktop_app.documents.open_document import document_rows, preview_document
from desktop_app.documents.read_options import ReadOptions

FILES = 3


class ParserHere:
    """Reads in this process."""

    preview = staticmethod(preview_document)
    rows = staticmethod(document_rows)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "reviews"
    path.mkdir()
    for number in range(FILES):
        (path / f"{number}.csv").write_text(f"id,text,c{number}\n1,a good film,x\n", "utf-8")
    return path


def test_the_columns_of_a_folder_are_looked_for_once(folder, monkeypatch):
    opened = []  # (file, only its head)

    def counting(reading):
        opened.append((reading.path.name, reading.head_only))
        return open_file(reading)

    open_file = folder_table.open_file
    monkeypatch.setattr(folder_table, "open_file", counting)
    document = ParsedDocument(ParserHere(), folder, ReadOptions())
    preview = document.preview()
    assert preview.columns == ("file", "id", "text", "c0", "c1", "c2")
    assert len(opened) == 2 * FILES  # for the columns, and for the rows that are shown
    for _ in range(2):  # they may be counted before they are judged
        opened.clear()
        rows = list(document.rows())
        assert opened == [(f"{number}.csv", False) for number in range(FILES)]
        assert [row.cells for row in rows] == [row.cells for row in preview.rows]


def test_what_appears_after_the_preview_is_told_in_its_row(folder):
    with open_source(folder, ReadOptions()) as document:
        preview = document.preview()
        (folder / "late.csv").write_text("id,text,note\n1,late,x\n", "utf-8")
        rows = list(document.rows())
    assert {len(row.cells) for row in rows} == {len(preview.columns)}
    assert [row.status for row in rows] == ["ok", "ok", "ok", "unreadable"]
    assert "note" in rows[3].note


def test_a_file_is_read_as_its_options_say(folder):
    with open_source(folder / "0.csv", ReadOptions(header=False)) as document:
        assert document.preview().kind == "csv"
        assert next(iter(document.rows())).cells == ("id", "text", "c0")
