import os

import pytest
from make_documents import make_docx

from desktop_app.documents import folder_listing, folder_table
from desktop_app.documents.document_error import DocumentError
from desktop_app.documents.folder_listing import list_folder
from desktop_app.documents.open_document import preview_document


def test_the_union_of_its_files(tmp_path, read):
    (tmp_path / "a.csv").write_text("id,text\n1,good\n2,bad\n")
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "c.csv").write_bytes("评论,id\n很好,3\n".encode("gb18030"))
    (tmp_path / "b" / "d.txt").write_text("a line\n")
    table, rows = read(tmp_path)
    assert (table.kind, table.columns) == ("folder", ("file", "id", "text", "评论"))
    assert [row.cells for row in rows] == [
        ("a.csv", "1", "good", ""),
        ("a.csv", "2", "bad", ""),
        ("b/c.csv", "3", "", "很好"),
        ("b/d.txt", "", "a line", ""),
    ]


def test_a_bad_file_is_one_row_and_stops_nothing(tmp_path, read):
    make_docx(tmp_path / "a.docx", "<w:p><w:r>")
    (tmp_path / "b.csv").write_bytes(b"\x89PNG\r\n" + b"\0" * 100)
    (tmp_path / "c.txt").write_text("fine\n")
    _, rows = read(tmp_path)
    assert [row.status for row in rows] == ["unreadable", "unreadable", "ok"]
    assert "damaged" in rows[0].note


def test_loops_devices_and_other_files_are_counted(tmp_path):
    (tmp_path / "a.txt").write_text("x")
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "link.txt").symlink_to(tmp_path / "a.txt")
    (tmp_path / "broken.txt").symlink_to("nowhere")
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / ".hidden.txt").write_text("x")
    (tmp_path / "picture.png").write_bytes(b"x")
    listing = list_folder(tmp_path)
    assert [path.name for path in listing.files] == ["a.txt", "link.txt"]
    assert listing.skipped == {
        "links to folders": 1,
        "links that lead nowhere or files that cannot be read": 1,
        "devices and pipes": 1,
        "hidden files": 1,
        "files of other kinds": 1,
    }


def test_ten_thousand_files_are_listed_up_to_the_limit(tmp_path, monkeypatch):
    monkeypatch.setattr(folder_listing, "MAX_FILES", 900)
    for number in range(1_000):
        (tmp_path / f"{number:04}.txt").touch()
    preview = preview_document(tmp_path)
    assert preview.warnings[0] == "Left out: 100 beyond the first 900 documents."
    assert "20 of 900" in preview.warnings[1]
    monkeypatch.setattr(folder_listing, "MAX_LOOKED_AT", 100)
    assert len(list_folder(tmp_path).files) == 100


def test_a_folder_without_documents_is_refused(tmp_path):
    with pytest.raises(DocumentError, match="it is empty"):
        preview_document(tmp_path)
    (tmp_path / "picture.png").touch()
    with pytest.raises(DocumentError, match="1 files of other kinds"):
        preview_document(tmp_path)


def test_columns_are_those_of_all_files_in_the_preview_too(tmp_path, read):
    for number in range(30):
        (tmp_path / f"{number:02}.csv").write_text(f"id,text\n{number},hello there\n")
    (tmp_path / "29.csv").write_text("text,late\nhello there,29\n")
    preview = preview_document(tmp_path)
    assert preview.columns == ("file", "id", "text", "late") and preview.unread == 0
    table, rows = read(tmp_path)
    assert table.columns == preview.columns
    assert rows[-1].cells == ("29.csv", "", "hello there", "29")


def test_of_very_many_files_the_first_ones_tell_the_columns(tmp_path, read, monkeypatch):
    monkeypatch.setattr(folder_table, "MAX_HEADS", 2)
    for name in "abc":
        (tmp_path / f"{name}.csv").write_text(f"id,text\n{name},hello there\n")
    (tmp_path / "c.csv").write_text("id,text,late\n1,hello there,x\n2,hello there,\n")
    preview = preview_document(tmp_path)
    assert "first 2 of 3 documents" in preview.warnings[-1]
    table, rows = read(tmp_path)
    assert table.columns == preview.columns == ("file", "id", "text")
    assert rows[2].cells == ("c.csv", "1", "hello there")
    assert rows[2].status == "ragged" and "no such column: late" in rows[2].note
    assert rows[3].status == "ok"


def test_rows_are_laid_out_by_the_columns_of_the_preview(tmp_path, read):
    """Whether a file can be read at the one moment and not at the other."""
    (tmp_path / "a.csv").write_text("id,text,file\n1,good,x\n")
    (tmp_path / "b.csv").write_text("text,id\nbad,2\n")
    (tmp_path / "c.csv").write_bytes(b"\x89PNG\r\n")
    preview = preview_document(tmp_path)
    assert preview.columns == ("file", "id", "text", "file (2)") and preview.unread == 1
    assert "1 documents cannot be read" in preview.warnings[0]
    (tmp_path / "a.csv").write_bytes(b"\x89PNG\r\n")
    (tmp_path / "c.csv").write_text("comment\nfine\n")
    table, rows = read(tmp_path, columns=preview.columns)
    assert table.columns == preview.columns
    assert rows[1].cells == ("b.csv", "2", "bad", "")
    assert [row.status for row in rows] == ["unreadable", "ok", "unreadable"]
    assert "other columns" in rows[2].note
    (tmp_path / "a.csv").write_text("id,text,file\n1,good,x\n")
    _, rows = read(tmp_path, columns=preview.columns)
    assert rows[0].cells == ("a.csv", "1", "good", "x")
