"""What ends a job loses no document that waits, and an export leaves the job as it was."""

import csv
import time

import numpy as np
import pytest
from fake_worker import FakeWorker, metadata

from desktop_app.analysis import news
from desktop_app.analysis.document_import import ImportWish
from desktop_app.analysis.import_series import ImportSeries
from desktop_app.analysis.news import ColumnsChanged, Exported, ExportEnded, Failed, StateChanged
from desktop_app.analysis.project_export import ExportWish
from desktop_app.documents.read_options import ReadOptions
from desktop_app.projects.project import Project
from desktop_app.projects.project_error import ProjectError
from desktop_app.results.write_options import WriteOptions


def wish(path):
    return ImportWish(path=path, options=ReadOptions(), text_column="text")


def table(path, rows, texts=1_000):
    lines = [f"{n},A good film of number {n % texts}\n" for n in range(rows)]
    path.write_text("id,text\n" + "".join(lines), encoding="utf-8")
    return path


def to(path, **choices):
    return ExportWish(path=path, options=WriteOptions(), **choices)


@pytest.fixture
def reading(desk, tmp_path):
    """A desk that reads the first of three documents that came together into a project of one."""
    made, listener = desk()
    made.import_document(wish(table(tmp_path / "old.csv", 3)))
    listener.ended()
    made.import_document(
        ImportSeries(
            path=table(tmp_path / "g1.csv", 20_000, texts=5),
            options=ReadOptions(),
            text_column="text",
            following=(table(tmp_path / "g2.csv", 2), table(tmp_path / "g3.csv", 4)),
        )
    )
    listener.wait(ColumnsChanged, lambda item: len(item.columns) > 100)
    return made, listener


def held_rows(listener):
    documents = listener.last(ColumnsChanged).documents
    return [(each.path.rsplit("/", 1)[-1], each.row_count, each.complete) for each in documents]


@pytest.mark.parametrize("act", ["bundle", "remove", "remove the first", "open none"])
def test_documents_that_came_together_outlive_the_end_of_the_job(reading, mortal, tmp_path, act):
    made, listener = reading
    mortal.known["mine.tflite"] = FakeWorker(mortal.known["sentiment-zh"].bundle_metadata)
    before = len(listener.items)
    if act == "bundle":
        made.use_bundle("mine.tflite")
    elif act == "open none":
        made.open_project(tmp_path / "none.bertproject")
        listener.wait(StateChanged, lambda item: item.state == "paused", after=before)
        made.resume()
    else:
        gone = listener.last(ColumnsChanged).documents[0 if act == "remove" else 1].id
        made.remove_document(gone)
        listener.wait(news.HistoryChanged, after=before)
        made.resume()
    listener.ended(after=before)
    left = [("old.csv", 3, True), ("g1.csv", 20_000, True), ("g2.csv", 2, True),
            ("g3.csv", 4, True)]  # fmt: skip
    if act.startswith("remove"):
        del left[0 if act == "remove" else 1]
    assert held_rows(listener) == left


def test_what_was_not_read_is_told_when_the_project_is_closed_and_waits_in_it(reading):
    made, listener = reading
    made.close_project()
    assert listener.wait(Failed).reason == (
        "Not read yet: g2.csv, g3.csv. Open the project again to go on."
    )
    before = len(listener.items)
    made.open_project(listener.last(news.ProjectOpened).project.path)
    listener.wait(StateChanged, lambda item: item.state == "paused", after=before)
    made.resume()  # what was begun goes on first
    listener.ended(after=before)
    assert held_rows(listener)[1:] == [
        ("g1.csv", 20_000, True),
        ("g2.csv", 2, True),
        ("g3.csv", 4, True),
    ]


def test_a_full_drive_ends_the_job_and_costs_no_document(desk, tmp_path, monkeypatch):
    def append_rows(self, *arguments, **choices):
        raise ProjectError("The drive of x is full (no room).", "full")

    monkeypatch.setattr(Project, "append_rows", append_rows)
    made, listener = desk()
    paths = [table(tmp_path / f"g{number}.csv", number) for number in (1, 2, 3)]
    made.import_document(
        ImportSeries(
            path=paths[0], options=ReadOptions(), text_column="text", following=tuple(paths[1:])
        )
    )
    listener.ended("failed")
    listener.wait(StateChanged, lambda item: item.state == "paused")  # all are offered
    assert listener.last(Failed).reason == "The drive of x is full (no room)."
    monkeypatch.undo()
    made.resume()
    listener.ended()
    assert held_rows(listener) == [(f"g{number}.csv", number, True) for number in (1, 2, 3)]


