"""Files that came together and were not begun when the program ended: by a kill, or in peace."""

import subprocess
import sys
from pathlib import Path

import pytest
from fake_analysis import fake_routes

from desktop_app.analysis.document_import import ImportWish
from desktop_app.analysis.import_series import ImportSeries
from desktop_app.analysis.news import (
    ColumnsChanged,
    Failed,
    Progressed,
    StateChanged,
)
from desktop_app.analysis.project_desk import ProjectDesk
from desktop_app.documents.read_options import ReadOptions
from desktop_app.projects.project import Project

SCRIPT = Path(__file__).with_name("fake_analysis.py")
ROOT = SCRIPT.parents[3]
ROWS = 6_000
OFFER = "Go on, or cancel to leave out what was not read."


@pytest.fixture
def files(tmp_path):
    """Three documents; the first does not come in one piece."""
    paths = []
    for name, rows in (("g1.csv", ROWS), ("g2.csv", 2), ("g3.csv", 4)):
        lines = [f"{n},A good film of number {n % 5}\n" for n in range(rows)]
        paths.append(tmp_path / name)
        paths[-1].write_text("id,text\n" + "".join(lines), encoding="utf-8")
    return paths


@pytest.fixture
def killed(tmp_path, files):
    """The project of a process that was killed in the middle of the first document."""
    process = subprocess.Popen(
        [sys.executable, str(SCRIPT), str(tmp_path / "projects"), *map(str, files)],
        stdout=subprocess.PIPE,
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT)},
    )
    for line in process.stdout:
        words = line.decode().split()
        assert words[0] in ("opened", "reading"), line
        if words[0] == "reading" and int(words[1]) > 0:
            break
    process.kill()
    process.stdout.close()
    assert process.wait() == -9
    (path,) = (tmp_path / "projects").glob("*.bertproject")
    with Project.open(path) as project:
        (begun,) = project.documents()
        assert 0 < begun.row_count < ROWS and not begun.complete
    return path


def offered(made, listener, path):
    """Open a project that was left; what is told with the offer to go on."""
    before = len(listener.items)
    made.open_project(path)
    listener.wait(StateChanged, lambda item: item.state == "paused", after=before)
    assert listener.last(Progressed).progress.paused
    reasons = [item.reason for item in listener.items[before:] if isinstance(item, Failed)]
    return reasons[-1].split("\n") if reasons else []


def held(listener):
    documents = listener.last(ColumnsChanged).documents
    return [(Path(each.path).name, each.row_count, each.complete) for each in documents]


def test_after_a_kill_in_the_first_the_others_are_offered_and_analysed(killed, desk):
    made, listener = desk()
    assert offered(made, listener, killed) == [f"Still to be read: g2.csv, g3.csv. {OFFER}"]
    made.resume()
    listener.ended()
    assert held(listener) == [("g1.csv", ROWS, True), ("g2.csv", 2, True), ("g3.csv", 4, True)]
    columns = listener.last(ColumnsChanged).columns
    assert {columns.statuses[status] for status in columns.status} == {"judged"}
    made.close_project()
    before = len(listener.items)
    made.open_project(killed)  # nothing waits any more
    listener.wait(StateChanged, lambda item: item.state == "ready", after=before)


def test_a_changed_file_and_a_missing_one_are_told_and_none_is_skipped_in_silence(
    killed, desk, files
):
    files[1].write_text("id,text\n1,A bad film\n2,A good film\n3,A long film\n")
    files[2].unlink()
    made, listener = desk()
    told = [
        f"Still to be read: g2.csv. {OFFER}",
        "Changed since it was chosen: g2.csv. It is read as it is now.",
        "To be read, but no longer there: g3.csv. Put it back before you go on, or it is left out.",
    ]
    assert offered(made, listener, killed) == told
    made.close_project()
    assert offered(made, listener, killed) == told  # until somebody decides
    made.resume()
    listener.ended("failed")
    assert held(listener) == [("g1.csv", ROWS, True), ("g2.csv", 3, True)]
    assert "g3.csv" in listener.last(Failed).reason and "\n" not in listener.last(Failed).reason


def test_dismissed_they_are_forgotten_and_what_was_begun_is_not(killed, desk):
    made, listener = desk()
    assert len(offered(made, listener, killed)) == 1
    before = len(listener.items)
    made.cancel()
    listener.wait(StateChanged, lambda item: item.state == "ready", after=before)
    made.close_project()
    assert offered(made, listener, killed) == []
    before = len(listener.items)
    made.resume()
    listener.ended(after=before)
    assert held(listener) == [("g1.csv", ROWS, True)]


def test_an_end_in_the_middle_keeps_them_too(desk, files, tmp_path, mortal):
    ends = []

    def tell(item):
        if isinstance(item, Progressed) and item.progress.done and not ends:
            ends.append(item.progress.stage)
            first._thread.end()

    first = ProjectDesk(tmp_path / "projects", tell, factory=mortal, make_routes=fake_routes)
    first.import_document(
        ImportSeries(
            path=files[0], options=ReadOptions(), text_column="text", following=tuple(files[1:])
        )
    )
    assert first._thread.join(60) and ends == ["reading"]
    (path,) = (tmp_path / "projects").glob("*.bertproject")
    made, listener = desk()
    assert offered(made, listener, path) == [f"Still to be read: g2.csv, g3.csv. {OFFER}"]
    own = tmp_path / "own.csv"
    own.write_text("id,text\n1,A fine film\n")
    before = len(listener.items)
    made.import_document(ImportWish(path=own, options=ReadOptions(), text_column="text"))
    listener.wait(StateChanged, lambda item: item.state == "paused", after=before)
    assert held(listener)[1:] == [("own.csv", 1, True)]  # what is offered stays offered
    before = len(listener.items)
    made.resume()
    listener.ended(after=before)
    assert held(listener)[0] == ("g1.csv", ROWS, True)
    assert held(listener)[2:] == [("g2.csv", 2, True), ("g3.csv", 4, True)]
