"""A project's results into a file of rows, or a report on them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from desktop_app.analysis.project_results import ProjectResults
from desktop_app.projects.table_columns import TableColumns
from desktop_app.results.destination import check_destination
from desktop_app.results.html_report import write_html_report
from desktop_app.results.report_builder import ReportBuilder
from desktop_app.results.report_words import ReportLanguage
from desktop_app.results.result_error import CALLED_OFF, ResultError, ResultsCancelledError
from desktop_app.results.write_options import WriteOptions
from desktop_app.results.write_results import write_results

_CHUNK = 1_000  # rows between two looks at `cancelled`


@dataclass(frozen=True, kw_only=True)
class ExportWish:
    """What is to be written."""

    path: Path  # ends with .csv, .xlsx or .jsonl; a report with .html
    options: WriteOptions  # for CSV
    report: bool = False  # a report on the rows instead of the rows
    language: ReportLanguage = "en"  # of the report's words
    rows: NDArray[np.integer] | None = None  # ids, in this order; None: all

    def places(self, columns: TableColumns) -> NDArray[np.intp] | None:
        """Where its rows stand in the columns; None: all are meant.

        Raises:
            ResultError: if one is no longer there.
        """
        if self.rows is None:
            return None
        places = np.searchsorted(columns.rows, self.rows)
        inside = places[places < len(columns)]
        if len(inside) < len(places) or not np.array_equal(columns.rows[inside], self.rows):
            raise ResultError("The rows have changed; export again.")
        return places


def export(
    results: ProjectResults,
    wish: ExportWish,
    *,
    project: Path,
    progress: Callable[[int], None],
    cancelled: Callable[[], bool],
) -> None:
    """Write a file, whole or not at all.

    Args:
        results: of the project; the wish's rows alone.
        wish: what to write.
        project: its file, which is never written over; nor are the documents.
        progress: called with the number of rows written.
        cancelled: True calls the writing off.

    Raises:
        ResultError: if it cannot be written there.
        ResultsCancelledError: if it was called off.
        ProjectError: if the project cannot be read.
    """
    if cancelled():
        raise ResultsCancelledError(CALLED_OFF)
    for source in (project, *results.sources):
        check_destination(wish.path, source)
    if wish.report:
        _write_report(results, wish, project.stem, progress, cancelled)
    else:
        write_results(
            wish.path,
            results.table,
            results.rows(),
            options=wish.options,
            progress=progress,
            cancelled=cancelled,
        )


def _write_report(
    results: ProjectResults,
    wish: ExportWish,
    title: str,
    progress: Callable[[int], None],
    cancelled: Callable[[], bool],
) -> None:
    builder = ReportBuilder(results.table)
    for count, _ in enumerate(builder.passing(results.rows()), 1):
        if count % _CHUNK == 0:
            if cancelled():
                raise ResultsCancelledError(CALLED_OFF)
            progress(count)
    made = dict(results.table.settings)["made"]
    report = builder.report(title=title, created=made)
    if cancelled():
        raise ResultsCancelledError(CALLED_OFF)
    write_html_report(wish.path, report, language=wish.language)
    progress(len(results))
