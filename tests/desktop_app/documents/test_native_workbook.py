from pathlib import Path

import pytest
from make_documents import make_ods

from desktop_app.documents.document_error import DocumentError
from desktop_app.documents.open_document import preview_document

XLS = Path(__file__).parent / "samples" / "table.xls"


def test_xls(read):
    table, rows = read(XLS)
    assert (table.kind, table.sheets) == ("xls", ("评论", "second"))
    assert table.columns == ("编号", "评论", "评分")
    assert [row.cells for row in rows] == [
        ("007", "很好，不错", "4.5"),
        ("008", "Très “bon”", "3"),
        ("", "", "2024-01-31"),
    ]


def test_ods(tmp_path, read):
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    rows = "".join(
        f"<table:table-row>{cell.format(a)}{cell.format(b)}</table:table-row>"
        for a, b in (("id", "text"), ("007", "很好"))
    )
    table, found = read(make_ods(tmp_path / "table.ods", rows))
    assert (table.kind, table.columns) == ("ods", ("id", "text"))
    assert [row.cells for row in found] == [("007", "很好")]


def test_a_process_that_must_not_die_reads_none():
    with pytest.raises(DocumentError, match="ParserProcess") as caught:
        preview_document(XLS)
    assert caught.value.reason == "reader"


def test_damage_is_told(tmp_path, read):
    path = tmp_path / "table.xls"
    path.write_bytes(XLS.read_bytes()[:1000])
    with pytest.raises(DocumentError, match="damaged"):
        read(path)
