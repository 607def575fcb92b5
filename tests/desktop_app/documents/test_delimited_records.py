import csv
import io

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.documents.delimited_records import DelimitedRecords


def records(text: str, delimiter: str = ",", width: int | None = None) -> list[list[str]]:
    lines = ((line, 0) for line in text.split("\n"))
    return [
        cells
        for cells, _ in DelimitedRecords(lines, delimiter=delimiter, max_cells=50, width=width)
    ]


@given(st.lists(st.lists(st.text('ab",; \n', max_size=6), min_size=2, max_size=4), min_size=1))
@settings(max_examples=150, deadline=None)
def test_what_the_csv_module_writes_is_read_back(rows):
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerows(rows)
    assert records(written.getvalue().removesuffix("\n")) == rows


@given(st.text('a",\n', max_size=60))
@settings(max_examples=150, deadline=None)
def test_no_character_outside_quotes_is_lost(text):
    for delimiter in (",", ""):
        read = "".join("".join(cells) for cells in records(text, delimiter))
        assert read.count("a") == text.count("a")


def test_a_quote_that_is_never_closed_does_not_swallow_the_rows_below():
    assert records('1,"stray\n2,b\n3,c') == [["1", '"stray'], ["2", "b"], ["3", "c"]]
    assert records('1,"stray\n2,"good"\n3,c') == [["1", '"stray'], ["2", "good"], ["3", "c"]]
    assert records('1,"a",x\n2,5" disk,x"\n3,"c",y', width=3) == [
        ["1", "a", "x"],
        ["2", '5" disk', 'x"'],
        ["3", "c", "y"],
    ]
    assert records('1,"stray\n2,b,c\n3,4" d', width=2)[0] == ["1", '"stray']


def test_quotes_join_lines_and_what_follows_them_is_kept():
    assert records('"a\n\nb","c\nd"\ne,f') == [["a\n\nb", "c\nd"], ["e", "f"]]
    assert records('"so" he said,b') == [['"so" he said', "b"]]
    assert records('"open', "") == [['"open']]


def test_a_row_that_only_fits_when_a_quote_is_a_character_is_read_so():
    legal = [["1", "x,y\n2,z\n3,q"], ["4", "r"]]
    assert records('1,"x,y\n2,z\n3,q"\n4,r', width=2) == legal
    assert records('1,2,"x\n2,3,z\n3,4",q', width=3) == [
        ["1", "2", '"x'],
        ["2", "3", "z"],
        ["3", '4"', "q"],
    ]


def test_more_cells_than_wanted_stay_undivided():
    lines = iter([("a,b,c,d", 0), ('"a",b,c,"d"', 0)])
    read = [cells for cells, _ in DelimitedRecords(lines, delimiter=",", max_cells=2)]
    assert read == [["a", "b", "c,d"], ["a", "b", 'c,"d"']]
