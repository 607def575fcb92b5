"""Which bundle judges a project, and documents that leave it."""

import threading
from collections import Counter

import pytest
from bundle_maker import BundleMaker
from fake_worker import FakeWorker, metadata

from desktop_app.analysis.bundle_routes import BundleRoutes, shipped_routes
from desktop_app.analysis.worker_shelf import background_worker
from desktop_app.documents.read_options import ReadOptions
from desktop_app.inference.project_session import ProjectSession
from desktop_app.projects.verdict import ANY_LANGUAGE
from desktop_app.results.provenance import Provenance

PATIENCE_MS = 60_000
THREE = ("praise", "question", "complaint")


class SlowWorker(FakeWorker):
    """Waits before every answer until it may go on."""

    gate = threading.Event()

    def submit(self, kind, texts):
        assert self.gate.wait(30)
        return super().submit(kind, texts)


@pytest.fixture
def topics(factory):
    """A bundle with three invented labels."""
    factory.known["topics"] = FakeWorker(metadata(name="topics", labels=THREE, label_values=None))
    return factory.known["topics"]


@pytest.fixture
def session(qapp, factory, topics, tmp_path):
    def identity(name):
        known = factory.known[name].bundle_metadata
        return Provenance(
            name=name,
            sha256=name[-2:].encode().hex() * 16,
            language=known.language,
            recipe="int8",
            licence="MIT",
            labels=known.labels,
            label_values=known.label_values,
        )

    def routes(bundle):
        if bundle not in (None, "topics"):
            raise ValueError(f"There is no bundle {bundle!r}.")
        bundles = {"en": "sentiment-en", "zh": "sentiment-zh"}
        bundles = bundles if bundle is None else {ANY_LANGUAGE: bundle}
        return BundleRoutes(
            bundles=bundles, provenance=tuple(identity(name) for name in bundles.values())
        )

    made = ProjectSession(tmp_path / "data", factory=factory, routes=routes)
    yield made
    made.shutdown()


def write_table(folder, name, rows=40, first=0):
    path = folder / name
    lines = [f"{n},A good film {first + n}\n" for n in range(rows)]
    path.write_text("id,text\n" + "".join(lines), encoding="utf-8")
    return path


@pytest.fixture
def take_in(session, qtbot, tmp_path):
    """Imports a table and waits until all is judged."""

    def take_in(name, rows=40, first=0, **how):
        path = write_table(tmp_path, name, rows, first)
        with qtbot.waitSignal(session.job_ended, timeout=PATIENCE_MS) as ended:
            session.import_document(path, ReadOptions(), "text", **how)
        assert ended.args == ["done"]

    return take_in


def labels(session):
    columns = session.columns()
    return Counter(columns.labels[number] for number in columns.label.tolist())


def texts_asked(worker):
    return sum(len(texts) for _, texts in worker.asked)


def test_one_bundle_for_all_rows_and_back_without_judging_twice(
    session, take_in, factory, topics, qtbot
):
    take_in("a.csv")
    english = factory.known["sentiment-en"]
    assert session.chosen_bundle is None and labels(session) == {"positive": 40}
    for bundle, expected in (("topics", {"complaint": 40}), (None, {"positive": 40})):
        with qtbot.waitSignal(session.job_ended, timeout=PATIENCE_MS) as ended:
            session.use_bundle(bundle)
        assert ended.args == ["done"]
        assert session.chosen_bundle == bundle and labels(session) == expected
    assert (texts_asked(english), texts_asked(topics)) == (40, 40)
    with qtbot.waitSignal(session.job_ended, timeout=PATIENCE_MS):
        session.use_bundle("topics")
    take_in("b.csv", 5, 38)  # two of its texts are known
    assert texts_asked(topics) == 43 and len(session.columns()) == 45


def test_a_bundle_that_cannot_be_used_changes_nothing(session, take_in, qtbot):
    take_in("a.csv", 3)
    with qtbot.waitSignal(session.failed, timeout=PATIENCE_MS) as failed:
        session.use_bundle("none")
    assert "no bundle 'none'" in failed.args[0]
    assert session.chosen_bundle is None and labels(session) == {"positive": 3}


def test_a_new_project_is_judged_by_its_bundle_from_the_first_row(
    session, take_in, factory, topics, qtbot
):
    take_in("a.csv", bundle="topics")
    assert labels(session) == {"complaint": 40}
    assert session.project_name == "a" and [each.name for each in session.provenance] == ["topics"]
    assert texts_asked(factory.known["sentiment-en"]) == 0
    path = session.project_path
    with qtbot.waitSignal(session.closed, timeout=PATIENCE_MS):
        session.close_project()
    with qtbot.waitSignal(session.opened, timeout=PATIENCE_MS):
        session.open_project(path)
    assert session.chosen_bundle == "topics"


