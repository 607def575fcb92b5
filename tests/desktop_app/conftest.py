"""A window without a screen, with a fake worker or the real one."""

import atexit
import os
import shutil
import sys
import tempfile
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["XDG_RUNTIME_DIR"] = tempfile.mkdtemp(prefix="bert-desktop-tests-")
os.environ["XDG_STATE_HOME"] = os.environ["XDG_RUNTIME_DIR"]  # not the log, nor the window, in use
sys.path.insert(0, str(Path(__file__).parent))  # for the fakes beside this file

import pytest
from fake_models import fake_models
from fake_project_session import FakeProjectSession
from fake_worker import FakeWorker, metadata

from desktop_app.singleton_guard import guard_singletons
from desktop_app.workers.worker_start import StartedWorker, start_worker

guard_singletons()
atexit.register(shutil.rmtree, os.environ["XDG_RUNTIME_DIR"], ignore_errors=True)


@pytest.fixture(scope="session")
def qapp_args():
    return ["bert-desktop"]


SHIPPED = {
    0: {"en": "sentiment-en", "zh": "sentiment-zh"},
    1: {"en": "embedding-en", "zh": "embedding-zh"},
}


class FakeFactory:
    """Makes a fake worker for each bundle asked for; remembers them by name."""

    def __init__(self) -> None:
        self.known: dict[str, FakeWorker] = {
            "sentiment-en": FakeWorker(metadata(name="sentiment-en")),
            "embedding-en": FakeWorker(metadata(name="embedding-en", task="embedding")),
            "sentiment-zh": FakeWorker(
                metadata(
                    name="sentiment-zh",
                    language="zh",
                    labels=("negative", "positive"),
                    label_values=None,
                )
            ),
            "embedding-zh": FakeWorker(
                metadata(name="embedding-zh", language="zh", task="embedding")
            ),
        }

    def __call__(self, bundle, restarts):
        worker = self.known[bundle]
        worker.on_restart = restarts
        return worker


@pytest.fixture
def factory() -> FakeFactory:
    return FakeFactory()


@pytest.fixture
def make_desktop(qapp, qtbot, tmp_path):
    """Builds the whole application around a worker factory; everything is closed afterwards."""
    from desktop_app.application import DesktopApplication
    from desktop_app.settings import SettingsFile

    made = []

    def make(worker_factory, settings_file=None, make_projects=None):
        desktop = DesktopApplication(
            qapp,
            settings_file=settings_file or SettingsFile(None),
            worker_factory=worker_factory,
            shipped=SHIPPED,
            projects=tmp_path / "projects",
            make_projects=make_projects or (lambda _folder: FakeProjectSession()),
            models=tmp_path / "models",
            make_models=fake_models,
        )
        desktop.use_language("en")
        qtbot.addWidget(desktop.window)
        made.append(desktop)
        return desktop

    yield make
    for desktop in made:
        desktop.close()


@pytest.fixture
def desktop(make_desktop, factory, qtbot):
    """The application on fake workers, shown, its first bundle open."""
    made = make_desktop(factory)
    with qtbot.waitSignal(made.bundle_shown):
        made.start()
    return made


@pytest.fixture
def started():
    """Hands a fake worker over as a started one."""

    def start(worker: FakeWorker) -> StartedWorker:
        return start_worker("fake", lambda _bundle, _restarts: worker).result(timeout=5)

    return start
