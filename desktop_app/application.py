"""The composition root: makes every object of the window and ties them together."""

from __future__ import annotations

import dataclasses
import logging
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QObject, Signal, qVersion
from PySide6.QtWidgets import QApplication

from desktop_app.analysis.recent_projects import RecentProjects
from desktop_app.bundle_desk import BundleDesk, FirstBundle
from desktop_app.event_log import record
from desktop_app.inference.classify_session import ClassifySession
from desktop_app.inference.search_session import SearchSession
from desktop_app.language import Language, LanguageSwitch, system_language
from desktop_app.model_desk import ModelDesk, own_models
from desktop_app.models.model_store import ModelStore
from desktop_app.settings import SettingsFile, models_folder, projects_folder
from desktop_app.views.classify_page import ClassifyPage
from desktop_app.views.design import add_chinese_fonts
from desktop_app.views.embeddings_page import EmbeddingsPage
from desktop_app.views.icons import window_icon
from desktop_app.views.main_window import CLASSIFY, EMBEDDINGS, FILES, MainWindow
from desktop_app.views.theme import Appearance, apply_appearance, restyle
from desktop_app.workers.worker_start import WorkerFactory, runtime_worker
from export.runtime.bundle_family import bundles_by_language

if TYPE_CHECKING:  # they bring numpy along, which the start does not wait for
    from desktop_app.inference.models_session import ModelsSession
    from desktop_app.inference.project_session import ProjectSession
    from desktop_app.views.files_page import FilesPage

FAMILIES = {CLASSIFY: "sentiment", EMBEDDINGS: "embedding"}  # page -> its shipped bundles
_PAGE_OF_TASK = {"classification": CLASSIFY, "embedding": EMBEDDINGS}
_PAGE_OF_USE = {"classify": CLASSIFY, "embeddings": EMBEDDINGS, "files": FILES}


def shipped_projects(folder: Path) -> ProjectSession:
    """A session with the shipped bundles that keeps new projects in a folder."""
    from desktop_app.inference.project_session import ProjectSession

    return ProjectSession(folder)


