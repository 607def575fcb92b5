import threading
import time

import pytest
from fake_analysis import fake_routes
from fake_worker import FakeWorker, metadata

from desktop_app.analysis import news
from desktop_app.analysis.document_import import ImportWish
from desktop_app.analysis.import_series import ImportSeries
from desktop_app.analysis.news import (
    ColumnsChanged,
    Explained,
    Exported,
    Failed,
    Found,
    HistoryChanged,
    PreviewRead,
    Progressed,
    ProjectClosed,
    ProjectOpened,
    StateChanged,
)
from desktop_app.analysis.project_export import ExportWish
from desktop_app.documents.read_options import ReadOptions
from desktop_app.projects.project import Project
from desktop_app.results.write_options import WriteOptions

ROUTING = fake_routes(None).routing


@pytest.fixture
def survey(tmp_path):
    path = tmp_path / "survey 答案.csv"
    write(path, 120)
    return path


def write(path, rows):
    lines = ["id,text\n"]
    lines += [f"{n},{'A good film number' if n % 2 else '好电影第'} {n}\n" for n in range(rows)]
    path.write_text("".join(lines), encoding="utf-8")


def wish(path):
    return ImportWish(path=path, options=ReadOptions(), text_column="text")


def judged(columns):
    return sum(columns.statuses[status] == "judged" for status in columns.status)


class HeldWorker(FakeWorker):
    """Answers at once until it is held."""

    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.held = False
        self.hold_after = None

    def submit(self, kind, texts):
        if self.hold_after is not None and len(self.asked) >= self.hold_after:
            self.manual = True
        return super().submit(kind, texts)

    def release(self):
        self.hold_after, self.manual = None, False
        while self.waiting:
            if self.waiting[0][0].set_running_or_notify_cancel():
                self.answer_next()
            else:
                self.waiting.pop(0)


@pytest.fixture
def held(mortal):
    """The English worker answers one request and holds the next ones."""
    worker = HeldWorker(metadata(name="sentiment-en"))
    worker.hold_after = 1
    mortal.known["sentiment-en"] = worker
    return worker


@pytest.fixture
def ready(desk, survey):
    """A desk with a judged project."""
    made, listener = desk()
    made.import_document(wish(survey))
    listener.ended()
    return made, listener


def test_a_file_becomes_a_judged_project(ready, survey, tmp_path):
    made, listener = ready
    opened = listener.last(ProjectOpened)
    assert opened.project.path == tmp_path / "projects" / "survey 答案.bertproject"
    columns = listener.last(ColumnsChanged).columns
    assert len(columns) == judged(columns) == 120
    states = [each.state for each in listener.all(StateChanged)]
    assert states == ["importing", "judging", "ready"]
    last = [each.progress for each in listener.all(Progressed)][-1]
    assert (last.stage, last.done, last.total) == ("judging", 120, 120)
    made.import_document(wish(survey.with_name("none.csv")))
    assert "none.csv" in listener.wait(Failed).reason
    made.close_project()
    listener.wait(ProjectClosed)


def test_labels_are_corrected_undone_and_done_again(ready):
    made, listener = ready
    rows = listener.last(ColumnsChanged).columns.rows[[3, 5]].tolist()
    for act, expected, history in (
        (lambda: made.correct(rows, "neutral"), 2, (True, False)),
        (made.undo, 0, (False, True)),
        (made.redo, 2, (True, False)),
        (made.redo, 2, (True, False)),  # there is nothing more
    ):
        before = len(listener.items)
        act()
        told = listener.wait(HistoryChanged, after=before)
        columns = listener.last(ColumnsChanged).columns
        assert (columns.corrected >= 0).sum() == expected
        assert (told.undo, told.redo) == history
    before = len(listener.items)
    made.correct([10**6], "neutral")
    assert "no row 1000000" in listener.wait(Failed, after=before).reason


