import csv
import io

from desktop_app.results.chart_table import (
    chart_csv,
    distribution_table,
    grouped_table,
    phrase_table,
)
from desktop_app.results.summary import Distribution, GroupedCounts
from desktop_app.results.top_phrases import Phrase


def read(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_the_figures_of_a_distribution():
    figures = Distribution(
        labels=("bad", "good"), counts=(1, 3), not_judged=2, uncertain=0, mean_valence=None
    )
    assert read(chart_csv(distribution_table(figures))) == [
        ["label", "rows", "share"],
        ["bad", "1", "0.250000"],
        ["good", "3", "0.750000"],
        ["(not judged)", "2", ""],
    ]


def test_the_figures_of_groups_and_foreign_names_are_harmless():
    figures = GroupedCounts(
        column="=shop",
        labels=("bad", "good"),
        groups=("+1", "b"),
        counts=((1, 2), (0, 0)),
        not_judged=(0, 4),
        mean_valence=(-0.5, None),
        left_out=0,
    )
    assert read(chart_csv(grouped_table(figures))) == [
        ["'=shop", "bad", "good", "(not judged)", "mean valence"],
        ["'+1", "1", "2", "0", "-0.500000"],
        ["b", "0", "0", "4", ""],
    ]


def test_the_figures_of_phrases():
    phrases = ((Phrase(text="late", score=2.5, texts=4, other_texts=1),), ())
    assert phrase_table(("bad", "good"), phrases)[1] == ["bad", "late", "2.500000", "4", "1"]
