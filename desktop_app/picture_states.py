"""The states of the pages of files, models and help, one after another, for pictures of them."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from desktop_app.screenshots import spin, until

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop_app.application import DesktopApplication

_MANY = 6_000  # rows: enough to be judged while pictures are taken
_CHINESE_ROW = 40  # of the example


class Shoot(Protocol):
    """Takes the pictures of a state, in each language and look."""

    def __call__(self, name: str, *, popup: QWidget | None = None) -> None:
        """`popup`: a menu that stands open over the window."""


def show_files(desktop: DesktopApplication, shoot: Shoot) -> None:
    """The page of files on its example: empty, import, rows, one row in full, summary."""
    from desktop_app.views.main_window import FILES

    desktop.window.show_page(FILES)
    page, session = desktop.files_page, desktop.project_session
    assert session is not None
    shoot("files-empty")
    page.example_wanted.emit()
    until(lambda: page.import_panel.text_column != "")
    shoot("files-import")
    page.import_panel.analyse_button.click()
    until(lambda: session.state == "ready" and page.state == 2)
    shoot("files")
    _show_rows(desktop, shoot)
    counted: list[object] = []
    view = page.project_view
    view.counting.counted.connect(counted.append)
    view.show_view(1)
    until(lambda: bool(counted))
    shoot("files-summary")
    bar = view.summary.verticalScrollBar()
    spin(seconds=0.2)
    bar.setValue(bar.maximum())
    shoot("files-summary-below")
    view.show_view(0)
    session.close_project()
    until(lambda: page.state == 0)


def _show_rows(desktop: DesktopApplication, shoot: Shoot) -> None:
    """What can be done with rows: one in full, corrected, none found, exported."""
    page, session = desktop.files_page, desktop.project_session
    assert session is not None
    view = page.project_view
    explained: list[object] = []
    session.explained.connect(lambda _row, sentences: explained.append(sentences))

    def open_row(position: int) -> None:
        explained.clear()
        view.open_row(position)
        until(lambda: bool(explained))

    open_row(0)
    shoot("files-row")
    view.detail.label_wanted.emit("neutral")
    until(page.undo_button.isEnabled)
    shoot("files-corrected")
    if len(session.columns()) > _CHINESE_ROW:
        open_row(_CHINESE_ROW)
        shoot("files-row-chinese")
    view.detail.closed.emit()
    view.filters.words.insert("zeppelin")
    until(lambda: view.rows.rowCount() == 0)
    shoot("files-none-found")
    view.filters.reset()
    until(lambda: view.rows.rowCount() > 0)
    page.judge_bar.documents_button.click()
    shoot("files-documents")
    page.document_panel.closed.emit()
    menu = page.export_button.menu_of_forms
    button = page.export_button
    menu.popup(button.mapToGlobal(button.rect().bottomLeft()))
    shoot("files-export", popup=menu)
    menu.close()


def show_job(desktop: DesktopApplication, folder: Path, shoot: Shoot) -> None:
    """A file that takes a while: being judged, then paused; and one that cannot be read."""
    from desktop_app.sample_text import sample_corpus
    from desktop_app.views.main_window import FILES

    desktop.window.show_page(FILES)
    page, session = desktop.files_page, desktop.project_session
    assert session is not None
    long, damaged = folder / "answers.csv", folder / "answers.xlsx"
    texts = [*sample_corpus().splitlines(), *sample_corpus("zh").splitlines()]
    with long.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(("number", "answer"))
        writer.writerows((n, f"{texts[n % len(texts)]} ({n})") for n in range(_MANY))
    desktop.open_document(str(long))
    until(lambda: page.import_panel.text_column != "")
    page.import_panel.analyse_button.click()
    judged: list[int] = []
    session.progressed.connect(
        lambda progress: judged.append(progress.done) if progress.stage == "judging" else None
    )
    until(lambda: page.state == 2 and bool(judged) and judged[-1] > 100)
    shoot("files-working")
    session.pause()
    until(lambda: session.state == "paused")
    shoot("files-paused")
    session.close_project()
    until(lambda: page.state == 0)
    damaged.write_bytes(b"PK\x03\x04 no workbook")
    desktop.open_document(str(damaged))
    until(lambda: not page.messages.isHidden())
    shoot("files-refused")
    page.import_panel.closed.emit()


def show_models(desktop: DesktopApplication, folder: Path, shoot: Shoot) -> None:
    """The page of models: one that is tested, the panel to add another, a file that is none."""
    from desktop_app.views.main_window import MODELS

    desktop.window.show_page(MODELS)
    page, session = desktop.window.models_page, desktop.models.session
    assert session is not None
    until(lambda: page.rows.rowCount() > 0)
    page.list.select_row(1)
    page.detail.selftest.button.click()
    until(lambda: session.work is None)
    shoot("models")
    page.detail.speed.button.click()
    spin(seconds=0.5)
    shoot("models-measuring")
    page.detail.speed.cancel_button.click()
    until(lambda: session.work is None)
    page.messages.dismiss()
    page.add_button.click()
    shoot("models-add")
    other = folder / "other.tflite"
    other.write_bytes(b"no model")
    page.add_file(other)
    until(lambda: session.work is None and not page.messages.isHidden())
    shoot("models-refused")
    page.messages.dismiss()
    page.add_panel.closed.emit()


def show_help(desktop: DesktopApplication, folder: Path, shoot: Shoot) -> None:
    """The pages behind the menu Help, the log with the lines of a run."""
    from desktop_app.views.about_page import AboutPage
    from desktop_app.views.help import ABOUT, LOG, SHORTCUTS
    from desktop_app.window_log import WindowLog

    log = WindowLog(folder)
    log.start()
    log.follow(desktop)
    desktop.window.help.log = log.path
    for page in range(4):
        desktop.window.show_page(page)
    for number, name in ((SHORTCUTS, "shortcuts"), (LOG, "log"), (ABOUT, "about")):
        desktop.window.help.show_page(number)
        shown = desktop.window.help.made(number)
        until(lambda shown=shown: not isinstance(shown, AboutPage) or bool(shown.parts))  # type: ignore[misc]
        shoot(name)
    log.stop()


STATES: tuple[Callable[[DesktopApplication, Path, Shoot], None], ...] = (
    lambda desktop, _folder, shoot: show_files(desktop, shoot),
    show_job,
    show_models,
    show_help,
)  # in this order; the folder may be written to
