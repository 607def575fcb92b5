"""Documents read in a child process: what a file does to its reader does not reach the window."""

from __future__ import annotations

import json
import queue
import sys
import threading
import time
from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from desktop_app.documents.document_error import DocumentError
from desktop_app.documents.document_preview import DocumentPreview
from desktop_app.documents.read_options import ReadOptions
from desktop_app.documents.table_row import TableRow
from export.runtime.child_process import ChildProcess
from export.runtime.frames import Frame

MEMORY_LIMIT_BYTES = 1 << 30  # address space of the child, where the platform can limit it
WATCHDOG_SECONDS = 30.0
PAGE_SECONDS = 10.0
MAX_LOST_PARTS = 20  # pages or files over which a process was lost; then the document is given up
# -P: a folder called `desktop_app` where the user happens to be is not imported
COMMAND = (sys.executable, "-P", "-m", "desktop_app.documents.parser_child")


@dataclass(kw_only=True, eq=False)
class _Journey:
    """How far the reading of one document has come, over all processes that it took."""

    kind: str
    path: Path
    options: ReadOptions
    first_part: int = 0  # where the next process begins
    part: int | None = None  # that the process is at
    opened: bool = False  # rows are being read, no longer names of columns
    columns: list[str] | None = None
    lost: dict[int, str] = field(default_factory=dict)

    def request(self) -> Frame:
        lost = {str(part): reason for part, reason in self.lost.items()}
        return Frame(
            header={
                "kind": self.kind,
                "path": str(self.path),
                "options": self.options.to_dict(),
                "first_part": self.first_part,
                "lost": lost,
                "columns": self.columns,
            }
        )


class _ChildLostError(Exception):
    """The process died, or gave no sign of life."""


