"""The order of a source's column, found beside the window."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Qt, Signal

from desktop_app.item_models.cell_ranks import CellRanks
from desktop_app.item_models.source_columns import SourceColumns
from desktop_app.projects.project_error import ProjectError

# Axis letters: R rows of the project.
_CHUNK = 2_000  # rows read at once

ReadCells = Callable[[int, int, int], list[tuple[int, str]]]
"""Place of a cell, least and greatest id of the rows; ids with their cell."""


@dataclass(frozen=True, kw_only=True)
class SortRequest:
    """Which column is to be sorted."""

    column: str  # name among those of the source
    source: SourceColumns
    rows: NDArray[np.int32]  # (R,) ids, ascending
    documents: NDArray[np.int32]  # (R,) ids


class SortSession(QObject):
    """Ranks one column at a time; a newer wish takes the place of the one before."""

    ranked = Signal(object, object)  # SortRequest, (R,) ranks; -1: blank
    failed = Signal(str)
    given_up = Signal()  # the project was closed, or its rows changed meanwhile

    _ended = Signal(int, object, object, str)

    def __init__(self, read: ReadCells, parent: QObject | None = None) -> None:
        """Nothing is ranked yet.

        Args:
            read: gives cells; called on another thread.
            parent: of the session.
        """
        super().__init__(parent)
        self._read = read
        self._newest = 0
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="sort")
        self._ended.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def ask(self, request: SortRequest) -> None:
        """Rank a column; `ranked` follows, unless something newer is asked for."""
        self._newest += 1
        self._thread.submit(self._rank, request, self._newest)

    def stop(self) -> None:
        """Rank nothing more for now."""
        self._newest += 1

    def close(self) -> None:
        """Stop for good, and wait for the chunk that is being read."""
        self.stop()
        self._thread.shutdown(wait=True, cancel_futures=True)

    def _rank(self, request: SortRequest, number: int) -> None:
        try:
            ranks = rank_column(request, self._read, lambda: number != self._newest)
        except (ProjectError, ValueError, IndexError, OSError, MemoryError) as error:
            closed = isinstance(error, ProjectError) and error.reason == "invalid"
            self._ended.emit(number, request, None, "" if closed else str(error) or repr(error))
        else:
            self._ended.emit(number, request, ranks, "")

    def _tell(self, number: int, request: SortRequest, ranks: object, reason: str) -> None:
        """On the window's thread: what became of the newest wish; older ones do not matter."""
        if number != self._newest:
            return
        if ranks is not None:
            self.ranked.emit(request, ranks)
        elif reason:
            self.failed.emit(reason)
        else:
            self.given_up.emit()


def rank_column(
    request: SortRequest, read: ReadCells, stopped: Callable[[], bool]
) -> NDArray[np.int32] | None:
    """(R,) the rank of each row by its cell, -1 where it is blank.

    Returns:
        None if it was stopped, or the rows are no longer those of the request.
    """
    found = CellRanks(len(request.rows))
    for start, end in _parts(request.documents):
        if stopped():
            return None
        document = int(request.documents[start])
        places = np.arange(start, end)
        name = request.source.file_name(request.column, document)
        if name is not None:
            found.add(places, [name] * len(places))
            continue
        place = request.source.place(request.column, document)
        if place is None:
            continue
        rows = request.rows[start:end]
        cells = read(place, int(rows[0]), int(rows[-1]))
        ids = np.array([row for row, _ in cells], np.int64)
        if not np.array_equal(ids, rows):
            return None
        found.add(places, [cell for _, cell in cells])
    return found.ranks(stopped)


def _parts(documents: NDArray[np.int32]) -> Iterator[tuple[int, int]]:
    """Beginnings and ends of some rows each, all of one document."""
    if not len(documents):
        return
    changes = np.flatnonzero(np.diff(documents)) + 1
    ends = [*changes.tolist(), len(documents)]
    start = 0
    for end in ends:
        while start < end:
            stop = min(start + _CHUNK, end)
            yield start, stop
            start = stop
