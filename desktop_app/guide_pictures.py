"""The pictures of the user guide: one journey through the real window, in few colours."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from desktop_app.application import DesktopApplication

NAMES = ("classify", "embeddings", "files-import", "files-row", "files-summary", "shortcuts")
MOST_BYTES = 80_000  # of one picture
_SIZE = (1120, 740)
_COLOURS = 160
_QUESTION = "Who was helpful and kind?"


def take_guide_pictures(folder: Path) -> list[Path]:
    """Write them with the shipped bundles, in English and light.

    Args:
        folder: exists.

    Raises:
        TimeoutError: if the models give no answer.
        OSError: if a picture cannot be written.
    """
    from PySide6.QtWidgets import QApplication

    from desktop_app.application import DesktopApplication
    from desktop_app.screenshots import spin
    from desktop_app.settings import SettingsFile
    from desktop_app.views.help import SHORTCUTS

    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)
    taken: list[Path] = []
    with tempfile.TemporaryDirectory(prefix="bert-desktop-") as own:
        desktop = DesktopApplication(
            application,
            settings_file=SettingsFile(None),
            projects=Path(own) / "projects",
            models=Path(own) / "models",
        )
        desktop.use_language("en")
        desktop.use_appearance("light")
        desktop.window.resize(*_SIZE)
        desktop.start()

        def shoot() -> None:
            spin(seconds=0.5)
            path = folder / f"{NAMES[len(taken)]}.png"
            if not in_few_colours(desktop.window.grab().toImage()).save(str(path)):
                raise OSError(f"Cannot write {path}; is its folder there and writable?")
            taken.append(path)

        try:
            _texts(desktop, shoot)
            _files(desktop, shoot)
            desktop.window.help.show_page(SHORTCUTS)
            shoot()
        finally:
            desktop.close()
    return taken


def in_few_colours(picture: QImage) -> QImage:
    """The same with a palette, which makes a small file and is hardly seen."""
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QImage

    plain = picture.convertToFormat(QImage.Format.Format_RGB32)
    pixels = np.frombuffer(plain.constBits(), np.uint32).reshape(plain.height(), -1)
    colours, counts = np.unique(pixels[:, : plain.width()], return_counts=True)
    colours = colours[np.argsort(-counts)]
    # of shades that differ little, such as those at the edge of letters, the most frequent one
    _, firsts = np.unique(colours & 0xFFF8F8F8, return_index=True)
    table: list[int] = colours[np.sort(firsts)][:_COLOURS].tolist()
    flags = Qt.ImageConversionFlag.ThresholdDither | Qt.ImageConversionFlag.AvoidDither
    return plain.convertToFormat(QImage.Format.Format_Indexed8, table, flags)


def _texts(desktop: DesktopApplication, shoot: Callable[[], None]) -> None:
    """A text judged, then a text that was asked a question."""
    from desktop_app.sample_text import sample_corpus, sample_text
    from desktop_app.screenshots import until

    answered: list[object] = []
    desktop.classify_session.analysed.connect(
        lambda analysis: answered.append(analysis) if analysis.complete else None
    )
    desktop.classify_page.show_text(sample_text())
    until(lambda: bool(answered))
    desktop.classify_page.sentence_list.select_row(3)
    shoot()
    desktop.window.show_page(1)
    page = desktop.embeddings_page
    page.show_text(sample_corpus(), "line")
    page.ask(_QUESTION)
    until(lambda: page.match_list.model().rowCount() >= 30)
    page.match_list.select_row(0)
    shoot()


def _files(desktop: DesktopApplication, shoot: Callable[[], None]) -> None:
    """The example on the page of files: how it is read, one row in full, the summary."""
    from desktop_app.screenshots import until

    desktop.window.show_page(2)
    page, session = desktop.files_page, desktop.project_session
    assert session is not None
    page.example_wanted.emit()
    until(lambda: page.import_panel.text_column != "")
    shoot()
    page.import_panel.analyse_button.click()
    until(lambda: session.state == "ready" and page.state == 2)
    explained: list[object] = []
    session.explained.connect(lambda _row, sentences: explained.append(sentences))
    page.project_view.open_row(0)
    until(lambda: bool(explained))
    shoot()
    counted: list[object] = []
    page.project_view.counting.counted.connect(counted.append)
    page.project_view.show_view(1)
    until(lambda: bool(counted))
    shoot()
