from pathlib import Path

import pytest
from make_documents import make_pdf

from desktop_app.documents.document_error import DocumentError
from desktop_app.documents.open_document import preview_document
from desktop_app.documents.pdf_text import paragraphs


def test_pages_and_paragraphs(tmp_path, read):
    pages = [["The first paragraph goes on", "to its end.", "The second one."], [], ["Last page."]]
    table, rows = read(make_pdf(tmp_path / "book.pdf", pages))
    assert (table.kind, table.columns) == ("pdf", ("page", "text"))
    assert [(*row.cells, row.status) for row in rows] == [
        ("1", "The first paragraph goes on to its end.", "ok"),
        ("1", "The second one.", "ok"),
        ("2", "", "no text"),
        ("3", "Last page.", "ok"),
    ]


def test_a_password_gives_one_locked_row(read):
    _, rows = read(Path(__file__).parent / "samples" / "locked.pdf")
    assert [row.status for row in rows] == ["locked"]


def test_damage_is_told(tmp_path, read):
    path = make_pdf(tmp_path / "book.pdf", [["text"]])
    path.write_bytes(path.read_bytes()[:60])
    with pytest.raises(DocumentError, match="damaged"):
        read(path)


def test_a_process_that_must_not_die_reads_none(tmp_path):
    with pytest.raises(DocumentError, match="ParserProcess"):
        preview_document(make_pdf(tmp_path / "book.pdf", [["text"]]))


def test_lines_become_paragraphs():
    text = "A line that fills the page to its\r\nmargin.\r\nShort.\r\n\r\n很好，\r\n真的"
    long = "A line that fills the page to its margin."
    assert paragraphs(text) == [long, "Short.", "很好，真的"]
    assert paragraphs("") == []
