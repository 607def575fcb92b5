from pathlib import Path

import numpy as np
import pytest
from fake_project_session import LABELS, FakeProjectSession

from desktop_app.inference import summary_session
from desktop_app.inference.summary_session import (
    SummaryRequest,
    SummarySession,
    count_rows,
    even_sample,
)
from desktop_app.item_models.source_columns import SourceColumns


@pytest.fixture
def project():
    session = FakeProjectSession(600)
    session._open(Path("p.bertproject"))
    return session


def request_of(project, *, by=None):
    columns = project.columns()
    return SummaryRequest(
        source=SourceColumns(project.documents),
        labels=LABELS,
        places=np.arange(600, dtype=np.int32),
        codes=columns.label.astype(np.intp),
        valences=columns.valence.astype(np.float64),
        by=by,
    )


def test_groups_agree_with_a_plain_count(project):
    summary = count_rows(request_of(project), project.rows, lambda: False)
    figures = next(each for each in summary.by_column if each.column == "product")
    columns = project.columns()
    for group, counts in zip(figures.groups, figures.counts, strict=True):
        rows = [
            place
            for place, row in enumerate(project.rows(range(600)))
            if row.cells[2] == group and columns.label[place] >= 0
        ]
        expected = [sum(int(columns.label[row]) == label for row in rows) for label in range(5)]
        assert list(counts) == expected
    assert [each.column for each in summary.over_time] == ["date"]
    assert not summary.sampled
    assert any("money" in phrase.text for phrase in summary.phrases[0])


def test_a_named_column_is_counted_whatever_it_holds(project):
    summary = count_rows(request_of(project, by="id"), project.rows, lambda: False)
    assert [each.column for each in summary.by_column] == ["id"]
    assert summary.by_column[0].left_out == 580  # twenty groups are shown
    assert summary.over_time == ()


def test_a_sample_is_even_and_holds_both_ends():
    assert even_sample(5, 10).tolist() == [0, 1, 2, 3, 4]
    found = even_sample(1_000_000, 1_000)
    assert (found[0], found[-1], len(set(found.tolist()))) == (0, 999_999, 1_000)
    assert np.ptp(np.diff(found)) <= 1


def test_it_says_in_how_many_rows_phrases_were_counted(project, monkeypatch):
    summary = count_rows(request_of(project), project.rows, lambda: False)
    assert (summary.phrase_rows, summary.phrases_sampled) == (600, False)
    monkeypatch.setattr(summary_session, "_PHRASE_ROWS", 60)
    summary = count_rows(request_of(project), project.rows, lambda: False)
    assert (summary.phrase_rows, summary.phrases_sampled) == (60, True)
    assert (summary.rows, summary.sampled) == (600, False)  # cells of all


def test_the_newest_wish_alone_is_answered(qtbot, project):
    session = SummarySession(project.rows)
    told = []
    session.counted.connect(told.append)
    with qtbot.waitSignal(session.counted):
        session.ask(request_of(project))
        session.ask(request_of(project, by="product"))
    assert [summary.request.by for summary in told] == ["product"]
    session.ask(request_of(project))
    session.stop()
    session.close()
    qtbot.wait(20)
    assert len(told) == 1


def test_missing_rows_are_told(qtbot, project):
    session = SummarySession(lambda _places: [])
    with qtbot.waitSignal(session.failed) as failed:
        session.ask(request_of(project))
    assert "missing" in failed.args[0]
    session.close()
