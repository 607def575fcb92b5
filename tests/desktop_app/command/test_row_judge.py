import math

import pytest

from desktop_app.analysis.judgement import Judgement
from desktop_app.command import row_judge
from desktop_app.command.row_judge import RowJudge
from desktop_app.documents.table_row import TableRow
from desktop_app.results.provenance import Provenance
from desktop_app.results.result_row import ResultTable
from export.runtime.results import Classification

LABELS = ("negative", "neutral", "positive")


class GoodOrBad:
    """Judges by one word; knows no neutral; remembers what it was asked."""

    provenance: tuple[Provenance, ...] = ()

    def __init__(self) -> None:
        self.asked: list[list[str]] = []

    def judge(self, texts, progress):
        self.asked.append(list(texts))
        progress(len(texts))
        return [self._one(text) for text in texts]

    def _one(self, text):
        if not text.strip():
            return Judgement("blank", "", None)
        if text.startswith("Bonjour"):
            return Judgement("unsupported language", "fr", None)
        good = 0.9 if "good" in text else 0.45
        verdict = Classification(
            label="positive" if good > 0.5 else "negative",
            scores={"negative": 1 - good, "positive": good},
            valence=good,
            tokens=len(text),
            truncated=len(text) > 100,
        )
        return Judgement("judged", "en", verdict)

    def close(self):
        pass


TABLE = ResultTable(
    columns=("id", "text"), text_column="text", labels=LABELS, provenance=(), settings=()
)


@pytest.fixture
def judge() -> GoodOrBad:
    return GoodOrBad()


def test_every_row_stays_in_order_with_verdict_or_reason(judge):
    rows = [
        TableRow(("1", "a good film")),
        TableRow(("2", " ")),
        TableRow(("3", "Bonjour")),
        TableRow(("4", "dull"), "ragged", "3 cells for 2 columns"),
        TableRow(("5", "x" * 200)),
        TableRow(("6", ""), "unreadable", "a damaged page"),
        TableRow(("7", "good " * 30), "cut"),
    ]
    found = list(RowJudge(judge, TABLE).rows(rows))
    assert [row.cells for row in found] == [row.cells for row in rows]
    assert [(row.label, row.status, row.language) for row in found] == [
        ("positive", "ok", "en"),
        (None, "blank", ""),
        (None, "unsupported language", "fr"),
        ("negative", "ragged", "en"),
        ("negative", "truncated", "en"),
        (None, "unreadable", ""),
        ("positive", "cut; truncated", "en"),
    ]
    assert [row.uncertain for row in found] == [False, False, False, True, True, False, False]
    first, second = found[0].scores, found[1].scores
    assert (round(first[0], 6), math.isnan(first[1]), first[2]) == (0.1, True, 0.9)
    assert second == ()
    assert "" not in judge.asked[0]  # the unreadable row was not judged


def test_equal_texts_are_judged_once_also_in_different_chunks(judge, monkeypatch):
    monkeypatch.setattr(row_judge, "_CHUNK_ROWS", 4)
    texts = ["a", "b", "a", "a", "b", "a", "c", "c", "a"]
    rows = [TableRow((str(number), text)) for number, text in enumerate(texts)]
    found = list(RowJudge(judge, TABLE).rows(rows))
    assert [row.cells[1] for row in found] == texts
    assert judge.asked == [["a", "b"], ["c"]]


def test_the_text_not_met_for_longest_is_forgotten(judge, monkeypatch):
    monkeypatch.setattr(row_judge, "_CHUNK_ROWS", 1)
    texts = ["a", "b", "a", "c", "a", "b"]
    rows = [TableRow((str(number), text)) for number, text in enumerate(texts)]
    list(RowJudge(judge, TABLE, remembered=2).rows(rows))
    assert judge.asked == [["a"], ["b"], ["c"], ["b"]]


def test_rows_are_judged_as_they_come_whatever_their_size(judge):
    taken = []

    def rows():
        for number in range(20):
            taken.append(number)
            yield TableRow((str(number), "x" * 1_000_000))

    found = RowJudge(judge, TABLE).rows(rows())
    next(found)
    assert len(taken) == 4  # four million characters
    assert sum(1 for _ in found) == 19


def test_progress_reaches_the_number_of_rows(judge, monkeypatch):
    monkeypatch.setattr(row_judge, "_CHUNK_ROWS", 3)
    told = []
    rows = [TableRow((str(number), f"good {number % 4}")) for number in range(8)]
    list(RowJudge(judge, TABLE).rows(rows, told.append))
    assert told[-1] == 8
    assert told == sorted(told)


def test_half_characters_reach_no_network(judge):
    (row,) = RowJudge(judge, TABLE).rows([TableRow(("1", "good \ud83d"))])
    assert judge.asked == [["good \ufffd"]]
    assert row.cells[1] == "good \ud83d"


def test_a_row_without_the_column_is_blank(judge):
    (row,) = RowJudge(judge, TABLE).rows([TableRow(("1",))])
    assert row.status == "blank"
