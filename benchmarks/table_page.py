"""`python -m benchmarks.table_page [ROWS]`: the table of the page of files over a real project.

Times are those that this process computed, which are the ones to compare where other programs run
beside: a screen of cells (40 rows), the choice of rows, sorting, and the memory of the process.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from numpy.typing import ArrayLike
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from benchmarks.project_store import ROUTING, fill, resident
from desktop_app.item_models.file_rows import FileColumn, FileRows
from desktop_app.item_models.row_choice import RowFilter
from desktop_app.item_models.source_columns import SourceColumns
from desktop_app.projects.document import ProjectRow
from desktop_app.projects.project import Project
from desktop_app.singleton_guard import guard_singletons
from desktop_app.views.files.row_table import RowTable

_SCREEN = 40  # rows
_SCREENS = 60


def main() -> int:
    """Print the figures; returns the exit code."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    guard_singletons()
    application = QApplication(sys.argv[:1])
    with tempfile.TemporaryDirectory(prefix="table-page-") as folder:
        path = Path(folder, "table.bertproject")
        if os.fork() == 0:  # what filling needs is not the window's memory
            fill(path, rows)
            os._exit(0)
        os.wait()
        with Project.open(path) as project:
            _measure(project, application)
    return 0


def _measure(project: Project, application: QApplication) -> None:
    columns = project.columns(ROUTING)

    def read(places: ArrayLike) -> list[ProjectRow]:
        return project.rows(columns.rows[np.asarray(places)].tolist(), ROUTING)

    model = FileRows(read)
    _timed(
        "show the project", lambda: model.show_project(columns, SourceColumns(project.documents()))
    )
    fresh, known = [], []
    places = random.Random(1)
    for _ in range(_SCREENS):
        first = places.randrange(max(1, model.rowCount() - _SCREEN))
        fresh.append(_screen(model, first))
        known.append(_screen(model, first))
    for name, spent in (("never seen", sorted(fresh)), ("seen before", sorted(known))):
        median, worst = spent[_SCREENS // 2], spent[-1]
        print(f"data() of a screen {name}: median {median:.1f} ms, worst {worst:.1f} ms")
    table = RowTable(model)
    table.resize(1000, 700)
    table.show()
    application.processEvents()
    _timed("jump to the end and paint", lambda: (table.scrollToBottom(), table.grab()))
    _timed("filter by label", lambda: model.choose(RowFilter(label="negative")))
    _timed("sort by valence", lambda: model.sort(FileColumn.VALENCE, Qt.SortOrder.DescendingOrder))
    _timed("all rows again", lambda: model.choose(RowFilter()))
    _timed("new verdicts, sorted", lambda: model.show_columns(columns))
    print(f"{resident():.0f} MB resident, {model.rowCount():,} rows")


def _screen(model: FileRows, first: int) -> float:
    """Milliseconds that all cells of a screen take."""
    start = time.process_time()
    for position in range(first, first + _SCREEN):
        for column in range(model.columnCount()):
            model.data(model.index(position, column))
    return 1000 * (time.process_time() - start)


def _timed(step: str, call: Callable[[], object]) -> None:
    start = time.process_time()
    call()
    print(f"{step}: {1000 * (time.process_time() - start):.1f} ms", flush=True)


if __name__ == "__main__":
    sys.exit(main())
