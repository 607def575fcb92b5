"""The columns of an open project: one thread brings them up to date, others look at snapshots."""

from __future__ import annotations

import dataclasses

import numpy as np
from numpy.typing import NDArray

from desktop_app.projects.label_history import LabelChange
from desktop_app.projects.results_store import StoredVerdicts
from desktop_app.projects.table_columns import TableColumns

_CHANGING = ("label", "confidence", "valence", "language", "status", "uncertain", "corrected")


class LiveColumns:
    """Owns the columns that change."""

    def __init__(self, columns: TableColumns) -> None:
        """Take the columns over; the caller leaves them alone from here on."""
        self._columns = columns

    def __len__(self) -> int:
        """Number of rows."""
        return len(self._columns)

    @property
    def distinct_texts(self) -> int:
        """How many different texts the rows have."""
        ordered = np.sort(self._columns.texts)  # np.unique holds up other threads for 0.2 s
        return int(np.count_nonzero(np.diff(ordered))) + (len(ordered) > 0)

    @property
    def last_row(self) -> int:
        """The id of the last row; 0: there is none."""
        return int(self._columns.rows[-1]) if len(self._columns) else 0

    def apply(self, stored: StoredVerdicts) -> None:
        """Take over new verdicts."""
        self._columns.apply(stored)

    def apply_labels(self, change: LabelChange) -> None:
        """Take over corrected labels."""
        self._columns.apply_labels(change)

    def extend(self, more: TableColumns) -> None:
        """Take over rows that came behind the last one."""
        self._columns.extend(more)

    def places_of(self, texts: NDArray[np.int32]) -> NDArray[np.intp]:
        """The places of the rows that have one of these texts, ascending."""
        return np.flatnonzero(self._columns.holding(texts))

    def snapshot(self) -> TableColumns:
        """The columns as they are now, for any thread; what never changes is shared.

        16 bytes a row are copied: 3 ms for a million rows.
        """
        copies = {name: getattr(self._columns, name).copy() for name in _CHANGING}
        return dataclasses.replace(self._columns, **copies)
