"""One window of the journey: `python -m benchmarks.journey_window first|second FOLDER`.

Prints one JSON object a line; the first part asks to be killed.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from benchmarks.journey_files import SEARCHED, TEXT_COLUMN
from benchmarks.timer_gaps import TimerGaps
from desktop_app.analysis.job_progress import JobProgress
from desktop_app.application import DesktopApplication
from desktop_app.returned_memory import return_large_blocks
from desktop_app.settings import SettingsFile
from desktop_app.singleton_guard import guard_singletons
from desktop_app.views.main_window import FILES

_PATIENCE = 600.0  # seconds for one step
_IN_FLIGHT = 2 * 4096  # texts of two requests: what a kill may cost at most


class Journey:
    """A window and what a person does with it."""

    def __init__(self, folder: Path) -> None:
        """Show the window on the page of files."""
        guard_singletons()
        return_large_blocks()
        self._application = QApplication(sys.argv[:1])
        self.folder = folder
        self.desktop = DesktopApplication(
            self._application,
            settings_file=SettingsFile(folder / "settings.json"),
            projects=folder / "projects",
        )
        self.desktop.use_language("en")
        self.desktop.start()
        self.desktop.window.show_page(FILES)
        self.page = self.desktop.files_page
        session = self.desktop.project_session
        assert session is not None
        self.session, self.view = session, self.page.project_view
        self.progress: JobProgress | None = None
        self.gaps = TimerGaps()
        session.progressed.connect(self._progressed)
        session.failed.connect(lambda reason: tell(failed=reason))

    @property
    def judged(self) -> int:
        """Distinct texts that have a verdict, as the progress last said."""
        found = self.progress
        return found.done if found is not None and found.stage == "judging" else 0

    def until(self, condition: Callable[[], bool], what: str) -> None:
        """Let the window live until something is true."""
        loop, timer = QEventLoop(), QTimer()
        deadline = time.monotonic() + _PATIENCE

        def look() -> None:
            if condition() or time.monotonic() > deadline:
                loop.quit()

        timer.timeout.connect(look)
        timer.start(20)
        loop.exec()
        if not condition():
            tell(failed=f"{what} did not come within {_PATIENCE:.0f} s")
            raise SystemExit(1)

    def analyse(self, path: Path, *, add: bool) -> float:
        """Open a document and press the button; seconds until its rows were seen."""
        panel = self.page.import_panel
        start = time.monotonic()
        self.desktop.open_document(str(path))
        self.until(lambda: panel.text_column == TEXT_COLUMN, f"the preview of {path.name}")
        seconds = time.monotonic() - start
        if add:
            panel.add_chip.setChecked(True)
        QTest.mouseClick(panel.analyse_button, Qt.MouseButton.LeftButton)
        return seconds

    def export(self, name: str) -> None:
        """Write a CSV of the rows in view."""
        done: list[str] = []
        self.session.exported.connect(done.append)
        self.page.export_button.export_wanted.emit(self.folder / name, False)
        self.until(lambda: bool(done), f"the export {name}")
        self.session.exported.disconnect(done.append)

    def _progressed(self, progress: JobProgress) -> None:
        self.progress = progress
        self.gaps.measuring = progress.stage == "judging" and not progress.paused


def first_part(journey: Journey) -> None:
    """Everything up to the kill."""
    session, view = journey.session, journey.view
    seconds = journey.analyse(journey.folder / "reviews.csv", add=False)
    tell(first_rows_seconds=seconds)
    total = 50
    journey.until(lambda: journey.judged > total, "the first verdicts")
    QTest.mouseClick(view.job.pause_button, Qt.MouseButton.LeftButton)
    journey.until(lambda: session.state == "paused", "the pause")
    tell(judged_at_pause=journey.judged)
    journey.analyse(journey.folder / "answers.xlsx", add=True)
    journey.until(lambda: len(session.documents) == 2, "the second document")
    before = journey.judged
    journey.until(lambda: session.state == "judging" and journey.judged > before, "more verdicts")
    killed = _kill_worker()
    at_kill = journey.judged
    journey.until(lambda: journey.judged > at_kill, "verdicts after a worker was killed")
    tell(judged_at_worker_kill=at_kill, killed_workers=killed)
    labels = _correct(journey)
    _export_filtered(journey)
    done = max(journey.judged + 50, (len(session.columns()) * 3) // 10)
    journey.until(lambda: journey.judged >= done, "a third of the verdicts")
    project = session.project_path
    tell(labels=labels, project=str(project), judged=journey.judged)
    tell(event="kill me", pid=os.getpid())
    journey.until(lambda: False, "the kill")


def second_part(journey: Journey) -> None:
    """From the killed project to the end."""
    session = journey.session
    (project,) = (journey.folder / "projects").glob("*.bertproject")
    journey.desktop.open_document(str(project))
    journey.until(lambda: session.project_path is not None, "the project")
    columns = session.columns()
    judged = columns.statuses.index("judged")
    before = int((columns.status == judged).sum())
    tell(judged_before=before, in_flight_at_most=_IN_FLIGHT, rows_before=len(columns))
    start = time.monotonic()
    session.resume()
    ended: list[str] = []
    session.job_ended.connect(ended.append)
    journey.until(lambda: bool(ended) and session.state == "ready", "the end of the job")
    rate = (len(columns) - before) / (time.monotonic() - start)
    journey.gaps.measuring = False
    journey.export("all.csv")
    tell(rate=rate, resident=_resident(), gaps=journey.gaps.percentiles())
    journey.desktop.window.close()
    journey.desktop.close()


def _correct(journey: Journey) -> dict[str, str]:
    """Three labels given and one taken back; those that stay, by the row's own id."""
    session, view = journey.session, journey.view
    last = len(session.columns()) - 1
    for place in (1, 7, last):
        view.open_row(place)
        journey.until(lambda: bool(view.detail.buttons.buttons), "the buttons of a row")
        QTest.mouseClick(view.detail.buttons.buttons[0], Qt.MouseButton.LeftButton)
        journey.until(
            lambda place=place: session.rows([place])[0].corrected is not None, "the label"
        )
    session.undo()
    journey.until(lambda: session.rows([last])[0].corrected is None, "the undoing")
    rows = session.rows([1, 7])
    return {row.cells[0]: str(row.corrected) for row in rows}


def _export_filtered(journey: Journey) -> None:
    view, found = journey.view, []
    journey.session.found.connect(found.append)
    view.filters.words.setText(SEARCHED)
    view.filters.words.returnPressed.emit()
    journey.until(lambda: bool(found), "the search")
    journey.export("filtered.csv")
    view.filters.reset()


def _kill_worker() -> int:
    """Kill the processes that judge; returns how many."""
    killed = 0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "cmdline").read_bytes()
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
        except (OSError, ValueError):
            continue
        if b"export.runtime.worker" in words and parent == os.getpid():
            os.kill(int(folder.name), signal.SIGKILL)
            killed += 1
    return killed


def _resident() -> int:
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) * 1024
    return 0


def tell(**facts: Any) -> None:
    """One line for the process that started this one."""
    print(json.dumps(facts, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    part, folder = sys.argv[1:]
    {"first": first_part, "second": second_part}[part](Journey(Path(folder)))
