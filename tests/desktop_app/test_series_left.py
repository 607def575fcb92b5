"""The window is closed in the middle of a series of files, and opened again."""

import time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from desktop_app.analysis.bundle_routes import BundleRoutes
from desktop_app.analysis.news import Progressed
from desktop_app.inference.project_session import ProjectSession
from desktop_app.results.provenance import Provenance
from desktop_app.views.main_window import FILES

PATIENCE_MS = 60_000


@pytest.fixture
def files(tmp_path):
    paths = []
    for name, rows in (("g1.csv", 6_000), ("g2.csv", 2), ("g3.csv", 4)):
        lines = [f"{n},A good film of number {n % 5}\n" for n in range(rows)]
        paths.append(tmp_path / name)
        paths[-1].write_text("id,text\n" + "".join(lines), encoding="utf-8")
    return paths


@pytest.fixture
def sessions(factory):
    """Makes sessions whose bundles are those of the fake workers."""
    metadata = factory.known["sentiment-en"].bundle_metadata
    english = Provenance(
        name=metadata.name,
        sha256="e" * 64,
        language=metadata.language,
        recipe="int8",
        licence="MIT",
        labels=metadata.labels,
        label_values=metadata.label_values,
    )
    routes = BundleRoutes(bundles={"en": "sentiment-en"}, provenance=(english,))
    return lambda folder: ProjectSession(folder, factory=factory, routes=lambda bundle: routes)


def test_a_window_closed_in_the_first_file_offers_the_others_again(
    qtbot, make_desktop, factory, sessions, files
):
    desktop = make_desktop(factory, make_projects=sessions)
    desktop.window.show_page(FILES)
    page, session = desktop.files_page, desktop.project_session

    def hold(item):  # on the thread of the project: it stands in the middle of the first file
        while isinstance(item, Progressed) and item.progress.done and not session._desk._ending:
            time.sleep(0.01)

    session._arrived.connect(hold, Qt.ConnectionType.DirectConnection)
    desktop.open_documents([str(path) for path in files])
    qtbot.waitUntil(lambda: page.import_panel.text_column == "text", timeout=PATIENCE_MS)
    page.import_panel.analyse_button.click()
    with qtbot.waitSignal(
        session.progressed, timeout=PATIENCE_MS, check_params_cb=lambda it: it.done > 0
    ):
        pass
    project = session.project_path
    desktop.window.close()
    desktop.close()

    again = make_desktop(factory, make_projects=sessions)
    again.open_document(str(project))
    page, session = again.files_page, again.project_session
    bar = page.project_view.job
    qtbot.waitUntil(lambda: session.state == "paused", timeout=PATIENCE_MS)
    assert page.messages.text.startswith("Still to be read: g2.csv, g3.csv. ")
    assert bar.pause_button.text() == "Go on"
    with qtbot.waitSignal(session.job_ended, timeout=PATIENCE_MS) as ended:
        bar.pause_button.click()
    assert ended.args == ["done"]
    read = [(Path(each.path).name, each.row_count, each.complete) for each in session.documents]
    assert read == [("g1.csv", 6_000, True), ("g2.csv", 2, True), ("g3.csv", 4, True)]