def test_words_are_found_and_rows_explained(ready):
    made, listener = ready
    made.search("电影")
    assert listener.wait(Found).places.tolist() == list(range(0, 120, 2))
    columns = listener.last(ColumnsChanged).columns
    made.explain(1, int(columns.rows[1]))
    explained = listener.wait(Explained)
    assert explained.place == 1
    (sentence,) = explained.sentences
    assert sentence.sentence.text == "A good film number 1"
    words = {word.text: word.influence for word in sentence.explanation.words}
    assert max(words, key=words.__getitem__) == "good"


def test_pause_and_go_on(desk, survey, held):
    made, listener = desk()
    made.import_document(wish(survey))
    listener.wait(StateChanged, lambda item: item.state == "judging")
    while len(held.asked) < 3:
        time.sleep(0.01)
    made.pause()
    time.sleep(0.05)
    held.release()
    listener.ended("paused")
    assert listener.last(Progressed).progress.paused
    asked = len(held.asked)
    time.sleep(0.1)
    assert len(held.asked) == asked  # it rests
    before = len(listener.items)
    made.correct([1], "neutral")  # and everything else goes on
    listener.wait(HistoryChanged, after=before)
    made.resume()
    listener.ended()
    assert judged(listener.last(ColumnsChanged).columns) == 120
    assert [item.state for item in listener.all(StateChanged)][-4:] == [
        "judging",
        "paused",
        "judging",
        "ready",
    ]


def test_cancel_and_begin_again_judges_only_the_rest(desk, survey, held):
    made, listener = desk()
    made.import_document(wish(survey))
    while len(held.asked) < 3:
        time.sleep(0.01)
    made.cancel()
    listener.ended("cancelled")
    columns = listener.last(ColumnsChanged).columns
    assert 0 < judged(columns) < 120
    stored = {text for _, texts in held.asked[:1] for text in texts}
    held.release()
    held.asked.clear()
    made.resume()
    listener.ended()
    assert judged(listener.last(ColumnsChanged).columns) == 120
    assert not stored & {text for _, texts in held.asked for text in texts}


def test_an_export_while_judging_shows_one_moment(desk, survey, held, tmp_path):
    made, listener = desk()
    made.import_document(wish(survey))
    while len(held.asked) < 3:
        time.sleep(0.01)
    path = tmp_path / "half.jsonl"
    made.export(ExportWish(path=path, options=WriteOptions()))
    assert listener.wait(Exported).path == path
    lines = path.read_text(encoding="utf-8").splitlines()
    waiting = sum('"waiting"' in line for line in lines)
    assert len(lines) == 120 and 0 < waiting < 120
    held.release()
    listener.ended()


def test_a_document_that_comes_while_judging_is_read_first(desk, survey, held, tmp_path):
    made, listener = desk()
    made.import_document(wish(survey))
    while len(held.asked) < 3:
        time.sleep(0.01)
    second = tmp_path / "second.csv"
    second.write_text("id,text\n1,A bad film\n", encoding="utf-8")
    made.import_document(wish(second))
    listener.wait(ColumnsChanged, lambda item: len(item.columns) == 121)
    held.release()
    listener.ended()
    assert len(listener.all(news.JobEnded)) == 1
    assert judged(listener.last(ColumnsChanged).columns) == 121


def test_a_document_that_comes_in_a_pause_ends_it(desk, survey, held, tmp_path):
    made, listener = desk()
    made.import_document(wish(survey))
    while len(held.asked) < 3:
        time.sleep(0.01)
    made.pause()
    held.release()
    listener.ended("paused")
    second = tmp_path / "second.csv"
    lines = ["id,text\n", *(f"{n},A bad film of number {n}\n" for n in range(5_000))]
    second.write_text("".join(lines), encoding="utf-8")
    made.import_document(wish(second))
    listener.ended("done")
    assert judged(listener.last(ColumnsChanged).columns) == 5_120


