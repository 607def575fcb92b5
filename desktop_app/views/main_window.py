"""The window: a rail of pages, a menu, and a place for dropped files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import (
    QAction,
    QActionGroup,
    QDragEnterEvent,
    QDropEvent,
    QKeySequence,
    QPaintEvent,
)
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QMainWindow,
    QMenu,
    QStackedWidget,
    QWidget,
)

from desktop_app.language import LANGUAGES, OWN_NAMES, Language
from desktop_app.tooltip_text import tooltip_text
from desktop_app.views.classify_page import ClassifyPage
from desktop_app.views.embeddings_page import EmbeddingsPage
from desktop_app.views.help import Help
from desktop_app.views.icons import Icon
from desktop_app.views.message_bar import MessageBar
from desktop_app.views.navigation_rail import NavigationRail
from desktop_app.views.theme import APPEARANCES, Appearance

if TYPE_CHECKING:  # it brings numpy along, which the start does not wait for
    from desktop_app.views.files_page import FilesPage
    from desktop_app.views.models_page import ModelsPage

CLASSIFY, EMBEDDINGS, FILES, MODELS = 0, 1, 2, 3
PAGES = 4
BUNDLE_SUFFIX = ".tflite"
_MOST_RECENT = 8


class MainWindow(QMainWindow):
    """Shows pages and says what the user wants; what happens then is the application's.

    The pages of files and of models are made when they are first needed.
    """

    bundle_wanted = Signal(str)  # path
    document_wanted = Signal(str)  # path of a document, a folder or a project
    documents_wanted = Signal(object)  # paths of several that came together
    text_file_wanted = Signal(str)  # path
    language_wanted = Signal(str)
    appearance_wanted = Signal(str)
    page_shown = Signal(int)
    first_painted = Signal()  # once

    def __init__(
        self,
        classify: ClassifyPage,
        embeddings: EmbeddingsPage,
        make_files: Callable[[], FilesPage],
        make_models: Callable[[], ModelsPage],
    ) -> None:
        """A window around the two pages and, later, those of files and of models."""
        super().__init__()
        self._pages: dict[int, ClassifyPage | EmbeddingsPage | FilesPage | ModelsPage] = {
            CLASSIFY: classify,
            EMBEDDINGS: embeddings,
        }
        self._page = CLASSIFY
        self._make_files, self._make_models = make_files, make_models
        self._was_painted = False
        self.rail = NavigationRail([Icon.CLASSIFY, Icon.EMBEDDINGS, Icon.FILES, Icon.MODELS], self)
        self._stack = QStackedWidget(self)
        for page in (classify, embeddings):
            self._stack.addWidget(page)
            page.open_model_wanted.connect(self.choose_bundle)
        embeddings.open_text_wanted.connect(self.choose_text_file)
        self.rail.page_chosen.connect(self.show_page)
        centre = QWidget(self)
        row = QHBoxLayout(centre)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        self.help = Help(self, self._stack, self._named_pages)
        row.addWidget(self.help.area, 1)
        self.setCentralWidget(centre)
        self.setAcceptDrops(True)
        self._make_menus()
        self.resize(1200, 800)
        self.setMinimumSize(900, 660)
        self.rail.choose(CLASSIFY)
        self.retranslate()

    @property
    def page(self) -> int:
        """The page in view."""
        return self._page

    @property
    def files_page(self) -> FilesPage:
        """The page of files, made now if it has not been needed before."""
        from desktop_app.views.files_page import FilesPage

        if FILES not in self._pages:
            page = self._make_files()
            self._pages[FILES] = page
            self._stack.addWidget(page)
            page.recent_changed.connect(self.show_recent)
        made = self._pages[FILES]
        assert isinstance(made, FilesPage)
        return made

    @property
    def models_page(self) -> ModelsPage:
        """The page of models, made now if it has not been needed before."""
        from desktop_app.views.models_page import ModelsPage

        if MODELS not in self._pages:
            page = self._make_models()
            self._pages[MODELS] = page
            self._stack.addWidget(page)
        made = self._pages[MODELS]
        assert isinstance(made, ModelsPage)
        return made

    @property
    def messages(self) -> MessageBar:
        """The message bar of the page in view."""
        return self._pages[self.page].messages

    def show_page(self, page: int) -> None:
        """Bring a page into view and the keyboard to it."""
        if page == FILES:
            self.files_page  # noqa: B018  made here
        elif page == MODELS:
            self.models_page  # noqa: B018  made here
        self._page = page
        self.help.leave()
        self.rail.choose(page)
        self._stack.setCurrentWidget(self._pages[page])
        self._page_actions[page].setChecked(True)
        self._pages[page].focus_text()
        self.page_shown.emit(page)

    def mark_settings(self, language: Language, appearance: Appearance) -> None:
        """Check the menu entries that are in force."""
        self._language_actions[LANGUAGES.index(language)].setChecked(True)
        self._appearance_actions[APPEARANCES.index(appearance)].setChecked(True)

    def choose_bundle(self) -> None:
        """Ask for a bundle."""
        path, _ = QFileDialog.getOpenFileName(
            self, self.tr("Open model"), "", self.tr("Models (*.tflite);;All files (*)")
        )
        if path:
            self.bundle_wanted.emit(path)

    def choose_document(self) -> None:
        """Ask for a document on the page of files."""
        self.show_page(FILES)
        self.files_page.choose_file()

    def choose_project(self) -> None:
        """Ask for a project on the page of files."""
        self.show_page(FILES)
        self.files_page.choose_project()

    def show_recent(self, projects: Sequence[Path]) -> None:
        """List the projects of before in the menu."""
        self._recent_menu.clear()
        for path in projects[:_MOST_RECENT]:
            action = self._recent_menu.addAction(path.stem.replace("&", "&&"))
            action.setToolTip(tooltip_text(str(path)))
            action.triggered.connect(
                lambda _checked, each=str(path): self.document_wanted.emit(each)
            )
        self._recent_menu.setEnabled(bool(projects))

    def choose_text_file(self) -> None:
        """Ask for a text file."""
        path, _ = QFileDialog.getOpenFileName(
            self, self.tr("Open text"), "", self.tr("Text files (*.txt *.md *.csv);;All files (*)")
        )
        if path:
            self.text_file_wanted.emit(path)

    def retranslate(self) -> None:
        """Say everything in the current language."""
        self.setWindowTitle(self.tr("bert-tf desktop"))
        self._file_menu.setTitle(self.tr("&File"))
        self._view_menu.setTitle(self.tr("&View"))
        self._language_menu.setTitle(self.tr("&Language"))
        self._appearance_menu.setTitle(self.tr("&Appearance"))
        self._open_document.setText(self.tr("Open &file…"))
        self._open_project.setText(self.tr("Open &project…"))
        self._recent_menu.setTitle(self.tr("&Recent projects"))
        self._open_bundle.setText(self.tr("&Open model…"))
        self._open_text.setText(self.tr("Open &text…"))
        self._quit.setText(self.tr("&Quit"))
        names = [
            self.tr("Classify"),
            self.tr("Embeddings"),
            self.tr("Files"),
            self.tr("Models"),
        ]
        self.help.retranslate()
        self.rail.set_names(names)
        self.rail.setAccessibleName(self.tr("Pages"))
        for action, name in zip(self._page_actions, names, strict=True):
            action.setText(name)
        appearances = [self.tr("As the system"), self.tr("Light"), self.tr("Dark")]
        for action, name in zip(self._appearance_actions, appearances, strict=True):
            action.setText(name)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell when the window is seen for the first time."""
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            self.first_painted.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Welcome files."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """A bundle is opened as a model, or added on the page of models; all else is a document."""
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        documents = [path for path in paths if Path(path).suffix.lower() != BUNDLE_SUFFIX]
        if paths:
            event.acceptProposedAction()
        if len(documents) > 1:
            self.documents_wanted.emit(documents)
        elif paths and not documents and self.page == MODELS:
            self.models_page.add_file(Path(paths[0]))
        elif paths:
            self.open_path(paths[0])

    def open_path(self, path: str) -> None:
        """Ask for a file to be opened as what its name says it is."""
        if Path(path).suffix.lower() == BUNDLE_SUFFIX:
            self.bundle_wanted.emit(path)
        else:
            self.document_wanted.emit(path)

    def _make_menus(self) -> None:
        self._file_menu = self.menuBar().addMenu("")
        self._open_document = self._action(self._file_menu, QKeySequence("Ctrl+Shift+O"))
        self._open_document.triggered.connect(self.choose_document)
        self._open_project = self._action(self._file_menu, QKeySequence("Ctrl+Alt+O"))
        self._open_project.triggered.connect(self.choose_project)
        self._recent_menu = self._file_menu.addMenu("")
        self._recent_menu.setToolTipsVisible(True)
        self._recent_menu.setEnabled(False)
        self._file_menu.addSeparator()
        self._open_bundle = self._action(self._file_menu, QKeySequence.StandardKey.Open)
        self._open_bundle.triggered.connect(self.choose_bundle)
        self._open_text = self._action(self._file_menu, QKeySequence("Ctrl+T"))
        self._open_text.triggered.connect(self.choose_text_file)
        self._file_menu.addSeparator()
        self._quit = self._action(self._file_menu, QKeySequence("Ctrl+Q"))
        self._quit.triggered.connect(self.close)
        self._view_menu = self.menuBar().addMenu("")
        self._page_actions = self._choices(self._view_menu, PAGES)
        for number, action in enumerate(self._page_actions):
            action.setShortcut(QKeySequence(f"Ctrl+{number + 1}"))
            action.triggered.connect(lambda _checked, page=number: self.show_page(page))
        self._page_actions[CLASSIFY].setChecked(True)
        self._view_menu.addSeparator()
        self._language_menu = self._view_menu.addMenu("")
        self._language_actions = self._choices(self._language_menu, len(LANGUAGES))
        for language, action in zip(LANGUAGES, self._language_actions, strict=True):
            action.setText(OWN_NAMES[language])
            action.triggered.connect(
                lambda _checked, name=language: self.language_wanted.emit(name)
            )
        self._appearance_menu = self._view_menu.addMenu("")
        self._appearance_actions = self._choices(self._appearance_menu, len(APPEARANCES))
        for name, action in zip(APPEARANCES, self._appearance_actions, strict=True):
            action.triggered.connect(lambda _checked, name=name: self.appearance_wanted.emit(name))

        self.help.add_menu(self.menuBar())

    def _named_pages(self) -> list[tuple[str, QWidget]]:
        """All pages with their names, in order."""
        pages = [self.files_page, self.models_page]
        names = [action.text() for action in self._page_actions]
        return list(
            zip(names, [self._pages[CLASSIFY], self._pages[EMBEDDINGS], *pages], strict=True)
        )

    def _action(self, menu: QMenu, keys: QKeySequence | QKeySequence.StandardKey) -> QAction:
        action = QAction(self)
        action.setShortcut(keys)
        menu.addAction(action)
        return action

    def _choices(self, menu: QMenu, count: int) -> list[QAction]:
        group = QActionGroup(self)
        actions = []
        for _ in range(count):
            action = QAction(group)
            action.setCheckable(True)
            menu.addAction(action)
            actions.append(action)
        return actions
