"""All that can be done with a project, from any thread. No Qt."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from desktop_app.analysis import news
from desktop_app.analysis.bundle_routes import RouteMaker, shipped_routes
from desktop_app.analysis.desk_commands import DeskCommands
from desktop_app.analysis.desk_thread import IDLE_SECONDS, DeskThread
from desktop_app.analysis.document_import import ImportWish
from desktop_app.analysis.import_series import single_wishes
from desktop_app.analysis.preview_reader import PreviewReader
from desktop_app.analysis.project_export import ExportWish
from desktop_app.analysis.worker_shelf import WorkerShelf, background_worker
from desktop_app.documents.parser_process import ParserProcess
from desktop_app.documents.read_options import ReadOptions
from desktop_app.projects.project import Project
from desktop_app.workers.worker_start import WorkerFactory

_PARSER_NICENESS = 5


class ProjectDesk:
    """Public methods return at once, may be called from any thread, and are answered by news."""

    def __init__(
        self,
        folder: Path,
        tell: news.Tell,
        *,
        factory: WorkerFactory = background_worker,
        make_routes: RouteMaker = shipped_routes,
        idle_seconds: float = IDLE_SECONDS,
    ) -> None:
        """Nothing is open; the thread begins.

        Args:
            folder: for new projects, made when needed.
            tell: takes the news, on threads of this.
            factory: starts workers.
            make_routes: chooses bundles.
            idle_seconds: after which workers that nobody needs are ended.
        """
        self._tell = tell
        shelf = WorkerShelf(factory)
        self._previews = PreviewReader(ParserProcess(niceness=_PARSER_NICENESS))
        self._thread = DeskThread(
            work=lambda: self._commands.work(),
            failed=lambda error: self._commands.fail(error),
            idle=shelf.close,
            finish=lambda: self._commands.finish(),
            resting=lambda begins: self._commands.resting(begins),
            idle_seconds=idle_seconds,
        )
        parser = ParserProcess(niceness=_PARSER_NICENESS)
        self._commands = DeskCommands(folder, tell, self._thread, parser, shelf, make_routes)
        self._search_wish = 0
        self._coming = 0  # commands that wait for the end of the job; owned by the thread
        self._writings: set[threading.Event] = set()  # an event calls off its writing
        self._ending = False  # never taken back
        self._lock = threading.Lock()  # over the two above
        self._thread.start()

    # Documents and projects

    def preview(self, path: Path, options: ReadOptions) -> None:
        """Look at a document."""
        self._previews.read(
            path,
            options,
            read=lambda preview: self._tell(
                news.PreviewRead(path=path, options=options, preview=preview)
            ),
            failed=self._commands.fail,
        )

    def import_document(self, wish: ImportWish) -> None:
        """Read a document into the open project, or into a new one, and judge it.

        Those of an `ImportSeries` follow each other; one that cannot be read is told and left out.
        """
        self._thread.post(partial(self._commands.import_documents, tuple(single_wishes(wish))))

    def open_project(self, path: Path) -> None:
        """Open a project in place of the one that is open; if it is that one, its job goes on."""
        self._instead(
            partial(self._commands.open_project, path),
            needless=partial(self._commands.stays, path),
        )

    def close_project(self) -> None:
        """Close the project; what was under way can go on when it is opened again."""
        self._instead(self._commands.close)

    def remove_document(self, document: int) -> None:
        """Take a document out of the project, by its id, with its labels."""
        self._instead(partial(self._commands.remove, document))

    def use_bundle(self, bundle: str | None) -> None:
        """Judge all texts with one bundle; None: with that of their language."""
        self._instead(partial(self._commands.use_bundle, bundle))

    # Jobs

    def pause(self) -> None:
        """Let the job rest."""
        self._thread.post(self._commands.pause)

    def resume(self) -> None:
        """Go on, also with what an earlier run of the program left."""
        self._thread.post(self._commands.resume)

    def cancel(self) -> None:
        """End the writing of files that was wanted so far, or else the job."""
        self._previews.cancel()
        if not self._call_off_writing():
            self._thread.post(self._commands.cancel)

    def shutdown(self, seconds: float = 15.0) -> bool:
        """End everything; False if something has not ended in time."""
        self._previews.cancel()
        self._search_wish += 1
        with self._lock:
            self._ending = True
        self._call_off_writing()
        self._thread.end()
        return self._thread.join(seconds)

    # One project

    def search(self, words: str) -> None:
        """Find rows; a newer search ends an older one."""
        self._search_wish += 1
        wish = self._search_wish

        def void() -> bool:
            return wish != self._search_wish

        self._thread.post(partial(self._commands.search, words, void))

    def correct(self, rows: Sequence[int], label: str | None) -> None:
        """Give rows, by their ids, a person's label; None takes it back."""
        self._thread.post(partial(self._commands.change, lambda it: it.correct_labels(rows, label)))

    def undo(self) -> None:
        """Take the last correction back."""
        self._thread.post(partial(self._commands.change, Project.undo))

    def redo(self) -> None:
        """Do it again."""
        self._thread.post(partial(self._commands.change, Project.redo))

    def explain(self, place: int, row: int) -> None:
        """Explain a row; a newer wish makes an older one void.

        Args:
            place: told back.
            row: id.
        """
        self._thread.post(partial(self._commands.explain, place, row))

    def export(self, wish: ExportWish) -> None:
        """Write rows or a report; judging waits meanwhile, so the file shows one moment."""
        called_off = threading.Event()
        with self._lock:
            if self._ending:
                return
            self._writings.add(called_off)

        def write() -> None:
            try:
                self._commands.export(wish, called_off.is_set)
            finally:
                with self._lock:
                    self._writings.discard(called_off)

        self._thread.post(write)

    def _call_off_writing(self) -> bool:
        """Whether there was any, under way or waiting for its turn."""
        with self._lock:
            for called_off in self._writings:
                called_off.set()
            return bool(self._writings)

    def _instead(
        self, command: Callable[[], None], needless: Callable[[], bool] = lambda: False
    ) -> None:
        """Run a command when the job has ended, unless there is no need for it."""
        self._search_wish += 1

        def run() -> None:
            if self._commands.busy:  # what came in between began another job
                self._commands.stop()
                self._thread.post(run)
                return
            self._coming -= 1
            command()

        def stop() -> None:
            if not self._coming and needless():  # what comes may still close the project
                return
            self._coming += 1
            self._commands.stop()
            self._thread.post(run)

        self._thread.post(stop)
