"""What a project knows, as a table of results for a file or a report."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from desktop_app.analysis.bundle_routes import BundleRoutes
from desktop_app.analysis.judgement import row_status
from desktop_app.projects.document import ProjectRow
from desktop_app.projects.joint_columns import JointColumns
from desktop_app.projects.project import Project
from desktop_app.projects.table_columns import TableColumns
from desktop_app.projects.verdict import BLANK_LANGUAGE
from desktop_app.results.provenance import Provenance, joint_labels
from desktop_app.results.result_row import ResultRow, ResultTable
from desktop_app.results.uncertainty import UNCERTAIN_MARGIN
from desktop_app.versions import program_and_version

_PAGE = 1_000  # rows read at once


class ProjectResults:
    """One moment of a project."""

    def __init__(
        self,
        project: Project,
        routes: BundleRoutes,
        columns: TableColumns,
        places: NDArray[np.integer] | None = None,
    ) -> None:
        """Args:
        project: nothing of it may change until the last row was taken.
        routes: whose verdicts are told.
        columns: of all rows.
        places: of the rows to tell, in this order; None: all.
        """
        self._project, self._routes, self._columns = project, routes, columns
        self._places = np.arange(len(columns)) if places is None else np.asarray(places)
        self._documents = project.documents()
        self._joint = JointColumns(self._documents)
        self.table = ResultTable(
            columns=self._joint.names,
            text_column=self._joint.text,
            labels=joint_labels(routes.provenance),
            provenance=routes.provenance,
            settings=self._settings(),
        )
        self._score_places = {
            each.sha256: _score_places(each, self.table.labels) for each in routes.provenance
        }

    def __len__(self) -> int:
        return len(self._places)

    @property
    def sources(self) -> tuple[Path, ...]:
        """The files that were read."""
        return tuple(Path(each.path) for each in self._documents if each.path)

    def rows(self) -> Iterator[ResultRow]:
        """The rows in order, a page of them in memory.

        Raises:
            ProjectError: if the project cannot be read on.
        """
        routing = self._routes.routing
        for start in range(0, len(self._places), _PAGE):
            places = self._places[start : start + _PAGE]
            rows = self._project.rows(self._columns.rows[places].tolist(), routing)
            for row, place in zip(rows, places.tolist(), strict=True):
                yield self._row(row, place)

    def _row(self, row: ProjectRow, place: int) -> ResultRow:
        columns, verdict = self._columns, row.verdict
        status = columns.statuses[columns.status[place]]
        number = int(columns.language[place])
        language = columns.languages[number] if number >= 0 else ""
        scores: tuple[float, ...] = ()
        if verdict is not None and verdict.label is not None and verdict.bundle is not None:
            found = (*verdict.scores, math.nan)
            scores = tuple(found[at] for at in self._score_places[verdict.bundle])
        return ResultRow(
            cells=self._joint.cells(row),
            status=row_status(row.status, status),
            label=None if verdict is None else verdict.label,
            scores=scores,
            valence=None if verdict is None else verdict.valence,
            language="" if language == BLANK_LANGUAGE else language,
            uncertain=verdict is not None and verdict.uncertain,
            corrected=row.corrected,
        )

    def _settings(self) -> tuple[tuple[str, str], ...]:
        names = [Path(each.path).name or "pasted text" for each in self._documents]
        return (
            *(("source", name) for name in names),
            ("bundle", self._routes.chosen or "auto"),
            ("long texts", "truncate"),
            ("uncertain below a lead of", f"{UNCERTAIN_MARGIN:.2f}"),
            ("made", datetime.now().astimezone().isoformat(timespec="seconds")),
            ("program", program_and_version()),
        )


def _score_places(bundle: Provenance, labels: tuple[str, ...]) -> list[int]:
    """Where each label of the table stands among a bundle's; -1: it has no such label."""
    return [bundle.labels.index(each) if each in bundle.labels else -1 for each in labels]
