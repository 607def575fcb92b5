"""`python -m desktop_app.screenshots FOLDER`: every page, light and dark, in each language."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.singleton_guard import guard_singletons

if TYPE_CHECKING:
    from PySide6.QtGui import QPixmap
    from PySide6.QtWidgets import QWidget

_WAIT_SECONDS = 120.0
_LEAST_ROUNDS = 12  # of events, so that layouts settle on a slow machine too
_FRENCH = "Le film était magnifique et les acteurs sont excellents."


def main(arguments: list[str] | None = None) -> int:
    """Write the pictures; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m desktop_app.screenshots", description=__doc__)
    parser.add_argument("folder", type=Path, help="where the PNG files go")
    parser.add_argument("--scale", type=float, default=1.0, help="pixels per unit of length")
    parser.add_argument(
        "--guide", action="store_true", help="the few small pictures of docs/guide/desktop.md alone"
    )
    chosen = parser.parse_args(arguments)
    chosen.folder.mkdir(parents=True, exist_ok=True)
    guard_singletons()
    if chosen.guide:
        from desktop_app.guide_pictures import take_guide_pictures

        taken = take_guide_pictures(chosen.folder)
    else:
        taken = take_all(chosen.folder, scale=chosen.scale)
    for path in taken:
        print(path)
    return 0


def take_all(folder: Path, *, scale: float = 1.0) -> list[Path]:
    """Take every picture with the shipped bundles.

    Args:
        folder: exists.
        scale: device pixels per unit; 2 for pictures that are printed.

    Raises:
        TimeoutError: if the models give no answer.
    """
    import os

    os.environ["QT_SCALE_FACTOR"] = str(scale)
    from PySide6.QtWidgets import QApplication

    from desktop_app.application import DesktopApplication
    from desktop_app.language import LANGUAGES
    from desktop_app.model_desk import own_models
    from desktop_app.sample_text import sample_corpus, sample_text
    from desktop_app.settings import SettingsFile
    from desktop_app.views.main_window import CLASSIFY, EMBEDDINGS

    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)
    projects = tempfile.TemporaryDirectory(prefix="bert-desktop-")
    desktop = DesktopApplication(
        application,
        settings_file=SettingsFile(None),
        projects=Path(projects.name),
        models=Path(projects.name) / "models",
        make_models=partial(own_models, measurements=Path(projects.name) / "measurements.json"),
    )
    classify, embeddings = desktop.classify_page, desktop.embeddings_page
    taken: list[Path] = []

    def both_looks(name: str, *, popup: QWidget | None = None) -> None:
        for language in LANGUAGES:
            for appearance in ("light", "dark"):
                desktop.use_language(language)
                desktop.use_appearance(appearance)
                spin(seconds=0.1)
                path = folder / f"{name}-{language}-{appearance}.png"
                _picture(desktop.window, popup).save(str(path))
                taken.append(path)

    desktop.start(page=CLASSIFY)
    desktop.window.show_page(EMBEDDINGS)
    until(lambda: all(each.ready for each in desktop.bundles.requests.values()))
    both_looks("embeddings-empty")
    embeddings.show_text(sample_corpus(), "line")
    embeddings.ask("Who was helpful and kind?")
    until(lambda: embeddings.match_list.model().rowCount() >= 30)
    spin(seconds=0.5)
    embeddings.match_list.select_row(0)
    both_looks("embeddings")
    desktop.window.show_page(CLASSIFY)
    both_looks("classify-empty")
    answered: list[object] = []
    desktop.classify_session.analysed.connect(
        lambda analysis: answered.append(analysis) if analysis.complete else None
    )

    def judge(text: str, name: str, row: int) -> None:
        answered.clear()
        classify.show_text(text)
        until(lambda: bool(answered))
        classify.sentence_list.select_row(row)
        both_looks(name)

    judge(sample_text(), "classify", 3)
    chinese = "zh" in desktop.bundles.choices[CLASSIFY].languages
    if chinese:
        judge(sample_text("zh"), "classify-chinese", 3)
        judge(f"{sample_text()} {_FRENCH}", "classify-mixed", 0)
    classify.show_text(_FRENCH)
    both_looks("classify-unsupported")
    desktop.window.show_page(EMBEDDINGS)
    embeddings.ask("\u8c01\u5f88\u70ed\u60c5\uff1f")  # in Chinese, about an English text
    spin(seconds=1.0)
    both_looks("embeddings-two-languages")
    from desktop_app.picture_states import STATES

    for show in STATES:
        show(desktop, Path(projects.name), both_looks)
    desktop.close()
    projects.cleanup()
    return taken


def _picture(window: QWidget, popup: QWidget | None) -> QPixmap:
    """The window with a menu that stands open over it."""
    from PySide6.QtGui import QPainter

    picture = window.grab()
    opener = None if popup is None else popup.parentWidget()
    if popup is not None and opener is not None:
        painter = QPainter(picture)
        corner = opener.mapTo(window, opener.rect().bottomLeft())
        corner.setX(min(corner.x(), window.width() - popup.width()))
        painter.drawPixmap(corner, popup.grab())
        painter.end()
    return picture


def spin(*, seconds: float) -> None:
    """Let events be handled for a while."""
    from PySide6.QtCore import QCoreApplication

    application = QCoreApplication.instance()
    assert application is not None
    end = time.monotonic() + seconds
    rounds = 0
    while time.monotonic() < end or rounds < _LEAST_ROUNDS:
        application.processEvents()
        time.sleep(0.005)
        rounds += 1


def until(reached: Callable[[], bool]) -> None:
    """Let events be handled until something is so.

    Raises:
        TimeoutError: if it is not after a while.
    """
    end = time.monotonic() + _WAIT_SECONDS
    while not reached():
        if time.monotonic() > end:
            raise TimeoutError(f"The models gave no answer within {_WAIT_SECONDS:g} seconds.")
        spin(seconds=0.02)


if __name__ == "__main__":
    sys.exit(main())
