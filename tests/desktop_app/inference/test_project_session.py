import threading

import numpy as np
import pytest

from desktop_app.analysis.bundle_routes import BundleRoutes
from desktop_app.documents.read_options import ReadOptions
from desktop_app.inference.project_session import ProjectSession
from desktop_app.results.provenance import Provenance
from desktop_app.results.write_options import WriteOptions

PATIENCE_MS = 60_000


def identity(worker, sha256):
    metadata = worker.bundle_metadata
    return Provenance(
        name=metadata.name,
        sha256=sha256 * 64,
        language=metadata.language,
        recipe="int8",
        licence="MIT",
        labels=metadata.labels,
        label_values=metadata.label_values,
    )


@pytest.fixture
def session(qapp, factory, tmp_path):
    provenance = tuple(
        identity(factory.known[name], name[-2]) for name in ("sentiment-en", "sentiment-zh")
    )
    routes = BundleRoutes(
        bundles={"en": "sentiment-en", "zh": "sentiment-zh"}, provenance=provenance
    )
    made = ProjectSession(tmp_path / "data", factory=factory, routes=lambda bundle: routes)
    yield made
    made.shutdown()


@pytest.fixture
def survey(tmp_path):
    path = tmp_path / "survey 答案.csv"
    lines = [f"{n},{'A good film' if n % 2 else '好电影'} {n}\n" for n in range(60)]
    path.write_text("id,text\n" + "".join(lines), encoding="utf-8")
    return path


@pytest.fixture
def judged(session, survey, qtbot):
    with qtbot.waitSignal(session.job_ended, timeout=PATIENCE_MS) as ended:
        session.import_document(survey, ReadOptions(), "text")
    assert ended.args == ["done"]
    return session


def test_from_a_preview_to_verdicts(session, survey, qtbot):
    main = threading.current_thread()
    threads, seen, states = set(), [], []
    session.progressed.connect(lambda progress: threads.add(threading.current_thread()))
    session.columns_changed.connect(seen.append)
    session.state_changed.connect(states.append)
    with qtbot.waitSignal(session.preview_ready, timeout=PATIENCE_MS) as preview:
        session.preview(survey, ReadOptions())
        assert session.state == "previewing"
    assert preview.args[0].text_column == "text" and session.state == "empty"
    with qtbot.waitSignals([session.opened, session.job_ended], timeout=PATIENCE_MS):
        session.import_document(survey, ReadOptions(), "text")
    assert states == ["previewing", "empty", "importing", "judging", "ready"]
    assert threads == {main}
    assert session.project_name == "survey 答案"
    assert [each.columns for each in session.documents] == [("id", "text")]
    assert [each.name for each in session.provenance] == ["sentiment-en", "sentiment-zh"]
    columns = session.columns()
    assert columns is seen[-1] and len(columns) == 60 and (columns.label >= 0).all()
    rows = session.rows(np.array([3, 0]))
    assert [row.cells for row in rows] == [("3", "A good film 3"), ("0", "好电影 0")]
    assert rows[0].verdict.label == "positive"
    assert session.recent == (session.project_path,)


def test_snapshots_are_never_changed(judged, qtbot):
    before = judged.columns()
    with qtbot.waitSignal(judged.columns_changed, timeout=PATIENCE_MS):
        judged.correct([0, 2], "neutral")
    assert (before.corrected < 0).all()
    assert np.flatnonzero(judged.columns().corrected >= 0).tolist() == [0, 2]


def test_labels_history_search_and_explanation(judged, qtbot):
    for act, told in (
        (lambda: judged.correct([1], "neutral"), [True, False]),
        (judged.undo, [False, True]),
        (judged.redo, [True, False]),
    ):
        with qtbot.waitSignal(judged.history_changed, timeout=PATIENCE_MS) as changed:
            act()
        assert changed.args == told
    with qtbot.waitSignal(judged.found, timeout=PATIENCE_MS) as found:
        judged.search("nothing like this")
        judged.search("good film")
    assert found.args[0].tolist() == list(range(1, 60, 2))
    with qtbot.waitSignal(judged.explained, timeout=PATIENCE_MS) as explained:
        judged.explain(1)
    ordinal, (sentence,) = explained.args
    assert (ordinal, sentence.sentence.text) == (1, "A good film 1")
    assert [word.text for word in sentence.explanation.words] == ["A", "good", "film", "1"]


def test_exports(judged, qtbot, tmp_path):
    for name, report in (("r.csv", False), ("r.xlsx", False), ("r.html", True)):
        with qtbot.waitSignal(judged.exported, timeout=PATIENCE_MS) as exported:
            judged.export(tmp_path / name, WriteOptions(), report=report, ordinals=np.arange(5))
        assert exported.args == [str(tmp_path / name)] and (tmp_path / name).stat().st_size > 200
    assert len((tmp_path / "r.csv").read_text(encoding="utf-8-sig").splitlines()) == 6
    with qtbot.waitSignal(judged.failed, timeout=PATIENCE_MS) as failed:
        judged.export(tmp_path / "none" / "r.csv", WriteOptions())
    assert "folder does not exist" in failed.args[0]


def test_closed_and_opened_again(judged, qtbot, tmp_path):
    path = judged.project_path
    with qtbot.waitSignal(judged.closed, timeout=PATIENCE_MS):
        judged.close_project()
    assert judged.state == "empty" and judged.rows([0]) == []
    with pytest.raises(RuntimeError, match="No project"):
        judged.columns()
    with qtbot.waitSignal(judged.failed, timeout=PATIENCE_MS) as failed:
        judged.open_project(tmp_path / "none.bertproject")
    assert "no project" in failed.args[0]
    with qtbot.waitSignal(judged.opened, timeout=PATIENCE_MS):
        judged.open_project(path)
    qtbot.waitUntil(lambda: judged.state == "ready", timeout=PATIENCE_MS)
    assert len(judged.columns()) == 60


def test_a_preview_that_fails_ends(session, qtbot, tmp_path):
    with qtbot.waitSignal(session.failed, timeout=PATIENCE_MS):
        session.preview(tmp_path / "none.csv", ReadOptions())
    assert session.state == "empty"
