"""One run of the window, from the command line to its closing."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer, SignalInstance
from PySide6.QtWidgets import QApplication

from desktop_app.application import DesktopApplication, FirstBundle
from desktop_app.command_line import Arguments
from desktop_app.inference.worker_start import StartedWorker
from desktop_app.settings import SettingsFile, settings_path
from desktop_app.singleton_guard import guard_singletons
from desktop_app.views.main_window import CLASSIFY, EMBEDDINGS, FILES

_PAGES = {"classify": CLASSIFY, "embeddings": EMBEDDINGS, "files": FILES}


def run_window(arguments: Arguments, bundle: str, started: Future[StartedWorker]) -> int:
    """Show the window and stay until it is closed.

    Args:
        arguments: of the command line.
        bundle: name or path of the bundle to begin with.
        started: its worker, on the way.

    Returns:
        The exit code.
    """
    guard_singletons()
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl-C in the terminal closes the window
    application = QApplication(sys.argv[:1])
    application.setApplicationName("bert-desktop")
    application.setDesktopFileName("bert-desktop")
    desktop = DesktopApplication(application, settings_file=SettingsFile(settings_path()))
    if arguments.language is not None:
        desktop.use_language(arguments.language, remember=False)
    if arguments.appearance is not None:
        desktop.use_appearance(arguments.appearance, remember=False)
    if arguments.milestones:
        _announce_milestones(desktop, application)
    file = None if arguments.file == bundle else arguments.file
    page = _PAGES.get(arguments.page or "", CLASSIFY if file is None else FILES)
    if page != FILES:
        desktop.start(page=page, first=FirstBundle(bundle=bundle, future=started))
    else:  # what was started is for the page of a single text, which may be seen next
        desktop.start(page=CLASSIFY, first=FirstBundle(bundle=bundle, future=started))
        desktop.window.show_page(FILES)
    if file is not None and page == EMBEDDINGS:
        desktop.embeddings_page.open_text_file(Path(file))
    elif file is not None:
        desktop.open_document(file)
    elif arguments.text is not None and arguments.file is None:
        desktop.show_text(arguments.text)
    elif arguments.text is not None:  # the bundle decides on which page
        _once(desktop.bundle_shown, partial(desktop.show_text, arguments.text))
    return application.exec()


def _once(signal: SignalInstance, action: Callable[[], None]) -> None:
    """Act when the signal is emitted next, and never again."""

    def act(_value: object) -> None:
        signal.disconnect(act)
        action()

    signal.connect(act)


def _announce_milestones(desktop: DesktopApplication, application: QApplication) -> None:
    """Print a line when the window is seen and when the first verdict is, then leave."""

    def say(milestone: str) -> None:
        print(milestone, flush=True)

    def leave() -> None:
        say("verdict")
        application.quit()

    desktop.window.first_painted.connect(lambda: say("window"))
    desktop.classify_page.judged.connect(lambda _verdict: QTimer.singleShot(0, leave))