class ParserProcess:
    """Reads documents, each in a process of its own. May be called from any thread.

    A page of a PDF or a file of a folder over which the process dies or hangs costs a row with
    the status "unreadable"; of other documents the reading ends with a `DocumentError`.
    """

    def __init__(
        self,
        *,
        memory_limit_bytes: int = MEMORY_LIMIT_BYTES,
        watchdog_seconds: float = WATCHDOG_SECONDS,
        page_seconds: float = PAGE_SECONDS,
        niceness: int = 0,
        command: Sequence[str] = COMMAND,
    ) -> None:
        """Start nothing yet.

        Args:
            memory_limit_bytes: address space of a child; 0: no limit.
            watchdog_seconds: the longest silence of a child.
            page_seconds: the longest time for a page of a PDF.
            niceness: how far the child's priority is lowered, 0 to 19, on POSIX.
            command: what starts the child; a frozen application passes its own program with
                arguments that lead to `parser_child.main`.
        """
        self._arguments = [str(memory_limit_bytes), str(niceness)]
        self._watchdog_seconds, self._page_seconds = watchdog_seconds, page_seconds
        self._command = command
        self._lock = threading.Lock()
        self._children: dict[ChildProcess, queue.Queue[Frame | None]] = {}
        self._generation = 0  # readings begun before the last `cancel` end

    @property
    def pids(self) -> list[int]:
        """The numbers of the processes that are reading now."""
        with self._lock:
            return [child.pid for child in self._children]

    def preview(self, path: Path, options: ReadOptions | None = None) -> DocumentPreview:
        """As `preview_document`, of every kind of document.

        Raises:
            DocumentError: if the document cannot be read, or the reading was cancelled.
        """
        frames = self._frames("preview", path, options)
        try:
            frame = next(frames, None)
        finally:
            frames.close()
        if frame is None:
            raise DocumentError(f"{path} gave no preview. Open it again.", reason="reader")
        return DocumentPreview.from_dict(json.loads(frame.payload))

    def rows(
        self, path: Path, options: ReadOptions | None = None
    ) -> Generator[TableRow, None, None]:
        """As `document_rows`, of every kind of document.

        Raises:
            DocumentError: if the document cannot be read, or the reading was cancelled; rows that
                were read before are given first.
        """
        return _rows(self.row_batches(path, options))

    def row_batches(
        self, path: Path, options: ReadOptions | None = None
    ) -> Generator[list[TableRow], None, None]:
        """The rows in lists of some hundred; the child waits while nobody takes them.

        A `cancel` from this call on ends the reading, also one before the first list is taken.

        Raises:
            DocumentError: as `rows`.
        """
        return _batches(self._frames("rows", path, options))

    def cancel(self) -> None:
        """End all readings at once: their processes are killed, their callers are told."""
        with self._lock:
            self._generation += 1
            waiting = list(self._children.values())
        for events in waiting:
            events.put(None)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.cancel()

    def _frames(
        self, kind: str, path: Path, options: ReadOptions | None
    ) -> Generator[Frame, None, None]:
        """Previews or batches; what is cancelled from here on ends, begun or not."""
        journey = _Journey(kind=kind, path=path, options=options or ReadOptions())
        with self._lock:
            return self._lives(journey, self._generation)

    def _lives(self, journey: _Journey, generation: int) -> Generator[Frame, None, None]:
        """Frames from as many processes as it takes."""
        while True:
            try:
                yield from self._one_life(journey, generation)
                return
            except _ChildLostError as loss:
                if journey.part is None or len(journey.lost) >= MAX_LOST_PARTS:
                    raise DocumentError(
                        f"{journey.path} could not be read: the process that read it was lost "
                        f"({loss}). The file is damaged or too large; save it in another format.",
                        reason="reader",
                    ) from loss
                journey.lost[journey.part] = f"the process that read this was lost ({loss})"
                if journey.opened:
                    journey.first_part = journey.part
                journey.part, journey.opened = None, False

    def _one_life(self, journey: _Journey, generation: int) -> Iterator[Frame]:
        events: queue.Queue[Frame | None] = queue.Queue()
        self._check(journey, generation)
        try:
            child = ChildProcess(
                self._arguments,
                on_frame=lambda _, frame: events.put(frame),
                on_end=lambda _: events.put(None),
                command=self._command,
            )
        except OSError as error:
            raise DocumentError(
                f"The process that reads documents cannot be started ({error}). Close other "
                "programs and try again.",
                reason="reader",
            ) from error
        with self._lock:
            self._children[child] = events
        try:
            self._check(journey, generation)  # `cancel` did not see the child before
            child.send(journey.request())
            while (frame := self._next(child, events, journey, generation)) is not None:
                yield frame
                if frame.header["event"] == "rows":
                    child.send(Frame(header={"kind": "more"}))
        finally:
            with self._lock:
                del self._children[child]
            child.end()

    def _next(
        self,
        child: ChildProcess,
        events: queue.Queue[Frame | None],
        journey: _Journey,
        generation: int,
    ) -> Frame | None:
        """The next preview or batch; None at the end.

        Raises:
            _ChildLostError: if the process is lost.
            DocumentError: if it says so, or the reading was cancelled.
        """
        paged = journey.part is not None and not journey.path.is_dir()
        end = time.monotonic() + (self._page_seconds if paged else self._watchdog_seconds)
        while True:
            try:
                frame = events.get(timeout=max(0.0, end - time.monotonic()))
            except queue.Empty:
                seconds = self._page_seconds if paged else self._watchdog_seconds
                raise _ChildLostError(f"no sign of life for {seconds:g} seconds") from None
            self._check(journey, generation)
            if frame is None:
                raise _ChildLostError(child.end(patience=1.0))
            match frame.header["event"]:
                case "rows" | "preview":
                    return frame
                case "done":
                    return None
                case "failed":
                    raise DocumentError(frame.header["message"], reason=frame.header["reason"])
                case "opened":
                    journey.opened, journey.columns = True, frame.header["columns"]
                case "part":
                    journey.part = frame.header["part"]
                    paged = not journey.path.is_dir()
            # being alive within a page does not prolong it: only the next page does
            if not (paged and frame.header["event"] == "alive"):
                end = time.monotonic() + (self._page_seconds if paged else self._watchdog_seconds)

    def _check(self, journey: _Journey, generation: int) -> None:
        with self._lock:
            cancelled = generation != self._generation
        if cancelled:
            raise DocumentError(f"Reading {journey.path} was cancelled.", reason="cancelled")


def _batches(frames: Iterable[Frame]) -> Generator[list[TableRow], None, None]:
    for frame in frames:
        values = json.loads(frame.payload)
        yield [TableRow(tuple(cells), status, note) for cells, status, note in values]


def _rows(batches: Iterable[list[TableRow]]) -> Generator[TableRow, None, None]:
    for batch in batches:
        yield from batch
