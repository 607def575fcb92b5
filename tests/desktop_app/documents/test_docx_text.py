import pytest
from make_documents import make_docx

from desktop_app.documents.document_error import DocumentError
from desktop_app.documents.open_document import preview_document


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def test_paragraphs_and_table_cells_in_their_order(tmp_path, read):
    body = (
        f"<w:p>{run('很')}{run('好')}<w:r><w:tab/><w:t>x</w:t><w:br/><w:t>y</w:t></w:r></w:p><w:p/>"
        f"<w:tbl><w:tr><w:tc><w:p>{run('cell 1')}</w:p></w:tc><w:tc><w:p>{run('cell 2')}</w:p>"
        f"</w:tc></w:tr></w:tbl><w:p>{run('end')}<w:del><w:r><w:delText>gone</w:delText></w:r>"
        "</w:del></w:p>"
    )
    table, rows = read(make_docx(tmp_path / "text.docx", body))
    assert (table.kind, table.columns) == ("docx", ("text",))
    assert [row.cells[0] for row in rows] == ["很好\tx\ny", "cell 1", "cell 2", "end"]


def test_a_text_box_is_read_once(tmp_path, read):
    box = f"<w:p>{run('box')}</w:p>"
    body = (
        f"<w:p>{run('outer')}<mc:AlternateContent><mc:Choice>{box}</mc:Choice>"
        f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:p>"
    )
    _, rows = read(make_docx(tmp_path / "box.docx", body))
    assert [row.cells[0] for row in rows] == ["box", "outer"]


def test_entities_nesting_and_damage_are_refused(tmp_path, read):
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
    with pytest.raises(DocumentError, match="entities"):
        preview_document(make_docx(tmp_path / "bomb.docx", "<w:p>&b;</w:p>", prolog=bomb))
    with pytest.raises(DocumentError, match="nested"):
        read(make_docx(tmp_path / "deep.docx", "<w:p>" * 2_000 + "</w:p>" * 2_000))
    with pytest.raises(DocumentError, match="damaged"):
        read(make_docx(tmp_path / "cut.docx", "<w:p><w:r>"))
