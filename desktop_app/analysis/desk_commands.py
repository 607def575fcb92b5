"""What is done with the open project, on the thread that owns it."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from desktop_app.analysis import news
from desktop_app.analysis.bundle_routes import RouteMaker
from desktop_app.analysis.desk_thread import DeskThread
from desktop_app.analysis.document_import import ImportWish
from desktop_app.analysis.job_progress import JobProgress, ProgressMeter
from desktop_app.analysis.new_project_path import new_project_path
from desktop_app.analysis.open_project import OpenProject, wish_again
from desktop_app.analysis.project_export import ExportWish, export
from desktop_app.analysis.project_jobs import PROGRESS_SECONDS, ProjectJobs
from desktop_app.analysis.project_results import ProjectResults
from desktop_app.analysis.row_explanation import RowExplainer
from desktop_app.analysis.worker_shelf import WorkerShelf
from desktop_app.documents.parser_process import ParserProcess
from desktop_app.projects.label_history import LabelChange
from desktop_app.projects.project import Project
from desktop_app.results.result_error import ResultsCancelledError

_log = logging.getLogger(__name__)


class DeskCommands:
    """Owns the open project, its jobs and its workers. Errors are for the caller to tell."""

    def __init__(
        self,
        folder: Path,
        tell: news.Tell,
        thread: DeskThread,
        parser: ParserProcess,
        shelf: WorkerShelf,
        make_routes: RouteMaker,
    ) -> None:
        """Nothing is open.

        Args:
            folder: for new projects, made when needed.
            tell: takes the news.
            thread: that everything here runs on.
            parser: reads documents, used by nobody else.
            shelf: of the workers.
            make_routes: chooses bundles.
        """
        self._folder, self._tell, self._thread = folder, tell, thread
        self._shelf, self._make_routes = shelf, make_routes
        self._jobs = ProjectJobs(thread, shelf, parser, tell)
        self._explainer = RowExplainer(shelf, thread.post)
        self._open: OpenProject | None = None
        self._offered: JobProgress | None = None  # what could go on
        self._history = (0, 0)  # steps back and forth that were told

    def resting(self, begins: bool) -> None:
        """Tell that the work rests because it is paused, or goes on."""
        self._jobs.resting(begins)

    @property
    def busy(self) -> bool:
        """Whether there is a job, at work or at rest."""
        return self._jobs.wanted

    def stop(self) -> None:
        """End the job; what it has stored stays, and what was to be read is not forgotten."""
        self._jobs.stop()

    def work(self) -> None:
        """Do what there is to do on the open project."""
        if self._open is None:
            return
        if self._jobs.work(self._open) and self._open is not None:
            self._offer(self._open)
        if self._open is not None and self._open.project.undo_steps() != self._history:
            self._tell_history(self._open)  # a document that went took steps with it

    def fail(self, error: BaseException) -> None:
        """Tell what could not be done."""
        if not isinstance(error, (ValueError, OSError)):
            _log.error("A wish failed", exc_info=error)
        self._tell(news.Failed(reason=str(error) or repr(error)))

    def import_documents(self, wishes: Sequence[ImportWish]) -> None:
        """Read documents soon, into the open project or a new one; a pause ends with it."""
        if self._open is None:
            self._folder.mkdir(parents=True, exist_ok=True)
            project = Project.create(new_project_path(self._folder, wishes[0].path))
            try:
                self._take(project)
            except BaseException:
                project.path.unlink(missing_ok=True)  # nothing is in it
                raise
        self._thread.paused = False
        self._offered = None
        self._jobs.add(wishes)

    def open_project(self, path: Path) -> None:
        """Open a project in place of the one that is open."""
        if self.stays(path):
            return
        try:
            project = Project.open(path)
        except Exception:  # the other one stays, and so does what its job had to do
            if self._open is not None:
                self._offer(self._open)
            raise
        self.close()
        opened = self._take(project)
        changes = "\n".join(filter(None, (opened.changes(), self._jobs.wishes.told())))
        if changes:
            self._tell(news.Failed(reason=changes))
        self._offer(opened)

    def stays(self, path: Path) -> bool:
        """Whether that project is open: then its job goes on, or what is left is offered."""
        if self._open is None or self._open.project.path.resolve() != path.resolve():
            return False
        if not self._jobs.wanted:
            self._offer(self._open)
        return True

    def close(self) -> None:
        """Close the project, if one is open; what it has nothing of yet is told."""
        if self._open is None:
            return
        unread = self._jobs.wishes.leave()
        self._offered = None
        self._explainer.forget()
        self._shelf.close()
        opened, self._open = self._open, None
        opened.project.close()
        self._tell(news.StateChanged(state="empty"))
        self._tell(news.ProjectClosed())
        if unread:
            self._tell(news.Failed(reason=unread))

    def remove(self, document: int) -> None:
        """Take a document out."""
        if self._open is None:
            return
        gone = [wish_again(each) for each in self._open.documents if each.id == document]
        self._open.project.remove_document(document)
        self._jobs.wishes.forget(gone)
        self._open.reload()
        self._tell_columns(self._open)
        self._tell_history(self._open)

    def use_bundle(self, bundle: str | None) -> None:
        """Judge all texts with one bundle; None: with that of their language."""
        if self._open is None:
            return
        self._open.use_bundle(bundle, self._make_routes)
        self.resume()

    def pause(self) -> None:
        """Let the job rest, if there is one."""
        self._thread.paused = self._jobs.wanted

    def resume(self) -> None:
        """Go on, also with what an earlier run of the program left."""
        if self._thread.paused:
            self._thread.paused = False
        elif self._open is not None and not self._jobs.wanted:
            self._offered = None
            self._jobs.go_on(self._open.broken_off())

    def cancel(self) -> None:
        """End the job; without one, no longer offer to go on."""
        self._offered, busy = None, self._jobs.wanted
        if busy:
            self._jobs.stop()
        elif self._open is not None:
            self._tell(news.StateChanged(state="ready"))
        self._jobs.wishes.clear(resting=not busy)

    def search(self, words: str, void: Callable[[], bool]) -> None:
        """Find rows, until a newer search makes this one void."""
        if self._open is None or void():
            return
        texts = self._open.project.search(words, stop=void)
        if not void():
            self._tell(news.Found(places=self._open.live.places_of(texts)))

    def change(self, change: Callable[[Project], LabelChange | None]) -> None:
        """Change labels."""
        if self._open is None:
            return
        made = change(self._open.project)
        if made is not None:
            self._open.live.apply_labels(made)
            self._tell_columns(self._open)
        self._tell_history(self._open)

    def explain(self, place: int, row: int) -> None:
        """Explain a row, by its id; `place` is told back."""
        if self._open is None:
            return
        found = self._open.project.rows([row], self._open.routes.routing)
        if found:
            verdict = found[0].verdict
            self._explainer.explain(
                found[0].text,
                "" if verdict is None else verdict.language,
                self._open.routes,
                explained=lambda sentences: self._tell(
                    news.Explained(place=place, sentences=sentences)
                ),
                failed=self.fail,
            )

    def export(self, wish: ExportWish, cancelled: Callable[[], bool]) -> None:
        """Write a file; nothing else happens to the project meanwhile."""
        if self._open is None:
            return
        called_off = False
        try:
            self._write(self._open, wish, cancelled)
            self._tell(news.Exported(path=wish.path))
        except ResultsCancelledError:
            called_off = True
        finally:
            job = self._jobs.waiting() or self._offered
            self._tell(news.ExportEnded(cancelled=called_off, job=job))

    def _write(self, opened: OpenProject, wish: ExportWish, cancelled: Callable[[], bool]) -> None:
        columns = opened.snapshot()
        results = ProjectResults(opened.project, opened.routes, columns, wish.places(columns))
        meter = ProgressMeter("writing", total=len(results))
        last = 0.0

        def progress(rows: int) -> None:
            nonlocal last
            if rows == len(results) or time.monotonic() - last >= PROGRESS_SECONDS:
                last = time.monotonic()
                self._tell(news.Progressed(progress=meter.at(rows)))

        export(
            results,
            wish,
            project=opened.project.path,
            progress=progress,
            cancelled=cancelled,
        )

    def finish(self) -> None:
        """Let go of everything."""
        if self._open is not None:
            self._open.project.close()
            self._open = None
        self._shelf.close_and_wait()

    def _take(self, project: Project) -> OpenProject:
        try:
            opened = OpenProject.of(project, self._make_routes)
            self._jobs.wishes.take_over(project)
        except BaseException:
            project.close()
            raise
        self._open = opened
        self._tell(
            news.ProjectOpened(
                project=project,
                documents=opened.documents,
                columns=opened.snapshot(),
                routes=opened.routes,
            )
        )
        self._tell_history(opened)
        return opened

    def _offer(self, opened: OpenProject) -> None:
        """Say whether there is something to go on with."""
        distinct, waiting = opened.texts()
        self._offered = None
        if waiting or len(self._jobs.wishes) or opened.broken_off():
            meter = ProgressMeter("judging", total=distinct, done=distinct - waiting)
            self._offered = meter.paused()
            self._tell(news.Progressed(progress=self._offered))
            self._tell(news.StateChanged(state="paused"))
        else:
            self._tell(news.StateChanged(state="ready"))

    def _tell_columns(self, opened: OpenProject) -> None:
        self._tell(
            news.ColumnsChanged(
                columns=opened.snapshot(), documents=opened.documents, routes=opened.routes
            )
        )

    def _tell_history(self, opened: OpenProject) -> None:
        undo, redo = self._history = opened.project.undo_steps()
        self._tell(news.HistoryChanged(undo=undo > 0, redo=redo > 0))