def test_what_was_left_is_offered_and_changed_files_are_told(desk, survey, held, mortal):
    made, listener = desk()
    made.import_document(wish(survey))
    while len(held.asked) < 3:
        time.sleep(0.01)
    path = listener.last(ProjectOpened).project.path
    assert made.shutdown()
    write(survey, 121)
    mortal.known["sentiment-en"] = FakeWorker(metadata(name="sentiment-en"))
    made, listener = desk()
    made.open_project(path)
    listener.wait(StateChanged, lambda item: item.state == "paused")
    progress = listener.last(Progressed).progress
    assert progress.paused and 0 < progress.done < progress.total == 120
    assert "survey 答案.csv" in listener.last(Failed).reason
    made.resume()
    listener.ended()
    assert judged(listener.last(ColumnsChanged).columns) == 120
    before = len(listener.items)
    made.import_document(wish(survey))  # again: only what is new is judged
    listener.ended(after=before)
    columns = listener.last(ColumnsChanged).columns
    assert len(columns) == judged(columns) == 121
    assert len(listener.last(ColumnsChanged).documents) == 1


def test_a_project_stays_open_when_another_cannot_be_opened(ready, survey, tmp_path):
    made, listener = ready
    before = len(listener.items)
    made.open_project(survey)
    listener.wait(Failed, after=before)
    made.search("good")
    assert len(listener.wait(Found).places) == 60
    second = tmp_path / "second.bertproject"
    Project.create(second).close()
    made.open_project(second)
    opened = listener.wait(ProjectOpened, after=before)
    assert opened.project.path == second and len(listener.all(ProjectClosed)) == 1


def test_a_project_that_is_no_project_leaves_the_desk_usable(desk, survey, tmp_path):
    made, listener = desk()
    made.open_project(survey)
    assert "is not a project" in listener.wait(Failed).reason
    assert listener.all(ProjectClosed) == []
    made.preview(survey, ReadOptions())
    assert listener.wait(PreviewRead).preview.columns == ("id", "text")
    before = len(listener.items)
    made.preview(tmp_path / "none.csv", ReadOptions())
    assert "none.csv" in listener.wait(Failed, after=before).reason


def test_a_bundle_that_is_gone_does_not_lock_a_project(desk, tmp_path):
    path = tmp_path / "a.bertproject"
    with Project.create(path) as project:
        project.store_settings({"bundle": "missing"})
    made, listener = desk()
    made.open_project(path)
    listener.wait(ProjectOpened)
    assert "no bundle 'missing'" in listener.wait(Failed).reason


def test_a_document_is_taken_out(ready, tmp_path):
    made, listener = ready
    second = tmp_path / "second.csv"
    second.write_text("id,text\n1,A bad film\n", encoding="utf-8")
    before = len(listener.items)
    made.import_document(wish(second))
    listener.ended(after=before)
    first = listener.last(ColumnsChanged).documents[0]
    before = len(listener.items)
    made.remove_document(first.id)
    listener.wait(HistoryChanged, after=before)
    told = listener.last(ColumnsChanged)
    assert len(told.columns) == judged(told.columns) == 1
    assert [each.columns for each in told.documents] == [("id", "text")]


def test_another_bundle_for_all_texts(ready, mortal):
    made, listener = ready
    mortal.known["mine.tflite"] = FakeWorker(mortal.known["sentiment-zh"].bundle_metadata)
    before = len(listener.items)
    made.use_bundle("mine.tflite")
    listener.ended(after=before)
    told = listener.last(ColumnsChanged)
    assert told.routes.chosen == "mine.tflite" and judged(told.columns) == 120


def test_workers_that_nobody_needs_are_ended(tmp_path, survey, mortal, desk):
    made, listener = desk()
    made._thread._idle_seconds = 0.05
    made.import_document(wish(survey))
    listener.ended()
    end = time.monotonic() + 20
    workers = [mortal.known["sentiment-en"], mortal.known["sentiment-zh"]]
    while not all(worker.closed for worker in workers) and time.monotonic() < end:
        time.sleep(0.02)
    assert all(worker.closed for worker in workers)


def test_names_of_projects_are_free_ones(desk, survey, tmp_path):
    (tmp_path / "projects").mkdir()
    (tmp_path / "projects" / "survey 答案.bertproject").touch()
    made, listener = desk()
    made.import_document(wish(survey))
    assert listener.wait(ProjectOpened).project.path.name == "survey 答案 2.bertproject"
    listener.ended()


