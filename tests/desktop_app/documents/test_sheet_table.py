import datetime
from pathlib import Path

import pytest

from desktop_app.documents.opened_table import Reading
from desktop_app.documents.sheet_table import SheetTable, cell_text, trimmed


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (None, "", ""),
        (True, "", "TRUE"),
        (7, "", "7"),
        (7.0, "000", "007"),
        (0.1, "0.00", "0.1"),
        (123456789012345.0, "", "123456789012345"),
        (float("nan"), "", "nan"),
        (float("inf"), "", "inf"),
        (datetime.datetime(2024, 1, 31), "", "2024-01-31"),
        (datetime.datetime(2024, 1, 31, 10, 5), "", "2024-01-31 10:05:00"),
        (datetime.time(10, 5), "", "10:05:00"),
        ("=1+1", "", "=1+1"),
    ],
)
def test_values_as_text(value, number_format, text):
    assert cell_text(value, number_format) == text


def test_rows_are_as_wide_as_the_widest_and_empty_ones_at_the_end_are_left_out():
    rows = [[], ["id", "text"], ["1", "good", "extra"], ["2"], [], []]
    table = SheetTable(rows, Reading(path=Path("table.xlsx")))
    assert table.columns == ("id", "text", "C")
    assert [row.cells for row in table.rows()] == [("1", "good", "extra"), ("2", "", "")]
    assert trimmed(["a", "", ""]) == ["a"]


def test_a_preview_has_the_columns_of_the_reading_whatever_rows_are_empty():
    """The first 200 rows with cells tell them, not the first 200 rows."""
    rows = [["id", "text"], *([str(n), "hello there"] if n % 2 else [] for n in range(300))]
    rows.append(["1", "hello there", "more"])
    path = Path("table.xlsx")
    preview, reading = (
        SheetTable(rows, Reading(path=path, head_only=head)).columns for head in (True, False)
    )
    assert preview == reading == ("id", "text", "C")
