import math
from dataclasses import replace

from desktop_app.results.result_columns import ResultColumns, added_values, source_cells

FIXED = ("label", "confidence", "valence", "language", "uncertain", "status", "corrected", "model")


def test_ours_stand_behind_the_source_s_with_a_probability_for_each_label(make_table):
    columns = ResultColumns.of(make_table("id", "text"))
    assert columns.source == ("id", "text")
    assert columns.added == (
        *FIXED,
        "probability: negative",
        "probability: neutral",
        "probability: positive",
    )


def test_names_that_the_source_has_get_an_ending_whatever_their_case(make_table):
    columns = ResultColumns.of(
        make_table("Label", "label_result", " STATUS ", "probability: neutral", "text")
    )
    names = dict(zip([*FIXED, "negative", "neutral"], columns.added, strict=False))
    assert names["label"] == "label_result_2"
    assert names["status"] == "status_result"
    assert names["neutral"] == "probability: neutral_result"
    assert names["confidence"] == "confidence"
    folded = [name.strip().casefold() for name in (*columns.source, *columns.added)]
    assert len(set(folded)) == len(folded)


def test_keys_are_distinct_and_named_where_the_source_s_are_not(make_table):
    keys = ResultColumns.of(make_table("a", "", "A", "text")).keys
    assert keys[:4] == ("a", "column 2", "A_1", "text")
    assert len(set(keys)) == len(keys)


def test_numbers_are_rounded_and_missing_ones_are_nothing(make_table, make_row):
    values = added_values(make_table(), make_row("1", "x", scores=(1e-9, math.nan, 0.7654321)))
    assert values == (
        *("positive", 0.765432, 1.2, "en", False, "ok", None),
        *("sentiment-en@ab12ab12ab12", 0.0, None, 0.765432),
    )


def test_a_row_that_was_not_judged_has_empty_cells_and_its_reason(make_table, make_row):
    values = added_values(make_table(), make_row("1", "", label=None, status="blank", language=""))
    assert values == (None, None, None, None, None, "blank", None, None, None, None, None)


def test_a_minus_in_front_of_zero_goes(make_table, make_row):
    values = added_values(make_table(), make_row("1", "x", valence=-1e-9))
    assert str(values[2]) == "0.0"


def test_the_bundle_is_the_one_of_the_row_s_language(make_table, make_row):
    english = make_table().provenance[0]
    chinese = replace(english, name="sentiment-zh", sha256="cd" * 32, language="zh")
    table = make_table(provenance=(english, chinese))
    assert added_values(table, make_row("1", "x", language="zh"))[7] == "sentiment-zh@cdcdcdcdcdcd"
    assert added_values(table, make_row("1", "x", language="en"))[7] == "sentiment-en@ab12ab12ab12"
    assert added_values(table, make_row("1", "x", language="fr"))[7] is None


def test_cells_are_one_a_column_and_none_is_lost(make_table, make_row):
    table = make_table("a", "b", "c")
    assert source_cells(table, make_row("1")) == ("1", "", "")
    assert source_cells(table, make_row("1", "2", "3")) == ("1", "2", "3")
    assert source_cells(table, make_row("1", "2", "3", "4")) == ("1", "2", "3 | 4")