def test_without_its_bundle_no_project_is_made(session, qtbot, tmp_path):
    with qtbot.waitSignal(session.failed, timeout=PATIENCE_MS):
        session.import_document(
            write_table(tmp_path, "a.csv"), ReadOptions(), "text", bundle="none"
        )
    assert session.project_path is None
    assert list((tmp_path / "data").glob("*.bertproject*")) == []


@pytest.mark.parametrize("bundle", [None, "topics"])
def test_a_file_instead_of_the_open_project_goes_into_a_new_one(
    session, take_in, qtbot, tmp_path, bundle
):
    take_in("first.csv", 7)
    first = session.project_path
    second = write_table(tmp_path, "second.csv", 9)
    with qtbot.waitSignal(session.job_ended, timeout=PATIENCE_MS) as ended:
        session.close_project()
        session.import_document(second, ReadOptions(), "text", bundle=bundle)
    assert ended.args == ["done"]
    assert session.project_name == "second" and len(session.columns()) == 9
    assert session.chosen_bundle == bundle
    with qtbot.waitSignal(session.opened, timeout=PATIENCE_MS):
        session.open_project(first)
    assert len(session.columns()) == 7


def test_a_document_leaves_with_its_labels_alone(session, take_in, qtbot):
    take_in("a.csv", 5)
    take_in("b.csv", 4, 100)
    with qtbot.waitSignal(session.columns_changed, timeout=PATIENCE_MS):
        session.correct([0, 6], "neutral")
    with qtbot.waitSignal(session.document_removed, timeout=PATIENCE_MS) as removed:
        session.remove_document(session.documents[0].id)
    assert removed.args == ["a.csv"]
    assert [each.row_count for each in session.documents] == [4]
    columns = session.columns()
    assert (len(columns), (columns.corrected >= 0).tolist()) == (4, [False, True, False, False])
    session.remove_document(999)  # nothing: it is not there
    assert session._removing is None


@pytest.mark.parametrize("paused", [False, True])
def test_a_job_goes_on_after_a_removal_and_a_rest_stays_one(
    session, take_in, factory, qtbot, tmp_path, paused
):
    take_in("a.csv", 5)
    slow = factory.known["sentiment-en"] = SlowWorker(metadata(name="sentiment-en"))
    slow.gate.set()
    with qtbot.waitSignal(session.closed, timeout=PATIENCE_MS):  # its worker ends with it
        session.close_project()
    with qtbot.waitSignal(session.opened, timeout=PATIENCE_MS):
        session.open_project(session.recent[0])
    slow.gate.clear()
    session.import_document(write_table(tmp_path, "b.csv", 900, 100), ReadOptions(), "text")
    qtbot.waitUntil(lambda: session.state == "judging", timeout=PATIENCE_MS)
    if paused:
        session.pause()
        slow.gate.set()
        qtbot.waitUntil(lambda: session.state == "paused", timeout=PATIENCE_MS)
    with qtbot.waitSignal(session.document_removed, timeout=PATIENCE_MS):
        session.remove_document(session.documents[0].id)
        slow.gate.set()
    if paused:
        qtbot.waitUntil(lambda: session.state == "paused", timeout=PATIENCE_MS)
        session.resume()
    qtbot.waitUntil(lambda: bool((session.columns().label >= 0).all()), timeout=PATIENCE_MS)
    assert labels(session) == {"positive": 900}


def test_an_added_bundle_judges_a_project_in_processes(qapp, qtbot, tmp_path):
    bundle = str(BundleMaker(tmp_path)(labels=("grumble", "delight")))
    session = ProjectSession(tmp_path / "data", factory=background_worker, routes=shipped_routes)
    path = tmp_path / "hotel.csv"
    path.write_text("text\n房间很干净，服务也好。\n又脏又吵，再也不来了。\n", encoding="utf-8")
    with qtbot.waitSignal(session.job_ended, timeout=PATIENCE_MS) as ended:
        session.import_document(path, ReadOptions(), "text", bundle=bundle)
    assert ended.args == ["done"]
    verdicts = [row.verdict.label for row in session.rows([0, 1])]
    assert verdicts == ["delight", "grumble"]
    session.shutdown()