def test_the_project_that_is_open_is_opened_again_and_its_job_goes_on(reading):
    made, listener = reading
    path = listener.last(news.ProjectOpened).project.path
    before = len(listener.items)
    made.open_project(path.parent / ".." / path.parent.name / path.name)
    listener.ended(after=before)
    assert [item.how for item in listener.items[before:] if isinstance(item, news.JobEnded)] == [
        "done"
    ]
    assert len(held_rows(listener)) == 4
    before = len(listener.items)
    made.open_project(path)
    assert listener.wait(StateChanged, after=before).state == "ready"
    made.close_project()
    made.open_project(path)  # is closed by then
    listener.wait(news.ProjectClosed, after=before)
    assert listener.wait(news.ProjectOpened, after=before).project.path == path


def test_rows_are_exported_by_their_ids_or_not_at_all(desk, tmp_path):
    made, listener = desk()
    first = table(tmp_path / "x.csv", 50)
    for path in (first, table(tmp_path / "y.csv", 60)):
        before = len(listener.items)
        made.import_document(wish(path))
        listener.ended(after=before)
    shown = listener.last(ColumnsChanged)
    rows = shown.columns.rows[np.array([109, 107, 105])]
    made.remove_document(shown.documents[0].id)  # the window does not know it yet
    made.export(to(tmp_path / "out.csv", rows=rows))
    listener.wait(Exported)
    found = list(csv.reader((tmp_path / "out.csv").read_text("utf-8-sig").splitlines()))
    assert [row[found[0].index("id")] for row in found[1:]] == ["59", "57", "55"]
    made.export(to(tmp_path / "gone.csv", rows=shown.columns.rows[[3, 109]]))
    assert listener.wait(Failed).reason == "The rows have changed; export again."
    assert not (tmp_path / "gone.csv").exists()


class SlowWorker(FakeWorker):
    """Takes 5 ms a text."""

    def submit(self, kind, texts):
        time.sleep(0.005 * len(texts))
        return super().submit(kind, texts)


def test_an_export_tells_how_the_job_is_that_waited(desk, mortal, tmp_path):
    mortal.known["sentiment-en"] = SlowWorker(metadata(name="sentiment-en"))
    made, listener = desk()
    made.import_document(wish(table(tmp_path / "x.csv", 400)))

    def export(name):
        before = len(listener.items)
        made.export(to(tmp_path / name))
        return listener.wait(ExportEnded, after=before)

    listener.wait(StateChanged, lambda item: item.state == "judging")
    job = export("judging.csv").job
    assert (job.stage, job.total, job.paused) == ("judging", 400, False)
    made.pause()
    listener.ended("paused")
    assert export("paused.csv").job.paused
    failed = export("none/paused.csv")  # cannot be written
    assert failed.job.paused and not failed.cancelled
    made.close_project()
    before = len(listener.items)
    made.open_project(listener.last(news.ProjectOpened).project.path)
    listener.wait(StateChanged, lambda item: item.state == "paused", after=before)
    job = export("offered.csv").job
    assert job.paused and job.total == 400
    before = len(listener.items)
    made.cancel()  # no longer offered
    listener.wait(StateChanged, lambda item: item.state == "ready", after=before)
    assert export("ready.csv").job is None


def test_an_export_that_is_called_off_ends_no_job(desk, mortal, tmp_path):
    mortal.known["sentiment-en"] = SlowWorker(metadata(name="sentiment-en"))
    made, listener = desk()
    made.import_document(wish(table(tmp_path / "x.csv", 300)))
    listener.wait(StateChanged, lambda item: item.state == "judging")
    made.export(to(tmp_path / "out.csv"))
    made.cancel()
    ended = listener.wait(ExportEnded)
    assert ended.cancelled and ended.job is not None and not (tmp_path / "out.csv").exists()
    listener.ended()
    assert [item.how for item in listener.all(news.JobEnded)] == ["done"]
