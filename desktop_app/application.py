"""The composition root: makes every object of the window and ties them together."""

from __future__ import annotations

import dataclasses
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from desktop_app.inference.bundle_opener import BundleOpener
from desktop_app.inference.classify_session import ClassifySession
from desktop_app.inference.search_session import SearchSession
from desktop_app.inference.worker_requests import WorkerRequests
from desktop_app.inference.worker_start import StartedWorker, WorkerFactory, runtime_worker
from desktop_app.language import Language, LanguageSwitch, system_language
from desktop_app.settings import SettingsFile
from desktop_app.views.classify_page import ClassifyPage
from desktop_app.views.design import add_chinese_fonts
from desktop_app.views.embeddings_page import EmbeddingsPage
from desktop_app.views.icons import window_icon
from desktop_app.views.main_window import CLASSIFY, EMBEDDINGS, MainWindow
from desktop_app.views.theme import Appearance, apply_appearance, restyle

SHIPPED = {CLASSIFY: "sentiment-en", EMBEDDINGS: "embedding-en"}  # page -> bundle it starts with
_PAGE_OF_TASK = {"classification": CLASSIFY, "embedding": EMBEDDINGS}


@dataclass(frozen=True, kw_only=True)
class FirstBundle:
    """What the window opens with: a bundle that is perhaps being opened already."""

    bundle: str  # name or path
    future: Future[StartedWorker]


class DesktopApplication(QObject):
    """Owns the window, the sessions of its pages and the workers behind them."""

    bundle_shown = Signal(object)  # BundleMetadata that a page works with from now on

    def __init__(
        self,
        application: QApplication,
        *,
        settings_file: SettingsFile,
        worker_factory: WorkerFactory = runtime_worker,
    ) -> None:
        """Build everything; nothing is shown or opened yet."""
        super().__init__()
        self._application = application
        self._settings_file = settings_file
        self._settings = settings_file.load()
        self._language = LanguageSwitch(application)
        self._language.use(self._settings.language or system_language())
        add_chinese_fonts(application)
        application.setWindowIcon(window_icon())
        self.requests = {page: WorkerRequests(self) for page in (CLASSIFY, EMBEDDINGS)}
        self.classify_session = ClassifySession(self.requests[CLASSIFY], parent=self)
        self.search_session = SearchSession(self.requests[EMBEDDINGS], parent=self)
        self.classify_page = ClassifyPage(self.classify_session)
        self.embeddings_page = EmbeddingsPage(self.search_session)
        self.window = MainWindow(self.classify_page, self.embeddings_page)
        self.opener = BundleOpener(worker_factory, self)
        self._asked: set[int] = set()  # pages whose shipped bundle was asked for
        self._first_bundle = ""  # while it is being opened
        self._connect()
        apply_appearance(application, self._settings.appearance)  # once everything is in its place
        self.window.mark_settings(self._language.language, self._settings.appearance)

    def start(self, *, page: int = CLASSIFY, first: FirstBundle | None = None) -> None:
        """Show the window and open what it starts with.

        Args:
            page: the page to begin with.
            first: a bundle instead of the shipped one; it decides the page itself.
        """
        if first is not None:
            self._first_bundle = first.bundle
            self._asked.add(page)  # until it is known which page it is for
            self.opener.await_worker(first.bundle, first.future)
        self.window.show_page(page)
        self.window.show()

    def show_text(self, text: str) -> None:
        """Put a text into the editor of the page in view."""
        (self.classify_page, self.embeddings_page)[self.window.page].show_text(text)

    def use_language(self, language: str, *, remember: bool = True) -> None:
        """Speak another language from now on, and at the next start if it is to be remembered."""
        self._language.use(cast("Language", language))
        self._apply(remember=remember, language=language)

    def use_appearance(self, appearance: str, *, remember: bool = True) -> None:
        """Look light, dark or as the system, now and, if remembered, at the next start."""
        apply_appearance(self._application, cast("Appearance", appearance))
        self._apply(remember=remember, appearance=appearance)

    def close(self) -> None:
        """Let go of the workers and of the translations."""
        self.opener.close()
        self._language.remove()
        for requests in self.requests.values():
            requests.close()

    def _connect(self) -> None:
        self.opener.opened.connect(self._take_worker)
        self.opener.refused.connect(self._say_refused)
        self.opener.opening_changed.connect(self.classify_page.caption.show_opening)
        self.opener.opening_changed.connect(self.embeddings_page.caption.show_opening)
        self.window.bundle_wanted.connect(self.opener.open)
        self.window.text_file_wanted.connect(self._open_text_file)
        self.window.language_wanted.connect(self.use_language)
        self.window.appearance_wanted.connect(self.use_appearance)
        self.window.page_shown.connect(self._page_shown)
        self._application.styleHints().colorSchemeChanged.connect(self._follow_system)
        self._application.aboutToQuit.connect(self.close)

    def _take_worker(self, started: StartedWorker) -> None:
        page = _PAGE_OF_TASK[started.metadata.task]
        if started.bundle == self._first_bundle:
            self._first_bundle = ""
            self._asked.clear()
        self._asked.add(page)
        (self.classify_page, self.embeddings_page)[page].show_bundle(started.metadata)
        self.requests[page].replace(started)
        if started.bundle not in SHIPPED.values():
            self.window.show_page(page)
            self.window.messages.dismiss()
        self.bundle_shown.emit(started.metadata)

    def _say_refused(self, bundle: str, reason: str) -> None:
        name, shipped = Path(bundle).name, bundle in SHIPPED.values()

        def text() -> str:
            if not shipped:
                said = self.tr("“%1” cannot be used as a model; the one before stays. %2")
            else:
                said = self.tr("The model “%1” could not be opened. Open another one. %2")
            return said.replace("%1", name).replace("%2", reason)

        self.window.messages.warn(text)
        if bundle == self._first_bundle and not shipped:
            self._asked.clear()
            self._page_shown(self.window.page)
        if bundle == self._first_bundle:
            self._first_bundle = ""

    def _follow_system(self) -> None:
        restyle(self._application)

    def _page_shown(self, page: int) -> None:
        if page not in self._asked:
            self._asked.add(page)
            self.opener.open(SHIPPED[page])

    def _open_text_file(self, path: str) -> None:
        self.window.show_page(EMBEDDINGS)
        self.embeddings_page.open_text_file(Path(path))

    def _apply(self, *, remember: bool, **changes: Any) -> None:
        settings = dataclasses.replace(self._settings, **changes)
        if remember:
            self._settings = settings
            self._settings_file.save(settings)
        self.window.mark_settings(self._language.language, settings.appearance)
