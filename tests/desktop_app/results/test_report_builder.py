import json

import pytest

from desktop_app.results.report_builder import EXAMPLES, ReportBuilder
from desktop_app.results.result_error import ResultError

DAYS = ("2024-01-05", "2024-02-05", "2024-03-05")


@pytest.fixture
def rows(make_row):
    """Thirty rows of two shops over three months."""
    made = []
    for number in range(30):
        good = number % 3 != 0
        made.append(
            make_row(
                str(number),
                ("north", "south")[number % 2],
                DAYS[number // 10],
                f"great film {number}" if good else f"awful film {number}",
                label="positive" if good else "negative",
                scores=(0.2, 0.1, 0.5 + number / 100) if good else (0.6, 0.1, 0.3),
                valence=1.0 if good else -2.0,
                uncertain=number % 10 == 0,
            )
        )
    return made


@pytest.fixture
def table(make_table):
    return make_table("id", "shop", "day", "text")


def report(table, rows, **named):
    builder = ReportBuilder(table, **named)
    assert list(builder.passing(rows)) == list(rows)
    return builder.report(title="reviews.csv", created="2024-05-01T10:00:00+02:00")


def test_figures_are_those_of_the_rows(table, rows):
    found = report(table, rows)
    assert found.rows == 30
    assert found.distribution.counts == (10, 0, 20)
    assert found.distribution.uncertain == 3
    assert found.distribution.mean_valence == 0.0
    assert found.statuses == (("ok", 30),)
    assert found.languages == (("en", 30),)
    assert found.corrected == 0


def test_columns_that_fit_are_found(table, rows):
    found = report(table, rows)
    assert [figures.column for figures in found.by_column] == ["shop"]  # no id, no text, no day
    assert found.by_column[0].groups == ("north", "south")
    assert found.by_column[0].counts == ((5, 0, 10), (5, 0, 10))
    (time,) = found.over_time
    assert (time.column, time.bucket) == ("day", "day")
    assert sum(map(sum, time.counts)) == 30


def test_columns_can_be_named(table, rows):
    found = report(table, rows, by=["id", "day"], over_time=[], bucket="month")
    assert [figures.column for figures in found.by_column] == ["id", "day"]
    assert found.by_column[0].left_out == 10
    assert found.over_time == ()
    found = report(table, rows, by=[], over_time=["day"], bucket="month")
    assert found.over_time[0].groups == ("2024-01", "2024-02", "2024-03")
    assert found.over_time[0].counts == ((4, 0, 6), (3, 0, 7), (3, 0, 7))
    with pytest.raises(ResultError, match="no column 'shops'; there are 'id', 'shop'"):
        ReportBuilder(table, by=["shops"])


def test_phrases_and_the_surest_examples_of_each_class(table, rows):
    found = report(table, rows)
    negative, neutral, positive = found.phrases
    assert [each.text for each in negative] == ["awful film"]
    assert (neutral, [each.text for each in positive]) == ((), ["great film"])
    shown = [each.text for each in found.examples[2]]
    assert shown == [f"great film {number}" for number in (29, 28, 26, 25, 23)]
    assert [each.text for each in found.examples[0]] == [
        f"awful film {number}" for number in (0, 3, 6, 9, 12)
    ]
    assert len(shown) == EXAMPLES


def test_equal_texts_are_one_example_and_long_ones_are_cut(table, make_row):
    rows = [make_row("1", "a", "", "same text")] * 10 + [make_row("2", "a", "", "long " * 500)]
    (_, _, examples) = report(table, rows).examples
    assert [each.text for each in examples] == ["same text", "long " * 79 + "long…"]


def test_a_person_s_label_counts_before_the_network_s(table, make_row):
    rows = [
        make_row("1", "a", "", "x", corrected="negative"),
        make_row("2", "a", "", "y", corrected="positive"),
        make_row("3", "a", "", "z", label=None, status="unknown language", language=""),
        make_row("4", "a", "", "w", label=None, status="unknown language", corrected="neutral"),
        make_row("5", "a", "", "v", corrected="sarcasm"),
    ]
    found = report(table, rows)
    assert found.distribution.counts == (1, 1, 2)
    assert found.distribution.not_judged == 1
    assert found.corrected == 3
    assert found.statuses == (("ok", 3), ("unknown language", 2))
    assert [each.text for each in found.examples[2]] == ["y"]


def test_chunks_do_not_show(table, rows, make_row):
    many = [row for _ in range(80) for row in rows]  # more than two chunks
    found = report(table, many)
    assert found.rows == 2400
    assert found.distribution.counts == (800, 0, 1600)
    assert found.by_column[1].counts == ((400, 0, 800), (400, 0, 800))


def test_no_rows_give_a_report(table):
    found = report(table, [])
    assert (found.rows, found.by_column, found.over_time) == (0, (), ())
    assert found.to_dict()["labels"] == {"negative": 0, "neutral": 0, "positive": 0}


def test_the_figures_as_json_hold_no_texts(table, rows):
    text = json.dumps(report(table, rows).to_dict())
    assert "film" not in text
    assert json.loads(text)["judged"] == 30
    assert json.loads(text)["models"][0]["sha256"] == "ab12" * 16


def test_texts_can_be_left_alone(table, rows):
    found = report(table, rows, texts=False)
    assert found.distribution.counts == (10, 0, 20)
    assert found.phrases == found.examples == ((), (), ())
