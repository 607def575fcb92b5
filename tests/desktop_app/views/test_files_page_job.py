"""The bar over the rows after an export, and the open project asked for again."""

from pathlib import Path

import pytest
from fake_project_session import FakeProjectSession

from desktop_app.analysis.job_progress import JobProgress
from desktop_app.language import LanguageSwitch
from desktop_app.views.files_page import IMPORT, PROJECT, FilesPage


@pytest.fixture
def opened(qtbot, qapp):
    switch = LanguageSwitch(qapp)
    switch.use("en")
    session = FakeProjectSession(60)
    page = FilesPage(session)
    qtbot.addWidget(page, before_close_func=lambda page: page.close_threads())
    page.show()
    page.open_path(Path("/data/reviews.bertproject"))
    yield page, session
    switch.remove()


def progress(stage, *, paused=False):
    return JobProgress(stage=stage, done=5, total=60, rate=9.0, seconds_left=None, paused=paused)


def test_an_export_without_a_job_leaves_no_bar(opened):
    page, session = opened
    session.progressed.emit(progress("writing"))
    assert not page.project_view.job.isHidden()
    session.export_ended.emit(False, None)
    assert page.project_view.job.isHidden() and page.messages.text == ""


@pytest.mark.parametrize("paused", [False, True])
@pytest.mark.parametrize("cancelled", [False, True])
def test_after_an_export_the_bar_shows_the_job_again(opened, paused, cancelled):
    page, session = opened
    session.progressed.emit(progress("writing"))
    session.export_ended.emit(cancelled, progress("judging", paused=paused))
    bar = page.project_view.job
    assert not bar.isHidden() and "5 of 60 texts judged" in bar.text
    bar.pause_button.click()
    assert session.state == ("judging" if paused else "paused")  # it goes on, or rests
    said = "The writing was called off; nothing was written." if cancelled else ""
    assert page.messages.text == said


def test_the_open_project_is_shown_and_not_opened_again(opened, tmp_path):
    page, session = opened
    path = tmp_path / "x.csv"
    path.write_text("id,text\n1,Some words to judge.\n")
    page.open_path(path)
    assert page.state == IMPORT
    before = len(session.asked)
    page.open_path(Path("/data/../data/reviews.bertproject"))
    assert page.state == PROJECT and session.asked[before:] == []
    page.open_path(Path("/data/others.bertproject"))
    assert session.asked[before:] == [("open", Path("/data/others.bertproject"))]


def test_what_waits_without_a_row_is_offered_without_figures(opened):
    page, session = opened
    bar = page.project_view.job
    for total, text in ((0, "Paused"), (60, "Paused  ·  0 of 60 texts judged")):
        session.progressed.emit(
            JobProgress(
                stage="judging", done=0, total=total, rate=0.0, seconds_left=None, paused=True
            )
        )
        assert bar.text == text and bar.pause_button.text() == "Go on"
