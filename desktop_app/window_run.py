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

from desktop_app.application import DesktopApplication
from desktop_app.bundle_desk import FirstBundle
from desktop_app.command_line import Arguments
from desktop_app.event_log import record
from desktop_app.request_watch import RequestWatch
from desktop_app.returned_memory import return_large_blocks
from desktop_app.settings import SettingsFile, settings_path
from desktop_app.singleton_guard import guard_singletons
from desktop_app.user_folders import state_folder
from desktop_app.views.main_window import CLASSIFY, EMBEDDINGS, FILES, MODELS
from desktop_app.window_log import WindowLog
from desktop_app.window_request import WindowRequest
from desktop_app.window_seat import WindowSeat
from desktop_app.workers.worker_start import StartedWorker

_PAGES = {"classify": CLASSIFY, "embeddings": EMBEDDINGS, "files": FILES, "models": MODELS}


def run_window(
    arguments: Arguments,
    bundle: str,
    started: Future[StartedWorker],
    seat: WindowSeat | None = None,
) -> int:
    """Show the window and stay until it is closed.

    Args:
        arguments: of the command line.
        bundle: name or path of the bundle to begin with.
        started: its worker, on the way.
        seat: by which later starts ask for something; None: they open windows of their own.

    Returns:
        The exit code.
    """
    guard_singletons()
    return_large_blocks()
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl-C in the terminal closes the window
    application = QApplication(sys.argv[:1])
    application.setApplicationName("bert-desktop")
    application.setDesktopFileName("bert-desktop")
    log = WindowLog(state_folder())
    log.start()
    desktop = DesktopApplication(application, settings_file=SettingsFile(settings_path()))
    desktop.window.help.log = log.path
    desktop.window.first_painted.connect(
        partial(QTimer.singleShot, 0, partial(log.follow, desktop))
    )
    if arguments.language is not None:
        desktop.use_language(arguments.language, remember=False)
    if arguments.appearance is not None:
        desktop.use_appearance(arguments.appearance, remember=False)
    if arguments.milestones:
        _announce_milestones(desktop, application)
    if seat is not None:
        watch = RequestWatch(seat, desktop)
        watch.requested.connect(partial(show_request, desktop))
        application.aboutToQuit.connect(watch.close)
    _show_first(desktop, arguments, FirstBundle(bundle=bundle, future=started))
    try:
        return application.exec()
    finally:
        log.stop()


def show_request(desktop: DesktopApplication, request: WindowRequest) -> None:
    """Show what another start of the program asks for, in front of everything."""
    record("asked by another start", page=request.page, with_file=request.file is not None)
    window = desktop.window
    if window.isMinimized():
        window.showNormal()
    window.raise_()
    window.activateWindow()
    QApplication.alert(window)
    if request.language is not None:
        desktop.use_language(request.language, remember=False)
    if request.appearance is not None:
        desktop.use_appearance(request.appearance, remember=False)
    if request.page is not None:
        window.show_page(_PAGES[request.page])
    if request.file is not None and request.page == "embeddings":
        desktop.embeddings_page.open_text_file(Path(request.file))
    elif request.file is not None:
        window.open_path(request.file)
    if request.text is not None:
        if window.page not in (CLASSIFY, EMBEDDINGS):
            window.show_page(CLASSIFY)
        desktop.show_text(request.text)


def _show_first(desktop: DesktopApplication, arguments: Arguments, first: FirstBundle) -> None:
    """Show what the command line asks for."""
    file = None if arguments.file == first.bundle else arguments.file
    page = _PAGES.get(arguments.page or "", CLASSIFY if file is None else FILES)
    if page in (CLASSIFY, EMBEDDINGS):
        desktop.start(page=page, first=first)
    else:  # what was started is for the page of a single text, which may be seen next
        desktop.start(page=CLASSIFY, first=first)
        desktop.window.show_page(page)
    if file is not None and page == EMBEDDINGS:
        desktop.embeddings_page.open_text_file(Path(file))
    elif file is not None:
        desktop.open_document(file)
    elif arguments.text is not None and arguments.file is None:
        desktop.show_text(arguments.text)
    elif arguments.text is not None:  # the bundle decides on which page
        _once(desktop.bundle_shown, partial(desktop.show_text, arguments.text))


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
