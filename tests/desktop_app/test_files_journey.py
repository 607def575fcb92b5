"""From a GB18030 file to exported results: the real page, session, parser, workers and bundles."""

import csv

import pytest

from desktop_app.inference.project_session import ProjectSession
from desktop_app.views.files_page import PROJECT

TEXTS = (
    "The room was lovely, the staff were kind and we will come back.",
    "It broke after two days and nobody answered. A complete waste of money.",
    "\u8d28\u91cf\u975e\u5e38\u597d\uff0c\u5ba2\u670d\u8010\u5fc3\uff0c\u6211\u5f88\u6ee1\u610f\u3002",
    "\u592a\u5dee\u4e86\uff0c\u7528\u4e86\u4e24\u5929\u5c31\u574f\uff0c\u4e0d\u63a8\u8350\u8d2d\u4e70\u3002",
    "Le film \u00e9tait magnifique et les acteurs sont excellents.",
    "",
)


@pytest.fixture
def reviews(tmp_path):
    path = tmp_path / "reviews.csv"
    with path.open("w", encoding="gb18030", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(("id", "comment", "product"))
        for number in range(24):
            writer.writerow((f"{number:04}", TEXTS[number % 6], ("lamp", "kettle")[number % 2]))
    return path


def test_a_file_is_judged_corrected_exported_and_found_again(
    qtbot, make_desktop, factory, reviews, tmp_path
):
    desktop = make_desktop(factory, make_projects=ProjectSession)
    desktop.start()
    desktop.open_document(str(reviews))
    page, session = desktop.files_page, desktop.project_session
    panel, view = page.import_panel, page.project_view
    qtbot.waitUntil(lambda: panel.text_column == "comment", timeout=60_000)
    assert panel.encoding_box.currentData() == "gb18030"
    with qtbot.waitSignal(session.job_ended, timeout=120_000) as ended:
        panel.analyse_button.click()
    assert ended.args == ["done"]
    qtbot.waitUntil(lambda: session.state == "ready", timeout=10_000)
    assert page.state == PROJECT
    assert view.job.isHidden()
    assert view.count.text() == "24 rows"

    labels = [view.rows.data(view.rows.index(row, 1)) for row in range(6)]
    assert all("positive" in labels[row] for row in (0, 2))
    assert all("negative" in labels[row] for row in (1, 3))
    assert labels[4:] == ["", ""]
    statuses = [view.rows.data(view.rows.index(row, 6)) for row in (4, 5)]
    assert statuses == ["unsupported language", "empty"]

    with qtbot.waitSignal(session.explained, timeout=60_000):
        view.open_row(1)
    assert "A complete waste of money." in view.detail.text.toPlainText()
    with qtbot.waitSignal(session.columns_changed, timeout=10_000):
        view.detail.buttons.buttons[0].click()
    given = view.detail.buttons.buttons[0].label
    assert session.rows([1])[0].corrected == given

    with qtbot.waitSignal(session.found, timeout=10_000):
        view.filters.words.setText("lovely")
        view.filters.words.returnPressed.emit()
    assert view.count.text() == "4 of 24 rows"
    view.filters.reset()
    out = tmp_path / "results.csv"
    with qtbot.waitSignal(session.exported, timeout=30_000):
        page.export_button.export_wanted.emit(out, False)
    with out.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [row["id"] for row in rows] == [f"{number:04}" for number in range(24)]
    assert rows[1]["corrected"] == given
    assert str(out) in page.messages.text

    project = session.project_path
    session.close_project()
    qtbot.waitUntil(lambda: session.project_path is None, timeout=10_000)
    with qtbot.waitSignal(session.opened, timeout=30_000):
        desktop.open_document(str(project))
    qtbot.waitUntil(lambda: view.count.text() == "24 rows", timeout=10_000)
    assert session.rows([1])[0].corrected == given
