"""Figures by column and over time, and telling phrases, counted beside the window."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Qt, Signal

from desktop_app.item_models.source_columns import SourceColumns
from desktop_app.projects.document import ProjectRow
from desktop_app.projects.project_error import ProjectError
from desktop_app.results.column_watch import ColumnWatch
from desktop_app.results.result_row import ResultTable
from desktop_app.results.summary import GroupedCounts
from desktop_app.results.top_phrases import Phrase, PhraseCounter

# Axis letters: N rows that are counted.
MOST_ROWS = 100_000  # of more an even sample is read: charts do not change by eye
_PHRASE_ROWS = 20_000  # whose phrases are counted; a text costs more than its cells
_CHUNK = 256  # rows read at once: the window waits for the interpreter at most so long
PHRASES = 8  # of a label
_NO_COLUMN = "\0"  # texts are not among the columns

ReadRows = Callable[[Sequence[int]], list[ProjectRow]]


@dataclass(frozen=True, kw_only=True)
class SummaryRequest:
    """Which rows are to be counted, and how."""

    source: SourceColumns  # what the documents brought along
    labels: tuple[str, ...]  # to count, in their order
    places: NDArray[np.int32]  # (N,) of the rows
    codes: NDArray[np.intp]  # (N,) places in `labels`, -1: none
    valences: NDArray[np.float64]  # (N,) nan: none
    by: str | None = None  # a column chosen by hand; None: those that suit


@dataclass(frozen=True, kw_only=True)
class Summary:
    """What was counted."""

    request: SummaryRequest
    rows: int  # that were read
    by_column: tuple[GroupedCounts, ...]
    over_time: tuple[GroupedCounts, ...]
    phrases: tuple[tuple[Phrase, ...], ...]  # beside the labels
    phrase_rows: int  # whose phrases were counted

    @property
    def sampled(self) -> bool:
        """True when not every row was read."""
        return self.rows < len(self.request.places)

    @property
    def phrases_sampled(self) -> bool:
        """True when not every row's phrases were counted."""
        return self.phrase_rows < len(self.request.places)


class SummarySession(QObject):
    """Counts one request at a time; a newer one takes the place of the one before."""

    counted = Signal(object)  # Summary
    failed = Signal(str)

    _ended = Signal(int, object, str)  # number of the request, Summary or None, why it failed

    def __init__(self, read: ReadRows, parent: QObject | None = None) -> None:
        """Nothing is counted yet.

        Args:
            read: gives the rows of some places; called on another thread.
            parent: of the session.
        """
        super().__init__(parent)
        self._read = read
        self._newest = 0
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="summary")
        self._ended.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def ask(self, request: SummaryRequest) -> None:
        """Count rows; `counted` follows, unless something newer is asked for."""
        self._newest += 1
        self._thread.submit(self._count, request, self._newest)

    def stop(self) -> None:
        """Count nothing more for now."""
        self._newest += 1

    def close(self) -> None:
        """Stop for good, and wait for the chunk that is being read."""
        self.stop()
        self._thread.shutdown(wait=True, cancel_futures=True)

    def _count(self, request: SummaryRequest, number: int) -> None:
        try:
            summary = count_rows(request, self._read, lambda: number != self._newest)
        except (ProjectError, ValueError, IndexError, OSError) as error:
            self._ended.emit(number, None, str(error))
        else:
            self._ended.emit(number, summary, "")

    def _tell(self, number: int, summary: Summary | None, reason: str) -> None:
        """On the window's thread: what became of the newest request; older ones do not matter."""
        if number != self._newest:
            return
        if summary is not None:
            self.counted.emit(summary)
        elif reason:
            self.failed.emit(reason)


def count_rows(
    request: SummaryRequest, read: ReadRows, stopped: Callable[[], bool]
) -> Summary | None:
    """Count the rows of a request, or an even sample of them.

    Args:
        request: what to count.
        read: gives the rows of some places.
        stopped: asked between chunks.

    Returns:
        None if it was stopped.
    """
    chosen = even_sample(len(request.places), MOST_ROWS)  # (rows that are read,)
    for_phrases = np.zeros(len(chosen), np.bool_)
    if request.by is None:
        for_phrases[even_sample(len(chosen), _PHRASE_ROWS)] = True
    by = None if request.by is None else [request.by]
    watch = ColumnWatch(_head(request), by=by, over_time=None if by is None else [])
    phrases = PhraseCounter(len(request.labels))
    for start in range(0, len(chosen), _CHUNK):
        if stopped():
            return None
        part = chosen[start : start + _CHUNK]
        rows = read([int(place) for place in request.places[part]])
        if len(rows) != len(part):
            raise ValueError("Rows of the project are missing. Open it again.")
        codes = request.codes[part]
        cells = [request.source.cells(row) for row in rows]
        watch.add(cells, codes, request.valences[part])
        for row, code, wanted in zip(
            rows, codes.tolist(), for_phrases[start : start + _CHUNK].tolist(), strict=True
        ):
            if wanted:
                phrases.add(row.text, code)
    return Summary(
        request=request,
        rows=len(chosen),
        by_column=watch.by_column(),
        over_time=watch.over_time(),
        phrases=phrases.top(most=PHRASES),
        phrase_rows=int(for_phrases.sum()),
    )


def even_sample(rows: int, most: int) -> NDArray[np.intp]:
    """Places of at most `most` of so many rows, evenly spread and ascending."""
    if rows <= most:
        return np.arange(rows)
    return np.linspace(0, rows - 1, most).round().astype(np.intp)


def _head(request: SummaryRequest) -> ResultTable:
    return ResultTable(
        columns=request.source.names,
        text_column=_NO_COLUMN,
        labels=request.labels,
        provenance=(),
    )
