"""The whole program is killed while it judges, and goes on afterwards."""

import random
import subprocess
import sys
from pathlib import Path

import pytest
from fake_analysis import ENGLISH
from fake_worker import FakeWorker, metadata

from desktop_app.analysis.bundle_routes import BundleRoutes
from desktop_app.analysis.news import ColumnsChanged, ProjectOpened, StateChanged
from desktop_app.projects.project import Project

SCRIPT = Path(__file__).with_name("fake_analysis.py")
ROOT = SCRIPT.parents[3]
ROWS = 2_000
ROUTES = BundleRoutes(bundles={"en": "sentiment-en"}, provenance=(ENGLISH,))


@pytest.fixture
def survey(tmp_path):
    path = tmp_path / "answers.csv"
    lines = ["id,text,note\n"]
    lines += [f"{n},A good film number {n} of all films,{n % 7}\n" for n in range(ROWS)]
    path.write_text("".join(lines), encoding="utf-8")
    return path


def killed(folder, survey, *, judged):
    """Import and judge in another process until that many texts are judged, then kill it."""
    process = subprocess.Popen(
        [sys.executable, str(SCRIPT), str(folder), str(survey)],
        stdout=subprocess.PIPE,
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT)},
    )
    for line in process.stdout:
        words = line.decode().split()
        assert words[0] != "failed", line
        if words[0] == "judging" and int(words[1]) >= judged:
            break
    process.kill()
    process.stdout.close()
    assert process.wait() == -9


@pytest.mark.parametrize("judged", [0, 1, random.Random(5).randrange(50, 500)])
def test_killed_while_judging_and_gone_on_with(tmp_path, survey, desk, judged):
    folder = tmp_path / "projects"
    killed(folder, survey, judged=judged)
    (path,) = folder.glob("*.bertproject")
    with Project.open(path) as project:
        project.check()
        columns = project.columns(ROUTES.routing)
        rows = project.rows(columns.rows.tolist(), ROUTES.routing)
    stored = {row.text for row in rows if row.verdict is not None}
    assert len(rows) == ROWS and judged <= len(stored) < ROWS
    worker = FakeWorker(metadata(name="sentiment-en"))
    made, listener = desk(folder, lambda bundle, restarts: worker, lambda bundle: ROUTES)
    made.open_project(path)
    listener.wait(ProjectOpened)
    listener.wait(StateChanged, lambda item: item.state == "paused")
    made.resume()
    listener.ended()
    asked = [text for _, texts in worker.asked for text in texts]
    assert len(asked) == len(set(asked)) == ROWS - len(stored)
    assert not stored & set(asked)
    columns = listener.last(ColumnsChanged).columns
    assert {columns.statuses[status] for status in columns.status} == {"judged"}
