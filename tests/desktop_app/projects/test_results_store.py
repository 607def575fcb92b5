import numpy as np
import pytest

from desktop_app.projects.project import Project
from desktop_app.projects.project_error import ProjectError
from desktop_app.projects.table_columns import TableColumns
from desktop_app.projects.verdict import ProjectBundle, StoredJudgement, WaitingText

EN, ZH, ES = "e" * 64, "c" * 64, "5" * 64
ROUTING = {"en": EN, "zh": ZH}
TEXTS = ["great phone", "很好", "great phone", " ", "mañana", "很好啊", "bad", "a very long answer"]


def names(columns: TableColumns, column: str, kind: str) -> list[str | None]:
    known = getattr(columns, kind)
    return [None if number < 0 else known[number] for number in getattr(columns, column)]


def same(left: TableColumns, right: TableColumns) -> None:
    for name in ("rows", "documents", "texts", "read_status", "status", "uncertain", "corrected"):
        np.testing.assert_array_equal(getattr(left, name), getattr(right, name), name)
    for name in ("confidence", "valence"):
        np.testing.assert_array_equal(getattr(left, name), getattr(right, name), name)
    for column, kind in (("label", "labels"), ("language", "languages"), ("status", "statuses")):
        assert names(left, column, kind) == names(right, column, kind)
        assert getattr(left, column).dtype == getattr(right, column).dtype


def test_each_distinct_text_is_judged_once(project, steps):
    steps.imported(project, TEXTS)
    assert project.waiting_count(ROUTING) == 7
    assert steps.analysed(project) == list(dict.fromkeys(TEXTS))
    assert project.waiting_count(ROUTING) == 0 and steps.analysed(project) == []
    steps.imported(project, ["bad", "new here", "great phone"], path="/more.csv")
    assert steps.analysed(project) == ["new here"]


def test_columns_say_what_was_stored(project, steps):
    steps.imported(project, TEXTS)
    columns = project.columns(ROUTING)
    assert names(columns, "status", "statuses") == ["waiting"] * 8
    assert (columns.label == -1).all() and (columns.language == -1).all()
    steps.analysed(project)
    columns = project.columns(ROUTING)
    assert names(columns, "label", "labels") == [
        "positive", "bad", "positive", None, None, "good", "negative", "negative",
    ]  # fmt: skip
    assert names(columns, "status", "statuses") == [
        "judged", "judged", "judged", "blank", "unsupported language", "judged", "judged", "judged",
    ]  # fmt: skip
    assert names(columns, "language", "languages")[4:6] == ["es", "zh"]
    nan = np.nan
    np.testing.assert_array_equal(
        columns.confidence,
        np.array([0.75, 0.875, 0.75, nan, nan, 0.875, 0.75, 0.75], np.float32),
    )
    np.testing.assert_array_equal(columns.valence, [1, nan, 1, nan, nan, nan, -1, -1])
    assert columns.uncertain.tolist() == [False] * 7 + [True]
    assert columns.rows.tolist() == list(range(1, 9))


def test_columns_agree_with_rows(project, steps):
    steps.imported(project, TEXTS)
    steps.analysed(project)
    project.correct_label(2, "mixed")
    columns = project.columns(ROUTING)
    rows = project.rows(columns.rows.tolist(), ROUTING)
    found = [None if row.verdict is None else row.verdict.label for row in rows]
    assert found == names(columns, "label", "labels")
    assert [row.corrected for row in rows] == names(columns, "corrected", "labels")
    assert [row.text for row in rows] == TEXTS
    verdict = rows[0].verdict
    assert verdict.scores == (0.125, 0.125, 0.75) and verdict.bundle == EN
    assert (verdict.language, verdict.valence, verdict.status) == ("en", 1.0, "judged")


