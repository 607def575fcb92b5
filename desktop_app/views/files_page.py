"""Whole files: open one, see how it is read, have every row judged, look, correct, export."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QLocale, Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop_app.analysis.job_progress import JobProgress
from desktop_app.documents.document_preview import DocumentPreview
from desktop_app.documents.read_options import ReadOptions
from desktop_app.inference.project_session import ProjectSession
from desktop_app.messages.message_words import message_words
from desktop_app.numbers import whole
from desktop_app.projects.project import PROJECT_SUFFIX
from desktop_app.projects.table_columns import TableColumns
from desktop_app.results.result_error import CALLED_OFF
from desktop_app.results.write_options import WriteOptions
from desktop_app.views.design import Space, Type, set_type
from desktop_app.views.files.document_panel import DocumentPanel
from desktop_app.views.files.export_button import ExportButton
from desktop_app.views.files.import_panel import ImportPanel
from desktop_app.views.files.judge_bar import JudgeBar
from desktop_app.views.files.project_labels import project_style
from desktop_app.views.files.project_view import ProjectView
from desktop_app.views.files.start_panel import StartPanel
from desktop_app.views.fitting_label import FittingLabel
from desktop_app.views.message_bar import MessageBar
from desktop_app.views.page_shortcut import PageShortcut

START, IMPORT, PROJECT = 0, 1, 2


class FilesPage(QWidget):
    """Three states: nothing is open, a file is looked at, a project is open."""

    example_wanted = Signal()
    recent_changed = Signal(object)  # paths of projects

    def __init__(self, session: ProjectSession, parent: QWidget | None = None) -> None:
        """A page for one session, which outlives it."""
        super().__init__(parent)
        self._session = session
        self._switching = self._removing = False  # a job ends because of that
        self._title = QLabel(self)
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        set_type(self._title, Type.TITLE)
        self._facts = FittingLabel(self)
        self.undo_button = QPushButton(self)
        self.redo_button = QPushButton(self)
        self.export_button = ExportButton(self)
        self.open_button = QPushButton(self)
        self.messages = MessageBar(self)
        self.judge_bar = JudgeBar(self)
        self.document_panel = DocumentPanel(self.judge_bar.documents_button, self)
        self.start_panel = StartPanel(self)
        self.import_panel = ImportPanel(self)
        self.project_view = ProjectView(session.rows, session.cells, self)
        self._stack = QStackedWidget(self)
        self._lay_out()
        self._connect()
        self._history_changed(False, False)
        self.retranslate()
        self._show_state(START)

    @property
    def state(self) -> int:
        """Which of the three is in view."""
        return self._stack.currentIndex()

    def open_path(self, path: Path) -> None:
        """Open a project, or look at a document before it is taken in."""
        self._open(path, [])

    def open_paths(self, paths: Sequence[Path]) -> None:
        """Look at the first of several documents; the others follow it into its project."""
        documents = [path for path in paths if path.suffix.lower() != PROJECT_SUFFIX]
        first, *following = documents or paths[:1]
        self._open(first, following)
        if documents and len(documents) < len(paths):
            self.messages.note(
                lambda: self.tr("Only the documents are taken; open a project by itself.")
            )

    def _open(self, path: Path, following: Sequence[Path]) -> None:
        if path.suffix.lower() == PROJECT_SUFFIX:
            current = self._session.project_path
            if current is not None and current.resolve() == path.resolve():
                self._show_state(PROJECT)
            else:
                self._session.open_project(path)
            return
        self.messages.dismiss()
        self._show_state(IMPORT)
        project = self._session.project_name if self._is_open() else ""
        self.import_panel.begin(path, project=project, following=following)

    def offer_models(self, bundles: Sequence[str]) -> None:
        """Offer bundles for classification, by name or path."""
        self.judge_bar.offer(bundles)

    def use_model(self, bundle: str | None) -> None:
        """Judge all rows of the open project, or of the next one, with one bundle.

        Args:
            bundle: a name or path; None: the shipped bundle of each row's language.
        """
        self.messages.dismiss()
        self.judge_bar.show_choice(bundle)
        if self._is_open() and bundle != self._session.chosen_bundle:
            self._switching = True
            self._session.use_bundle(bundle)

    def focus_text(self) -> None:
        """Put the keyboard where one goes on."""
        if self.state == PROJECT:
            self.project_view.focus_first()
        elif self.state == IMPORT:
            self.import_panel.focus_first()
        else:
            self.start_panel.focus_first()

    def choose_file(self) -> None:
        """Ask for a document or a project."""
        path, _ = QFileDialog.getOpenFileName(
            self,
            self.tr("Open file"),
            "",
            self.tr(
                "Documents and projects (*.csv *.tsv *.tab *.psv *.xlsx *.xlsm *.xls *.xlsb *.ods "
                "*.json *.jsonl *.ndjson *.txt *.text *.log *.md *.markdown *.docx *.pdf "
                "*.bertproject);;All files (*)"
            ),
        )
        if path:
            self.open_path(Path(path))

    def choose_folder(self) -> None:
        """Ask for a folder of documents."""
        path = QFileDialog.getExistingDirectory(self, self.tr("Open folder"))
        if path:
            self.open_path(Path(path))

    def choose_project(self) -> None:
        """Ask for a project."""
        path, _ = QFileDialog.getOpenFileName(
            self, self.tr("Open project"), "", self.tr("Projects (*.bertproject)")
        )
        if path:
            self.open_path(Path(path))

    def close_threads(self) -> None:
        """Stop what counts in the background."""
        self.project_view.close_threads()

    def retranslate(self) -> None:
        """Say everything in the current language."""
        self._title.setText(self.tr("Files"))
        self.open_button.setText(self.tr("Open file…"))
        self.open_button.setAccessibleName(self.tr("Open a file"))
        self.undo_button.setText(self.tr("Undo"))
        self.undo_button.setAccessibleName(self.tr("Undo the last correction"))
        self.undo_button.setToolTip(self.tr("Undo the last correction (Ctrl+Z)"))
        self.redo_button.setText(self.tr("Redo"))
        self.redo_button.setAccessibleName(self.tr("Correct again"))
        self.redo_button.setToolTip(self.tr("Correct again (Ctrl+Shift+Z)"))
        self._name_shortcuts()
        self._show_facts()

    def _name_shortcuts(self) -> None:
        words = (
            self.tr("Undo the last correction"),
            self.tr("Correct again"),
            self.tr("Correct again"),
            self.tr("Search the rows"),
            self.tr("Go to the rows"),
            self.tr("Open a copied file"),
        )
        for shortcut, does in zip(self._shortcuts, words, strict=True):
            shortcut.setWhatsThis(does)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(Space.SMALL)
        head.addWidget(self._title)
        head.addSpacing(Space.SMALL)
        head.addWidget(self._facts, 1)
        head.addSpacing(Space.SMALL)
        for button in (self.undo_button, self.redo_button, self.export_button, self.open_button):
            head.addWidget(button)
        for panel in (self.start_panel, self.import_panel, self.project_view):
            self._stack.addWidget(panel)
        page = QVBoxLayout(self)
        page.setContentsMargins(Space.PAGE, Space.WIDE, Space.PAGE, Space.WIDE)
        page.setSpacing(Space.LARGE)
        page.addLayout(head)
        page.addWidget(self.messages)
        page.addWidget(self.judge_bar)
        page.addWidget(self.document_panel)
        page.addWidget(self._stack, 1)

    def _connect(self) -> None:
        session, view = self._session, self.project_view
        session.preview_ready.connect(self._preview_ready)
        session.opened.connect(self._opened)
        session.closed.connect(self._closed)
        session.progressed.connect(self._progressed)
        session.columns_changed.connect(self._columns_changed)
        session.job_ended.connect(self._job_ended)
        session.state_changed.connect(self._state_changed)
        session.failed.connect(self._failed)
        session.found.connect(view.show_found)
        session.exported.connect(self._say_saved)
        session.export_ended.connect(self._export_ended)
        session.explained.connect(view.show_explanation)
        session.history_changed.connect(self._history_changed)
        self.start_panel.open_wanted.connect(self.choose_file)
        self.start_panel.folder_wanted.connect(self.choose_folder)
        self.start_panel.example_wanted.connect(self.example_wanted)
        self.start_panel.project_wanted.connect(lambda path: self.open_path(Path(path)))
        self.open_button.clicked.connect(self.choose_file)
        self.import_panel.preview_wanted.connect(session.preview)
        self.import_panel.analysis_wanted.connect(self._analyse)
        self.import_panel.closed.connect(self._leave_import)
        view.job.pause_wanted.connect(session.pause)
        view.job.resume_wanted.connect(session.resume)
        view.job.cancel_wanted.connect(session.cancel)
        view.search_wanted.connect(session.search)
        view.explanation_wanted.connect(session.explain)
        view.label_wanted.connect(session.correct)
        view.summary.saved.connect(self._say_saved)
        view.summary.failed.connect(self._say_failed)
        view.counting.failed.connect(self._say_failed)
        view.sorting.failed.connect(self._say_failed)
        self.export_button.export_wanted.connect(self._export)
        self.undo_button.clicked.connect(session.undo)
        self.redo_button.clicked.connect(session.redo)
        session.document_removed.connect(self._say_removed)
        self.judge_bar.model_wanted.connect(self.use_model)
        self.judge_bar.documents_wanted.connect(self._list_documents)
        self.document_panel.closed.connect(self._hide_documents)
        self.document_panel.removal_wanted.connect(self._remove_document)
        self._shortcuts = [
            PageShortcut("Ctrl+Z", self, self.undo_button.click),
            PageShortcut("Ctrl+Shift+Z", self, self.redo_button.click),
            PageShortcut("Ctrl+Y", self, self.redo_button.click),
            PageShortcut("Ctrl+F", self, lambda: view.filters.words.setFocus()),
            PageShortcut("Ctrl+L", self, view.focus_first),
            PageShortcut("Ctrl+V", self, self._paste),
        ]

    def _is_open(self) -> bool:
        return self._session.project_path is not None

    def _show_state(self, state: int) -> None:
        self._stack.setCurrentIndex(state)
        for button in (self.undo_button, self.redo_button, self.export_button):
            button.setVisible(state == PROJECT)
        self.open_button.setVisible(state == PROJECT)
        self.judge_bar.show_documents(len(self._session.documents) if state == PROJECT else None)
        if state != PROJECT:
            self.document_panel.hide()
        if state == START:
            self.start_panel.show_recent(self._session.recent)
        self._show_facts()

    def _show_facts(self) -> None:
        if self.state != PROJECT or not self._is_open():
            self._facts.show_text("")
            return
        parts = [self._session.project_name]
        documents = self._session.documents
        if len(documents) > 1:
            parts.append(self.tr("%1 files").replace("%1", whole(len(documents))))
        self._facts.show_text("  ·  ".join(parts))

    def _preview_ready(self, preview: DocumentPreview) -> None:
        if self.state == IMPORT:
            self.import_panel.show_preview(preview)
            self.import_panel.focus_first()

    def _analyse(self, path: Path, options: ReadOptions, text_column: str, add: bool) -> None:
        if self._is_open() and not add:
            self._session.close_project()
        self._session.import_document(
            path,
            options,
            text_column,
            bundle=None if add else self.judge_bar.chosen,
            following=self.import_panel.following,
        )
        if add:  # otherwise a project opens, and is shown then
            self._show_state(PROJECT)

    def _leave_import(self) -> None:
        self.messages.dismiss()
        if self.import_panel.following:  # that file is passed over
            first, *others = self.import_panel.following
            self._open(first, others)
            return
        self._show_state(PROJECT if self._is_open() else START)
        self.focus_text()

    def _opened(self) -> None:
        style = project_style(self._session.provenance)
        columns, documents = self._session.columns(), self._session.documents
        self.project_view.job.end()
        self.project_view.show_project(
            columns, documents, style, project=self._session.project_path
        )
        self.export_button.project_name = self._session.project_name
        self._switching = False
        self.judge_bar.show_choice(self._session.chosen_bundle)
        self._show_documents()
        self._show_state(PROJECT)
        self.recent_changed.emit(self._session.recent)
        if self._session.state == "paused":
            self.project_view.job.show_paused()

    def _closed(self) -> None:
        self.project_view.counting.stop()
        self.project_view.sorting.stop()
        if self.state == PROJECT:
            self.judge_bar.show_choice(None)
            self._show_state(START)

    def _columns_changed(self, columns: TableColumns) -> None:
        style = project_style(self._session.provenance)
        self.project_view.show_columns(columns, self._session.documents, style)
        self._show_documents()
        self._show_facts()
        if self._switching and self._session.chosen_bundle == self.judge_bar.chosen:
            self._switching = False

    def _progressed(self, progress: JobProgress) -> None:
        self.project_view.job.show_progress(progress)

    def _job_ended(self, how: str) -> None:
        if how == "paused":
            self.project_view.job.show_paused()
            return
        self.project_view.end_job()
        if how == "cancelled" and not self._switching and not self._removing:
            self.messages.note(
                lambda: self.tr("Stopped. What has been judged is kept in the project.")
            )

    def _export_ended(self, cancelled: bool, job: JobProgress | None) -> None:
        if job is None:
            self.project_view.end_job()
        else:
            self.project_view.job.show_progress(job)
        if cancelled:
            self.messages.note(lambda: message_words(CALLED_OFF))

    def _state_changed(self, state: str) -> None:
        if state in ("ready", "empty"):
            self.project_view.end_job()

    def _failed(self, reason: str) -> None:
        if self.state == IMPORT:
            self.import_panel.show_failure()
        self._switching = self._removing = False
        if self._is_open():
            self.judge_bar.show_choice(self._session.chosen_bundle)
        self._say_failed(reason)

    def _say_failed(self, reason: str) -> None:
        self.messages.warn(lambda: message_words(reason))

    def _list_documents(self, wanted: bool) -> None:
        self.document_panel.setVisible(wanted)
        if wanted:
            self.document_panel.focus_first()

    def _hide_documents(self) -> None:
        self.judge_bar.documents_button.setChecked(False)
        self.document_panel.hide()
        self.judge_bar.documents_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_documents(self) -> None:
        documents, columns = self._session.documents, self._session.columns()
        given = columns.documents[columns.corrected >= 0]
        labels = {each.id: int((given == each.id).sum()) for each in documents}
        self.document_panel.show_documents(documents, labels)
        if self.state == PROJECT:
            self.judge_bar.show_documents(len(documents))

    def _remove_document(self, document: int) -> None:
        self._removing = True
        self.messages.dismiss()
        self._session.remove_document(document)

    def _say_removed(self, name: str) -> None:
        self._removing = False
        self.messages.note(lambda: self.tr("Removed from the project: %1").replace("%1", name))

    def _say_saved(self, path: str) -> None:
        self.messages.note(lambda: self.tr("Saved: %1").replace("%1", path))

    def _history_changed(self, undo: bool, redo: bool) -> None:
        self.undo_button.setEnabled(undo)
        self.redo_button.setEnabled(redo)

    def _export(self, path: Path, report: bool) -> None:
        chinese = QLocale().language() == QLocale.Language.Chinese
        self._session.export(
            path,
            WriteOptions(),
            report=report,
            language="zh_CN" if chinese else "en",
            ordinals=self.project_view.shown_only,
        )

    def _paste(self) -> None:
        """Open files that were copied in a file manager."""
        urls = QApplication.clipboard().mimeData().urls()
        local = [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
        if local:
            self.open_paths(local)
