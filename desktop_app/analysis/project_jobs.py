"""The long work on a project: documents are read first, then texts are judged."""

from __future__ import annotations

import contextlib
import logging
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from desktop_app.analysis.desk_thread import DeskThread
from desktop_app.analysis.document_import import DocumentImport, ImportOutcome, ImportWish
from desktop_app.analysis.import_series import FollowingWish
from desktop_app.analysis.job_control import JobStopped
from desktop_app.analysis.job_progress import JobProgress, ProgressMeter
from desktop_app.analysis.judging_job import JudgingJob
from desktop_app.analysis.news import (
    ColumnsChanged,
    Failed,
    JobEnd,
    JobEnded,
    Progressed,
    StateChanged,
    Tell,
)
from desktop_app.analysis.open_project import OpenProject
from desktop_app.analysis.waiting_documents import WaitingDocuments
from desktop_app.analysis.worker_shelf import WorkerShelf
from desktop_app.documents.document_error import DocumentError
from desktop_app.documents.parser_process import ParserProcess
from desktop_app.projects.document import Document
from desktop_app.projects.project_error import ProjectError
from desktop_app.projects.results_store import StoredVerdicts
from export.runtime.text_language import detect_language

PROGRESS_SECONDS, COLUMNS_SECONDS = 0.1, 0.5  # between two pieces of news at least
_LOOKED_AT = 50  # texts that tell which workers will be needed
_FAULTS = 5  # told together
_DRIVE = ("full", "read-only", "in use", "drive", "damaged")  # reasons of a `ProjectError`
_log = logging.getLogger(__name__)


