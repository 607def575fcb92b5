"""Projects to judge, workers that answer by simple rules, and news to wait for."""

import sys
import threading
import time
from concurrent.futures import Future
from pathlib import Path
from typing import ClassVar

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # for fake_analysis

from fake_analysis import fake_routes
from fake_worker import FakeWorker

from desktop_app.analysis import news
from desktop_app.analysis.job_control import JobStopped
from desktop_app.analysis.project_desk import ProjectDesk
from desktop_app.analysis.worker_shelf import WorkerShelf
from desktop_app.documents.table_row import TableRow
from desktop_app.projects.project import Project
from desktop_app.projects.source_identity import SourceIdentity
from export.runtime.errors import WorkerError

PATIENCE = 60.0  # seconds


class MortalWorker(FakeWorker):
    """Dies over certain texts, as a `Worker` that has given up tells it."""

    deadly: ClassVar[set[str]] = set()

    def submit(self, kind, texts):
        if self.deadly & set(texts):
            self.asked.append((kind, list(texts)))
            future: Future = Future()
            future.set_exception(WorkerError("The worker process failed 2 times."))
            return future
        return super().submit(kind, texts)


class Control:
    """Stops a job after so many looks, if it is told to."""

    def __init__(self):
        self.paused = False
        self.rests = 0
        self.stop_after = None
        self.looks = 0

    def wait(self, future):
        future.exception(timeout=PATIENCE)
        self._count()

    def look_up(self):
        self._count()

    def rest(self):
        self.rests += 1
        self.paused = False

    def _count(self):
        self.looks += 1
        if self.stop_after is not None and self.looks > self.stop_after:
            raise JobStopped


class Listener:
    """Collects news of any thread."""

    def __init__(self):
        self.items = []
        self._changed = threading.Condition()

    def __call__(self, item):
        with self._changed:
            self.items.append(item)
            self._changed.notify_all()

    def all(self, kind):
        return [item for item in self.items if isinstance(item, kind)]

    def last(self, kind):
        return self.all(kind)[-1]

    def wait(self, kind, wanted=lambda item: True, *, after=0):
        """The first such news behind the first `after` items."""
        end = time.monotonic() + PATIENCE
        with self._changed:
            while True:
                for item in self.items[after:]:
                    if isinstance(item, kind) and wanted(item):
                        return item
                left = end - time.monotonic()
                assert left > 0, f"{kind.__name__} did not come: {self.items[-5:]}"
                self._changed.wait(left)

    def ended(self, how="done", *, after=0):
        return self.wait(news.JobEnded, lambda item: item.how == how, after=after)


@pytest.fixture
def control():
    return Control()


@pytest.fixture
def mortal(factory):
    """The factory of fake workers, its English one mortal."""
    english = factory.known["sentiment-en"]
    factory.known["sentiment-en"] = MortalWorker(english.bundle_metadata)
    factory.known["sentiment-en"].deadly = set()
    return factory


@pytest.fixture
def shelf(mortal):
    return WorkerShelf(mortal)


@pytest.fixture
def project(tmp_path):
    with Project.create(tmp_path / "答案.bertproject") as made:
        yield made


@pytest.fixture
def put():
    """Puts texts into a project, a row each."""

    def put(project, texts, name="a.csv"):
        document = project.add_document(
            path=Path("/data", name),
            source=SourceIdentity(size=1),
            columns=("n", "text"),
            text_column=1,
            options={},
        )
        rows = [TableRow((str(n), text)) for n, text in enumerate(texts)]
        project.append_rows(document.id, rows)
        return project.finish_document(document.id)

    return put


@pytest.fixture
def desk(tmp_path, mortal):
    """Makes desks; all are shut down afterwards."""
    made = []

    def make(folder=tmp_path / "projects", factory=mortal, make_routes=fake_routes):
        listener = Listener()
        made.append(ProjectDesk(folder, listener, factory=factory, make_routes=make_routes))
        return made[-1], listener

    yield make
    for each in made:
        assert each.shutdown()