def test_columns_kept_up_to_date_are_those_read_anew(project, steps):
    document = steps.document(project)
    project.append_rows(document.id, [steps.row("0", text) for text in TEXTS[:3]])
    columns = project.columns(ROUTING)
    steps.analysed(project)
    columns = project.columns(ROUTING)
    project.append_rows(document.id, [steps.row("0", text) for text in TEXTS])
    columns.extend(project.columns(ROUTING, after=int(columns.rows[-1])))
    same(columns, project.columns(ROUTING))
    for batch in project.unanalysed(ROUTING, limit=2):
        stored = project.store_results(steps.verdict(text) for text in batch)
        changed = columns.apply(stored)
        assert set(columns.texts[changed]) == set(stored.texts)
        same(columns, project.columns(ROUTING))
    for change in (
        lambda: project.correct_labels([1, 4, 9], "positive"),
        lambda: project.correct_label(4, "mixed"),
        project.undo,
        project.undo,
        project.redo,
    ):
        columns.apply_labels(change())
        same(columns, project.columns(ROUTING))


def test_a_routing_shows_its_own_results_and_waits_for_the_missing(project, steps):
    steps.imported(project, TEXTS)
    steps.analysed(project)
    spanish = {**ROUTING, "es": ES}
    assert project.waiting_count(spanish) == 1
    assert [text for batch in project.unanalysed(spanish) for text in batch] == [
        WaitingText(id=4, text="mañana", language="es")
    ]
    everything = {"*": EN}
    waiting = [text.text for batch in project.unanalysed(everything) for text in batch]
    assert waiting == ["很好", "mañana", "很好啊"]  # blank ones wait for nobody
    columns = project.columns(everything)
    assert names(columns, "label", "labels")[:2] == ["positive", None]
    project.store_results(
        [StoredJudgement(text_id=2, language="zh", status="failed", bundle=EN)]  # not asked again
    )
    assert project.waiting_count(everything) == 2
    assert names(project.columns(everything), "status", "statuses")[1] == "failed"
    assert names(project.columns(ROUTING), "label", "labels")[1] == "bad"


def test_unknown_languages_are_flagged(project, steps):
    steps.imported(project, ["brr", "x y"])
    project.store_results([StoredJudgement(text_id=1, language="", status="unknown language")])
    assert project.waiting_count(ROUTING) == 1
    assert names(project.columns(ROUTING), "status", "statuses") == ["unknown language", "waiting"]


def test_a_run_gives_no_text_twice_even_if_nothing_is_stored(project, steps):
    steps.imported(project, TEXTS)
    given = [text.id for batch in project.unanalysed(ROUTING, limit=2) for text in batch]
    assert given == [1, 2, 3, 4, 5, 6, 7]


def test_verdicts_that_do_not_fit_are_refused_whole(project, steps):
    steps.imported(project, TEXTS)
    right = StoredJudgement(
        text_id=1, language="en", status="judged", bundle=EN, label="bad", scores=(1,)
    )
    with pytest.raises(ProjectError, match="not known"):
        project.store_results([right])
    project.add_bundle(ProjectBundle(sha256=EN, name="x", labels=("bad", "good"), details={"a": 1}))
    for label, scores in (("bad", (1.0,)), ("worse", (0.5, 0.5)), ("bad", (np.nan, 1.0))):
        wrong = StoredJudgement(
            text_id=2, language="en", status="judged", bundle=EN, label=label, scores=scores
        )
        fine = StoredJudgement(text_id=1, language="en", status="failed", bundle=EN)
        with pytest.raises(ProjectError, match="does not fit"):
            project.store_results([fine, wrong])
    assert project.waiting_count(ROUTING) == 7
    assert project.bundles()[0].details == {"a": 1}


def test_repeated_texts_share_their_verdict(path, steps):
    with Project.create(path) as project:
        document = steps.document(project)
        texts = [f"text {number % 3000}" for number in range(4000)]
        project.append_rows(document.id, [steps.row("0", text) for text in texts])
        steps.analysed(project, limit=1000)
        columns = project.columns(ROUTING)
        assert len(columns) == 4000 and (columns.label >= 0).all()
        expected = [len(text) % 3 for text in texts]
        order = ("negative", "neutral", "positive")
        assert [order.index(name) for name in names(columns, "label", "labels")] == expected
        assert columns.holding(np.array([1], np.int32)).nonzero()[0].tolist() == [0, 3000]
