import csv
import io

import pytest

from desktop_app.results.csv_text import csv_line, neutralised


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        "+1",
        "-1+1",
        "-2+3+cmd|' /C calc'!A0",
        "@SUM(1+1)*cmd|' /C calc'!A0",
        "\x00=1",
        "＝1+1",
        "＋1",
        "－1",
        "＠SUM(A1)",
        " =1+1",
        "\u3000=1",
        "\ufeff=1+1",
        "\u200b=1+1",
        "-",
        "- a point of a list",
        "-1e5",
        "-1" + "0" * 20,
        "\ttext",
    ],
)
def test_what_could_be_a_formula_gets_a_quote(cell):
    assert neutralised(cell) == "'" + cell


@pytest.mark.parametrize(
    "cell", ["", "text", "1+1", "a=b", "-1", "-12.50", "0", "3.5", "'=1", "电影－好", "007", "…-1"]
)
def test_what_is_harmless_stays_as_it_is(cell):
    assert neutralised(cell) == cell


@pytest.mark.parametrize(
    ("cell", "safe"),
    [
        ("nice;=cmd|'/C calc'!A0;bye", "nice;'=cmd|'/C calc'!A0;bye"),
        ("nice\n=1+1", "nice\n'=1+1"),
        ("nice\r\n =1+1", "nice\r\n' =1+1"),
        ("a\n\t=1", "a\n\t'=1"),
        ("\t=1+1", "'\t'=1+1"),
        ("\r=1+1", "'\r'=1+1"),
        ("\n=1+1", "'\n'=1+1"),
        ("=1;=2", "'=1;'=2"),
        ("a;\u200b@SUM(A1)", "a;'\u200b@SUM(A1)"),
        ("a;＝1", "a;'＝1"),
        ('a;"=1+1;', "a;'\"=1+1;"),  # doubled, its quote is an empty field that goes on
        ("a;-1+1", "a;'-1+1"),
        ("a;--1+1", "a;'--1+1"),
        ("a;+A1", "a;'+A1"),
        ("a;-(1)", "a;'-(1)"),
        ("a;-.5+A1", "a;'-.5+A1"),
        ('a;-"a"&SUM(B1)', 'a;\'-"a"&SUM(B1)'),
        ("a;- cmd|' /C calc'!A0", "a;'- cmd|' /C calc'!A0"),
        ("a;- (1+SUM(A1))", "a;'- (1+SUM(A1))"),
    ],
)
def test_what_could_be_a_formula_once_a_cell_is_cut_gets_a_quote_too(cell, safe):
    assert neutralised(cell) == safe
    lines = csv_line(["1", safe, "end"])
    for delimiter in ",;\t":
        for line in csv.reader(io.StringIO(lines, newline=""), delimiter=delimiter):
            for field in line:
                shown = field.lstrip(" \ufeff\u200b\r\n\t")
                assert not shown.startswith((*"=+-@＝",)), (delimiter, line)


@pytest.mark.parametrize(
    "cell",
    [
        "good ;-) bad",
        "a;-)",
        "a\n- a point of a list",
        "a\n---\nb",
        "a\n--> b",
        "3;-5;-12.5",
        "a;b=c",
        "a,=1",  # the comma is ours
        "a; b\tc\nd",
    ],
)
def test_what_is_harmless_when_cut_stays_as_it_is(cell):
    assert neutralised(cell) == cell


@pytest.mark.parametrize("piece", [";", ";- ", ";-", "- ", ";- a", '"', "\t "])
def test_a_long_cell_takes_no_longer_than_its_length(piece):
    assert len(neutralised(";" + piece * 200_000)) >= 200_000


def test_any_cell_comes_back_whatever_the_delimiter_of_the_reader():
    cells = ["a,b", "a;b", "a\tb", 'say "hi"', "two\nlines", "two\r\nlines", " edge ", "电影", ""]
    line = csv_line(cells)
    assert line.endswith("\r\n")
    assert next(csv.reader(io.StringIO(line, newline=""))) == cells
    for cell in cells:  # the whole of it is one field for a program that cuts elsewhere
        for delimiter in ";\t|":
            one = csv_line([cell])
            assert next(csv.reader(io.StringIO(one, newline=""), delimiter=delimiter)) == [cell]


def test_half_a_character_is_marked():
    assert csv_line(["a\ud83d", "b"]) == "a\ufffd,b\r\n"
