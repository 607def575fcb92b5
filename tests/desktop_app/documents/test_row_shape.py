from desktop_app.documents.row_shape import RowShape, empty_rows
from desktop_app.documents.table_row import TableRow

SHAPE = RowShape(2, joint=";", max_cell_characters=5, encoding="big5")


def test_a_row_that_fits_is_left_alone():
    assert SHAPE.row(["a", "b"]) == TableRow(("a", "b"))


def test_every_repair_is_noted():
    ragged = TableRow(("a", "b;c"), "ragged", "3 cells for 2 columns")
    assert SHAPE.row(["a", "b", "c"]) == ragged
    assert SHAPE.row(["a"]) == TableRow(("a", ""), "ragged", "1 cells for 2 columns")
    cut = TableRow(("a", "bbbbb"), "cut", "a cell of 9 characters was cut to 5")
    assert SHAPE.row(["a", "b" * 7], dropped=2) == cut
    damaged = SHAPE.row(["a", "\ufffd\ufffd"])
    assert (damaged.status, damaged.note) == (
        "unreadable",
        "2 characters are damaged or not big5",
    )


def test_rows_without_cells_are_kept_but_for_the_last_and_for_gaps():
    records = [([], 0), (["a", "b"], 0), (empty_rows(3_000), 0), (["c", "d"], 0), ([], 0)]
    rows = list(SHAPE.rows(records))
    assert [row.cells for row in rows] == [("", ""), ("a", "b"), ("", ""), ("c", "d")]
    assert "3,000 empty rows" in rows[2].note
