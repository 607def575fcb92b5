"""A window at its limits: `python -m benchmarks.limits_window rows|csv FOLDER`.

Prints one JSON object a line: a step, the seconds it took, the memory of this process, and how long
the window's thread was away at most.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QHeaderView

from benchmarks.journey_window import Journey, tell
from benchmarks.limits_files import COLUMNS, SEARCHED
from benchmarks.memory_seen import MemorySeen, forget_peak
from benchmarks.timer_gaps import TimerGaps
from desktop_app.item_models.file_rows import FileColumn
from desktop_app.views.files.project_view import ROWS, SUMMARY

PROJECT, TABLE = "rows.bertproject", "rows.csv"
_TURNS = 150  # of the wheel, and jumps; fewer where there are few rows
_SETTLE_SECONDS = 0.2  # before and behind a step: the timer ticks, what is due is painted


class LimitsWindow:
    """A window whose steps are measured."""

    def __init__(self, folder: Path) -> None:
        """Show the window on the page of files."""
        self.journey = Journey(folder)
        self.folder = folder
        self.view = self.journey.view
        with self.step("the window is shown"):
            pass

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Tell what the steps inside took, by the clock and in memory."""
        gaps = TimerGaps()
        gaps.measuring = True
        forget_peak()
        self.rest()
        start = time.monotonic()
        yield
        seconds = time.monotonic() - start
        self.rest()
        worst, computed = gaps.percentiles()["worst"], gaps.most_computed
        gaps.deleteLater()
        tell(step=name, seconds=seconds, gap=worst, computed=computed, **asdict(MemorySeen.now()))

    def rest(self, seconds: float = _SETTLE_SECONDS) -> None:
        """Let the window live."""
        until = time.monotonic() + seconds
        self.journey.until(lambda: time.monotonic() >= until, "a rest")

    def answered(self, signal: object, action: Callable[[], object], what: str) -> None:
        """Do something and wait until a signal came."""
        came: list[bool] = []

        def take(*_: object) -> None:
            came.append(True)

        signal.connect(take)  # type: ignore[attr-defined]
        action()
        self.journey.until(lambda: bool(came), what)
        signal.disconnect(take)  # type: ignore[attr-defined]


def rows_part(window: LimitsWindow) -> None:
    """A project of many rows, visited."""
    journey, view = window.journey, window.view
    with window.step("the project is opened"):
        window.answered(
            journey.session.opened,
            lambda: journey.desktop.open_document(str(window.folder / PROJECT)),
            "the project",
        )
    tell(rows=view.rows.rowCount())
    _scroll(window)
    _sort(window)
    _choose(window)
    with window.step("a label is corrected"):
        view.open_row(len(view.rows.order) // 2)
        journey.until(lambda: bool(view.detail.buttons.buttons), "the buttons of a row")
        window.answered(
            journey.session.columns_changed,
            lambda: QTest.mouseClick(view.detail.buttons.buttons[0], Qt.MouseButton.LeftButton),
            "the label",
        )
    _chart(window)


def csv_part(window: LimitsWindow) -> None:
    """A large CSV, opened: the first rows are there when they have been painted."""
    journey = window.journey
    painted = _FirstPaint(journey.page.import_panel.table.viewport())
    with window.step("the CSV is opened"):
        start = time.monotonic()
        journey.desktop.open_document(str(window.folder / TABLE))
        journey.until(lambda: painted.at is not None, "the first rows")
    assert painted.at is not None
    tell(
        first_rows_seconds=painted.at - start,
        shown=journey.page.import_panel.rows.rowCount(),
        column=journey.page.import_panel.text_column,
    )


def _scroll(window: LimitsWindow) -> None:
    bar = window.view.table.verticalScrollBar()
    places = random.Random(1)
    turns = min(_TURNS, window.view.rows.rowCount() // 100)
    with window.step("scrolled by the wheel"):
        for _ in range(turns):
            bar.setValue(bar.value() + 3 * bar.singleStep())
            window.rest(0.005)
    with window.step("jumped to and fro"):
        for _ in range(turns):
            bar.setValue(places.randrange(bar.maximum() + 1))
            window.rest(0.005)


def _sort(window: LimitsWindow) -> None:
    view = window.view
    for name, column in (("confidence", FileColumn.CONFIDENCE), ("valence", FileColumn.VALENCE)):
        with window.step(f"sorted by {name}"):
            _click_head(view.table.horizontalHeader(), column)
    for name in ("id", "reference", "date"):
        number = len(FileColumn) + COLUMNS.index(name)
        with window.step(f"sorted by the column {name}"):
            window.answered(
                view.sorting.ranked,
                lambda number=number: _click_head(view.table.horizontalHeader(), number),
                f"the order by {name}",
            )
    with window.step("sorted by valence again"):
        _click_head(view.table.horizontalHeader(), FileColumn.VALENCE)


def _choose(window: LimitsWindow) -> None:
    view, filters = window.view, window.view.filters
    with window.step("chosen by a label"):
        filters.label_box.setCurrentIndex(1)
    tell(with_label=view.rows.rowCount())
    with window.step("all rows again"):
        filters.reset()
    with window.step("searched for a word"):
        filters.words.setText(SEARCHED)
        window.answered(
            window.journey.session.found, filters.words.returnPressed.emit, "the search"
        )
    tell(with_word=view.rows.rowCount())
    with window.step("all rows again, once more"):
        filters.reset()


def _chart(window: LimitsWindow) -> None:
    view = window.view
    with window.step("charts"):
        window.answered(view.counting.counted, lambda: view.show_view(SUMMARY), "the charts")
    with window.step("the rows again"):
        view.show_view(ROWS)


def _click_head(header: QHeaderView, column: int) -> None:
    """Click where the column is, as a person does; it is scrolled into view before."""
    view = header.parent()
    view.scrollTo(view.model().index(0, column))  # type: ignore[attr-defined]
    middle = header.sectionViewportPosition(column) + header.sectionSize(column) // 2
    place = QPoint(middle, header.height() // 2)
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)


class _FirstPaint(QObject):
    """When a table was painted first with rows in it."""

    def __init__(self, viewport: QObject) -> None:
        super().__init__(viewport)
        self.at: float | None = None
        self._table = viewport.parent()
        viewport.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        painting = event.type() == QEvent.Type.Paint and self.at is None
        if painting and self._table.model().rowCount():  # type: ignore[union-attr]
            QTimer.singleShot(0, self._painted)  # the event is on its way still
        return super().eventFilter(watched, event)

    def _painted(self) -> None:
        self.at = self.at or time.monotonic()


def main() -> None:
    """Run a part to its end."""
    part, folder = sys.argv[1:]
    window = LimitsWindow(Path(folder))
    {"rows": rows_part, "csv": csv_part}[part](window)
    tell(event="done")
    window.journey.desktop.window.close()
    window.journey.desktop.close()


if __name__ == "__main__":
    main()