class ProjectJobs:
    """Runs on the thread of the project."""

    def __init__(
        self, thread: DeskThread, shelf: WorkerShelf, parser: ParserProcess, tell: Tell
    ) -> None:
        """Nothing is to do.

        Args:
            thread: that this runs on.
            shelf: of the workers.
            parser: of documents, used by nobody else.
            tell: takes the news.
        """
        self._thread, self._shelf, self._parser, self._tell = thread, shelf, parser, tell
        self.wishes = WaitingDocuments()
        self.wanted = False  # there is something to do
        self._judging = self._rests = False
        self._warm = False  # workers were started for the document that is read
        self._meter = ProgressMeter("judging")
        self._faults: list[str] = []  # told in this job
        self._progress_told = self._columns_told = 0.0

    def add(self, wishes: Iterable[ImportWish]) -> None:
        """Read documents soon, one after another; judging waits for them."""
        self.wishes.add(wishes)
        self.wanted = True
        if self._judging:
            self._thread.stop_work()

    def stop(self) -> None:
        """End the work; what it has stored stays, and so do the wishes."""
        self.wanted = False
        self._thread.stop_work()

    def go_on(self, broken_off: Iterable[ImportWish]) -> None:
        """Read what was broken off, and what was wanted before the last `stop`; judge the rest."""
        self.wishes.go_on(broken_off)
        self.wanted = True

    def waiting(self) -> JobProgress | None:
        """How far the work is that something else held up; its rate is measured anew."""
        if not self.wanted:
            return None
        self._meter.go_on()
        return replace(self._meter.paused(), paused=self._rests)

    def work(self, opened: OpenProject) -> bool:
        """Do what is to do, until it is done or somebody stops it.

        Returns:
            Whether there are documents that can be gone on with, after a fault or as before.
        """
        if not self.wanted:
            return False
        how: JobEnd = "done"
        self._faults = []
        while self.wanted:
            try:
                while self.wishes.ready:
                    how = how if self._read(opened) else "failed"
                self._judge(opened)
                self.wanted = False
            except JobStopped:
                if self._thread.ending:
                    return False
                if not self.wanted:
                    how = "cancelled"
            except Exception as error:  # whatever it is, the window and the project stay
                _log.exception("A job on %s failed", opened.project.path)
                self._pass_over(error)
                self.wanted, how = False, "failed"
                self._tell_fault(str(error) or repr(error))
            finally:
                self._judging = False
        self._thread.paused = False
        self._tell_columns(opened)
        self._tell(StateChanged(state="ready"))
        self._tell(JobEnded(how=how))
        return len(self.wishes) > (0 if how == "failed" else self.wishes.ready)

    def resting(self, begins: bool) -> None:
        """Tell that the work rests because it is paused, or goes on."""
        self._rests = begins
        if begins:
            self._tell(Progressed(progress=self._meter.paused()))
            self._tell(StateChanged(state="paused"))
            self._tell(JobEnded(how="paused"))
        elif not self._thread.paused:
            self._meter.go_on()
            self._tell(StateChanged(state="judging" if self._judging else "importing"))

    # Reading

    def _read(self, opened: OpenProject) -> bool:
        """Read the first document that is wanted; whether all went well."""
        self._tell(StateChanged(state="importing"))
        self._warm = False
        meter = self._meter = ProgressMeter("reading")
        self._tell(Progressed(progress=meter.at(0)))

        def appended(document: Document) -> None:
            if not self._warm:
                self._warm_up(opened)
            self._tell_progress(lambda: meter.at(document.row_count))
            if time.monotonic() - self._columns_told < COLUMNS_SECONDS:
                return
            if not reading.replacing:  # a row and the one that takes its place are not both shown
                opened.take_new_rows()
                self._tell_columns(opened)

        try:
            wish = self._looked_at(self.wishes.first)
            reading = DocumentImport(
                opened.project, wish, self._parser, self._thread, appended=appended
            )
            outcome = reading.run()
        except (DocumentError, ProjectError) as error:
            if isinstance(error, ProjectError) and error.reason in _DRIVE:
                raise  # not the fault of this document, and the next ones would meet it too
            self.wishes.end_first()
            self._tell_fault(str(error))
            return False
        finally:
            opened.take_new_rows()
            self._tell_columns(opened)
        self.wishes.end_first()
        self._take(outcome, opened)
        return not outcome.cut

    def _pass_over(self, error: Exception) -> None:
        """Do not begin again with a document that something unforeseen happened to."""
        if self.wishes.ready and not self._judging and not isinstance(error, ProjectError):
            with contextlib.suppress(ProjectError):
                self.wishes.end_first()

    def _looked_at(self, wish: ImportWish) -> ImportWish:
        """A wish that names its column."""
        if not isinstance(wish, FollowingWish):
            return wish
        with ThreadPoolExecutor(1, "look at document") as pool:
            coming = pool.submit(self._parser.preview, wish.path, wish.options)
            try:
                self._thread.wait(coming)
            finally:
                self._parser.cancel()  # so that the pool has nothing to wait for
            return wish.of(coming.result())

    def _tell_fault(self, reason: str) -> None:
        """Of several documents that cannot be read each is named."""
        self._faults = [*self._faults, reason][-_FAULTS:]
        self._tell(Failed(reason="\n".join(self._faults)))

    def _warm_up(self, opened: OpenProject) -> None:
        """Start the workers of the languages that the first rows have."""
        self._warm = True
        texts = next(opened.project.unanalysed(opened.routes.routing, limit=_LOOKED_AT), [])
        languages = {text.language or detect_language(text.text).code or "" for text in texts}
        for bundle in {opened.routes.bundle_for(language) for language in languages} - {None}:
            self._shelf.open(str(bundle))

    def _take(self, outcome: ImportOutcome, opened: OpenProject) -> None:
        held = sum(each.row_count for each in opened.documents)
        if held != len(opened.live):  # another document made room for it
            opened.reload()
            self._tell_columns(opened)
        if outcome.cut:
            self._tell_fault(outcome.cut)
        if outcome.labels_lost:
            self._tell_fault(
                f"{outcome.labels_lost:,} corrected labels belonged to rows that are no longer in "
                "the file."
            )

    # Judging

    def _judge(self, opened: OpenProject) -> None:
        distinct, waiting = opened.texts()
        if not waiting:
            return
        self._judging = True
        self._tell(StateChanged(state="judging"))
        done = distinct - waiting
        meter = self._meter = ProgressMeter("judging", total=distinct, done=done)
        self._tell(Progressed(progress=meter.at(done)))

        def stored(verdicts: StoredVerdicts) -> None:
            nonlocal done
            opened.live.apply(verdicts)
            done += len(verdicts.texts)
            self._tell_progress(lambda: meter.at(done), last=done == distinct)
            self._tell_columns(opened, at_most=COLUMNS_SECONDS)

        JudgingJob(opened.project, opened.routes, self._shelf, self._thread, stored=stored).run()

    # News

    def _tell_progress(self, progress: Callable[[], JobProgress], *, last: bool = False) -> None:
        now = time.monotonic()
        if last or now - self._progress_told >= PROGRESS_SECONDS:
            self._progress_told = now
            self._tell(Progressed(progress=progress()))

    def _tell_columns(self, opened: OpenProject, *, at_most: float = 0.0) -> None:
        now = time.monotonic()
        if now - self._columns_told >= at_most:
            self._columns_told = now
            self._tell(
                ColumnsChanged(
                    columns=opened.snapshot(), documents=opened.documents, routes=opened.routes
                )
            )