def test_a_writing_is_called_off_before_it_begins(ready, tmp_path):
    made, listener = ready
    begun, go_on = threading.Event(), threading.Event()
    made._thread.post(lambda: (begun.set(), go_on.wait(20)))  # the thread is busy
    assert begun.wait(20)
    before = len(listener.items)
    for name in ("a.csv", "b.html"):
        made.export(
            ExportWish(path=tmp_path / name, options=WriteOptions(), report=name == "b.html")
        )
    made.cancel()
    go_on.set()
    assert listener.wait(news.ExportEnded, after=before).cancelled
    made.export(ExportWish(path=tmp_path / "c.csv", options=WriteOptions()))  # a new wish
    assert listener.wait(Exported, after=before).path == tmp_path / "c.csv"
    assert not (tmp_path / "a.csv").exists() and not (tmp_path / "b.html").exists()
    assert [each.path.name for each in listener.all(Exported)] == ["c.csv"]


def test_the_end_calls_all_writing_off_and_keeps_the_labels_given_before(ready, tmp_path):
    made, listener = ready
    path = listener.last(ProjectOpened).project.path
    begun, go_on = threading.Event(), threading.Event()
    made._thread.post(lambda: (begun.set(), go_on.wait(20)))
    assert begun.wait(20)
    for number in range(3):
        made.export(ExportWish(path=tmp_path / f"{number}.csv", options=WriteOptions()))
    made.correct([1], "neutral")
    assert not made.shutdown(0.0)
    made.export(ExportWish(path=tmp_path / "late.csv", options=WriteOptions()))
    go_on.set()
    assert made.shutdown()
    assert listener.all(Exported) == [] and list(tmp_path.glob("*.csv")) == [
        tmp_path / "survey 答案.csv"
    ]
    with Project.open(path) as project:
        assert (project.columns(ROUTING).corrected >= 0).sum() == 1


@pytest.fixture
def series(survey, tmp_path):
    """Five documents, of which two cannot be read."""
    (tmp_path / "second.csv").write_text("text,title\nThis was the worst film,with words\n")
    (tmp_path / "third.pdf").write_bytes(b"%PDF-1.4 nothing")
    (tmp_path / "fifth.csv").write_text("n,review\n1,What a wonderful movie this was\n")
    names = ("second.csv", "third.pdf", "fourth.csv", "fifth.csv")
    return ImportSeries(
        path=survey,
        options=ReadOptions(),
        text_column="text",
        following=tuple(tmp_path / name for name in names),
    )


def test_documents_that_come_together_go_into_one_project(desk, series):
    made, listener = desk()
    made.import_document(series)
    listener.ended("failed")
    assert len(listener.all(ProjectOpened)) == len(listener.all(news.JobEnded)) == 1
    told = listener.last(ColumnsChanged)
    assert [(each.path.rsplit("/", 1)[-1], each.columns[each.text_column], each.complete)
            for each in told.documents] == [
        ("survey 答案.csv", "text", True),
        ("second.csv", "text", True),
        ("fifth.csv", "review", True),
    ]  # fmt: skip
    assert len(told.columns) == judged(told.columns) == 122
    lines = listener.last(Failed).reason.split("\n")
    assert ["third.pdf" in lines[0], "fourth.csv" in lines[1], len(lines)] == [True, True, 2]


def test_a_series_that_is_cancelled_ends_whole(desk, series, held):
    made, listener = desk()
    made._thread.post(lambda: (made.import_document(series), made.cancel()))
    listener.ended("cancelled")
    assert len(listener.last(ColumnsChanged).documents) <= 1
    before = len(listener.items)
    held.release()
    made.import_document(wish(series.following[0]))  # what comes then is read
    listener.ended(after=before)
    paths = [each.path for each in listener.last(ColumnsChanged).documents]
    assert paths[-1] == str(series.following[0])
