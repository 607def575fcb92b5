import datetime
import time

import psutil
import pytest
from make_documents import make_endless_xlsx, make_xlsx, replace_part

from desktop_app.documents.document_error import DocumentError
from desktop_app.documents.open_document import preview_document


def test_values_as_they_are_shown(tmp_path, read):
    day = datetime.datetime(2024, 1, 31)
    rows = [
        ["id", "评论", "score", "day"],
        ["007", "很好", 4.5, day],
        [8, None, 3, None],
        [None, "b"],
    ]
    path = make_xlsx(tmp_path / "table.xlsx", {"one": rows, "二": [["x"], ["y"]]})
    table, found = read(path)
    assert (table.kind, table.sheets, table.sheet) == ("xlsx", ("one", "二"), "one")
    assert table.columns == ("id", "评论", "score", "day")
    assert [row.cells for row in found] == [
        ("007", "很好", "4.5", "2024-01-31"),
        ("8", "", "3", ""),
        ("", "b", "", ""),
    ]
    assert {row.status for row in found} == {"ok"}
    assert read(path, sheet="二", header=False)[1][1].cells == ("y",)


def test_a_sheet_that_does_not_exist(tmp_path):
    path = make_xlsx(tmp_path / "table.xlsx", {"one": [["x"]]})
    from desktop_app.documents.read_options import ReadOptions

    with pytest.raises(DocumentError, match="'one'"):
        preview_document(path, ReadOptions(sheet="two"))


def test_zeros_that_only_the_format_shows_are_kept(tmp_path, read):
    from openpyxl import Workbook

    book = Workbook()
    book.active.append(["id"])
    book.active.append([7])
    book.active["A2"].number_format = "00000"
    book.save(tmp_path / "table.xlsx")
    assert read(tmp_path / "table.xlsx")[1][0].cells == ("00007",)


def test_a_cell_at_the_far_end_costs_nothing(tmp_path, read):
    path = make_endless_xlsx(tmp_path / "endless.xlsx")
    assert path.stat().st_size < 10_000
    read(path)  # imports
    before = psutil.Process().memory_info().rss
    begun = time.process_time()
    preview = preview_document(path)
    assert time.process_time() - begun < 1.0
    assert psutil.Process().memory_info().rss - before < 50 << 20
    assert preview.rows[0].cells[0] == "first"
    assert len(preview.columns) == 1_000
    assert [row.status for row in preview.rows] == ["ok", "no text", "ragged"]
    assert "1,048,574 empty rows" in preview.rows[1].note
    assert preview.rows[2].cells[-1] == "\tlast"


def test_entities_are_refused(tmp_path):
    path = make_xlsx(tmp_path / "bomb.xlsx", {"one": [["x"]]})
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><sst>&b;</sst>'
    for part in ("xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"):
        replace_part(path, part, bomb)
        with pytest.raises(DocumentError, match="entities"):
            preview_document(path)


def test_damaged_workbooks_are_told(tmp_path):
    path = make_xlsx(tmp_path / "table.xlsx", {"one": [["x"], ["y"]]})
    whole = path.read_bytes()
    for content in (whole[:-200], whole[: len(whole) // 2], b"PK\x03\x04" + b"x" * 100):
        path.write_bytes(content)
        with pytest.raises(DocumentError):
            preview_document(path)
    path.write_bytes(whole)
    replace_part(path, "xl/workbook.xml", b"<workbook/>")
    with pytest.raises(DocumentError):
        preview_document(path)
    path.write_bytes(whole)
    replace_part(path, "xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row><c")
    with pytest.raises(DocumentError, match="damaged"):
        preview_document(path)


def test_an_encrypted_workbook_is_one_locked_row(tmp_path, read):
    path = tmp_path / "locked.xlsx"
    name = "EncryptedPackage".encode("utf-16-le")
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 1000 + name + b"\0" * 1000)
    table, rows = read(path)
    assert [row.status for row in rows] == ["locked"]
    assert "password" in table.warnings[0]


def sheet_with(path, *rows):
    """A workbook whose only sheet has these rows of XML."""
    make_xlsx(path, {"one": [["x"]]})
    namespace = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    data = "".join(rows).encode()
    sheet = b'<worksheet xmlns="%s"><sheetData>%s</sheetData></worksheet>' % (namespace, data)
    return replace_part(path, "xl/worksheets/sheet1.xml", sheet)


def row_of(number, column="A", text="hello"):
    cell = f'<c r="{column}{number}" t="inlineStr"><is><t>{text}</t></is></c>'
    return f'<row r="{number}">{cell}</row>'


@pytest.mark.parametrize(
    "rows",
    [
        (row_of(1), row_of(10_000_000_000_000)),
        (row_of(1), row_of(20_000_000)),
        (row_of(1), row_of(1_048_577)),
        (row_of(5), row_of(4)),
        (row_of(5), row_of(5)),
        ('<row r="0"/>',),
        (row_of(1), row_of(2, "XFE")),
        (row_of(1), row_of(2, "ZZZ")),
    ],
)
def test_rows_and_columns_that_no_sheet_has_are_refused_at_once(tmp_path, rows):
    path = sheet_with(tmp_path / "far.xlsx", *rows)
    begun = time.process_time()
    with pytest.raises(DocumentError, match=r"has a (row|cell in column) -?\d+"):
        preview_document(path)
    assert time.process_time() - begun < 2.0


def test_the_last_place_of_a_sheet_and_cells_in_any_order_are_read(tmp_path, read):
    mixed = (
        '<row r="2"><c r="B2" t="inlineStr"><is><t>b</t></is></c>'
        '<c r="A2" t="inlineStr"><is><t>a</t></is></c></row><row r="3"/>'
    )
    rows = row_of(1, "A", "name"), mixed, row_of(1_048_576, "XFD", "last")
    found = read(sheet_with(tmp_path / "a.xlsx", *rows), header=False, max_columns=10)[1]
    assert found[1].cells == ("a", "b", *[""] * 8)
    assert "1,048,573 empty rows" in found[2].note
    assert found[3].cells[-1] == "\tlast"