class DesktopApplication(QObject):
    """Owns the window, the sessions of its pages and the workers behind them."""

    bundle_shown = Signal(object)  # BundleMetadata that a page works with from now on
    project_session_made = Signal(object)  # once, when the page of files is first needed

    def __init__(
        self,
        application: QApplication,
        *,
        settings_file: SettingsFile,
        worker_factory: WorkerFactory = runtime_worker,
        shipped: Mapping[int, Mapping[str, str]] | None = None,
        projects: Path | None = None,
        make_projects: Callable[[Path], ProjectSession] = shipped_projects,
        models: Path | None = None,
        make_models: Callable[[ModelStore], ModelsSession] = own_models,
    ) -> None:
        """Build everything; nothing is shown or opened yet.

        Args:
            application: of this process.
            settings_file: what is remembered between two starts.
            worker_factory: opens bundles.
            shipped: page to language to bundle; None: those that come with the program.
            projects: folder of new projects; None: where this system keeps such things.
            make_projects: makes the session of the page of files when that is first needed.
            models: folder of added bundles; None: where this system keeps such things.
            make_models: makes the session of the page of models when that is first needed.
        """
        super().__init__()
        if shipped is None:
            shipped = {page: bundles_by_language(name) for page, name in FAMILIES.items()}
        self._application = application
        self._settings_file = settings_file
        self._settings = settings_file.load()
        self._language = LanguageSwitch(application)
        self._language.use(self._settings.language or system_language())
        add_chinese_fonts(application)
        application.setWindowIcon(window_icon())
        self.bundles = BundleDesk(
            shipped, page_of_task=_PAGE_OF_TASK, worker_factory=worker_factory, parent=self
        )
        requests, choices = self.bundles.requests, self.bundles.choices
        self.classify_session = ClassifySession(
            requests[CLASSIFY], choice=choices[CLASSIFY], parent=self
        )
        self.search_session = SearchSession(
            requests[EMBEDDINGS], choice=choices[EMBEDDINGS], parent=self
        )
        self.classify_page = ClassifyPage(self.classify_session, choices[CLASSIFY])
        self.embeddings_page = EmbeddingsPage(self.search_session, choices[EMBEDDINGS])
        self._make_projects = make_projects
        self._projects = projects or projects_folder()
        self.project_session: ProjectSession | None = None  # until the page of files is needed
        self.models = ModelDesk(
            ModelStore(models or models_folder()),
            make_session=make_models,
            in_use=self._judges_project,
            parent=self,
        )
        self.window = MainWindow(
            self.classify_page,
            self.embeddings_page,
            self._make_files_page,
            self.models.make_page,
        )
        self._connect()
        self._offer_models()
        self.window.show_recent(RecentProjects(self._projects).paths)
        apply_appearance(application, self._settings.appearance)  # once everything is in its place
        self.window.mark_settings(self._language.language, self._settings.appearance)
        self.window.help.diagnose = self._diagnose
        self._say_damaged_settings()

    def start(self, *, page: int = CLASSIFY, first: FirstBundle | None = None) -> None:
        """Show the window and open what it starts with.

        Args:
            page: the page to begin with.
            first: a bundle instead of the shipped one; it decides the page itself.
        """
        if first is not None:
            self.bundles.await_first(first, page=page)
        self.window.show_page(page)
        self.window.show()

    @property
    def files_page(self) -> FilesPage:
        """The page of files, made now if it has not been needed before."""
        return self.window.files_page

    def show_text(self, text: str) -> None:
        """Put a text into the editor of the page in view."""
        if self.window.page == CLASSIFY:
            self.classify_page.show_text(text)
        elif self.window.page == EMBEDDINGS:
            self.embeddings_page.show_text(text)

    def open_document(self, path: str) -> None:
        """Open a document, a folder or a project on the page of files."""
        self.window.show_page(FILES)
        self.files_page.open_path(Path(path))

    def open_documents(self, paths: Sequence[str]) -> None:
        """Open several documents, which go into one project, on the page of files."""
        self.window.show_page(FILES)
        self.files_page.open_paths([Path(path) for path in paths])

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
        self.bundles.close()
        self.models.close()
        self._language.remove()
        if self.project_session is not None:
            self.files_page.close_threads()
            self.project_session.shutdown()

    def _connect(self) -> None:
        self.bundles.serve(
            CLASSIFY,
            self.classify_session,
            self.classify_page,
            ask_again=self.classify_session.analyse_now,
        )
        self.bundles.serve(
            EMBEDDINGS,
            self.search_session,
            self.embeddings_page,
            ask_again=self.search_session.choose_again,
        )
        self.bundles.refused.connect(self._say_refused)
        self.bundles.page_wanted.connect(self._show_chosen)
        self.bundles.first_refused.connect(lambda: self.bundles.page_shown(self.window.page))
        self.bundles.shown.connect(self.bundle_shown)
        self.window.bundle_wanted.connect(partial(self.bundles.open, by_hand=True))
        self.window.text_file_wanted.connect(self._open_text_file)
        self.window.document_wanted.connect(self.open_document)
        self.window.documents_wanted.connect(self.open_documents)
        self.window.language_wanted.connect(self.use_language)
        self.window.appearance_wanted.connect(self.use_appearance)
        self.window.page_shown.connect(self.bundles.page_shown)
        self.models.use_wanted.connect(self._use_model)
        self.models.added.connect(self._offer_models)
        self.models.removed.connect(self._forget_model)
        self._application.styleHints().colorSchemeChanged.connect(self._follow_system)
        self._application.aboutToQuit.connect(self.close)

    def _say_damaged_settings(self) -> None:
        aside = self._settings_file.damaged
        if aside is None:
            return
        record("settings damaged", level=logging.WARNING)
        self.window.messages.warn(
            lambda: self.tr(
                "The settings could not be read and begin anew. The damaged file is kept as “%1”."
            ).replace("%1", str(aside))
        )

    def _diagnose(self) -> str:
        """The report for whoever looks for a fault; called on another thread."""
        from desktop_app.diagnostics import Surroundings, diagnostics

        opened = {each for choice in self.bundles.choices.values() for each in choice.bundles}
        return diagnostics(
            Surroundings(
                qt=qVersion() or "unknown",
                platform=self._application.platformName(),
                settings=self._settings,
                opened=tuple(each for each in sorted(opened) if not self.bundles.is_shipped(each)),
                log=self.window.help.log,
            )
        )

    def _make_files_page(self) -> FilesPage:
        from desktop_app.views.files_page import FilesPage

        self.project_session = self._make_projects(self._projects)
        self.project_session_made.emit(self.project_session)
        page = FilesPage(self.project_session)
        page.offer_models(self.bundles.choices[CLASSIFY].bundles)
        page.example_wanted.connect(self._open_example)
        return page

    def _offer_models(self) -> None:
        """Let every page choose from the bundles that are there now."""
        self.bundles.offer(
            {page: self.models.bundles(task) for task, page in _PAGE_OF_TASK.items()}
        )
        if self.project_session is not None:
            self.files_page.offer_models(self.bundles.choices[CLASSIFY].bundles)

    def _use_model(self, use: str, bundle: str) -> None:
        page = _PAGE_OF_USE[use]
        self.window.show_page(page)
        if page == FILES:
            self.files_page.use_model(bundle)
        else:
            self.bundles.choose(page, bundle)

    def _forget_model(self, bundle: str) -> None:
        """Let go of a bundle whose file is gone."""
        self._offer_models()
        self.bundles.forget(bundle)

    def _judges_project(self, bundle: str) -> bool:
        return self.project_session is not None and self.project_session.chosen_bundle == bundle

    def _open_example(self) -> None:
        from desktop_app.example_table import write_example_table
        from desktop_app.messages.message_words import message_words

        try:
            path = write_example_table(self._projects)
        except OSError as error:
            reason = str(error)
            self.window.messages.warn(lambda: message_words(reason))
        else:
            self.open_document(str(path))

    def _say_refused(self, bundle: str, reason: str) -> None:
        name, shipped = Path(bundle).name, self.bundles.is_shipped(bundle)

        def text() -> str:
            from desktop_app.messages.message_words import message_words

            if not shipped:
                said = self.tr("“%1” cannot be used as a model; the one before stays. %2")
            else:
                said = self.tr("The model “%1” could not be opened. Open another one. %2")
            return said.replace("%1", name).replace("%2", message_words(reason))

        self.window.messages.warn(text)

    def _show_chosen(self, page: int) -> None:
        """A bundle that was asked for by hand is ready: what was said before is settled."""
        self.window.show_page(page)
        self.window.messages.dismiss()

    def _follow_system(self) -> None:
        restyle(self._application)

    def _open_text_file(self, path: str) -> None:
        self.window.show_page(EMBEDDINGS)
        self.embeddings_page.open_text_file(Path(path))

    def _apply(self, *, remember: bool, **changes: Any) -> None:
        settings = dataclasses.replace(self._settings, **changes)
        if remember:
            self._settings = settings
            self._settings_file.save(settings)
        self.window.mark_settings(self._language.language, settings.appearance)
