"""The inside of the parser: a process that reads one document and answers over its pipes.

Request: `{"kind": "preview" | "rows", "path": path, "options": {...}, "first_part": n,
"lost": {part: reason}, "columns": [...] | null}`; then `{"kind": "more"}` for each batch that the
parent has taken.
Answers: `{"event": "opened", "columns": [...]}`, `{"event": "part", "part": n}` before each part,
`{"event": "alive"}` now and then, `{"event": "rows"}` with a batch as JSON, `{"event": "preview"}`
with the preview as JSON, `{"event": "done"}`, `{"event": "failed", "reason": r, "message": text}`.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import signal
import sys
import threading
import time
from pathlib import Path
from typing import Any, BinaryIO

from desktop_app.documents.document_error import DocumentError
from desktop_app.documents.open_document import open_table, preview_of
from desktop_app.documents.opened_table import Reading
from desktop_app.documents.read_options import ReadOptions
from desktop_app.documents.table_row import TableRow
from export.runtime.child_pipes import limit_memory, own_pipes
from export.runtime.frames import Frame, read_frame, write_frame

BATCH_ROWS = 500
BATCH_CHARACTERS = 1 << 18
BATCH_SECONDS = 0.2  # the first rows are wanted soon
ALIVE_SECONDS = 0.25  # between two signs of life at least
WINDOW = 4  # batches on their way; the next waits until one of them is taken


class ParserChild:
    """Reads the document of its first request."""

    def __init__(self, requests: BinaryIO, answers: BinaryIO) -> None:
        self._answers = answers
        self._inbox: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()
        self._credit = threading.Semaphore(WINDOW)
        self._last_sign = self._last_batch = time.monotonic()
        self._batch: list[TableRow] = []
        self._characters = 0
        threading.Thread(target=self._listen, args=(requests,), daemon=True).start()

    def serve(self) -> None:
        """Answer the one request."""
        request = self._inbox.get()
        try:
            reading = self._reading(request)
            if request["kind"] == "preview":
                preview = preview_of(reading).to_dict()
                self._send({"event": "preview"}, json.dumps(preview).encode("ascii"))
            else:
                self._send_rows(reading)
            self._send({"event": "done"})
        except DocumentError as error:
            self._fail(error.reason, str(error))
        except MemoryError:
            self._batch.clear()
            message = f"{request['path']} takes more memory than a reader may have. Divide it."
            self._fail("no memory", message)
        except Exception as error:  # the edge of the process: the parent tells it
            message = f"{request['path']} could not be read ({error!r}). It may be damaged."
            self._fail("not a document", message)

    def _reading(self, request: dict[str, Any]) -> Reading:
        columns = request["columns"]
        return Reading(
            path=Path(request["path"]),
            options=ReadOptions.from_dict(request["options"]),
            expendable=True,
            first_part=request["first_part"],
            lost={int(part): reason for part, reason in request["lost"].items()},
            columns=tuple(columns) if columns else None,
            pulse=self._pulse,
        )

    def _listen(self, requests: BinaryIO) -> None:
        # A thread of its own, so that the parent's death is noticed in the middle of work too.
        with contextlib.suppress(ValueError, OSError):
            while (frame := read_frame(requests)) is not None:
                if frame.header["kind"] == "more":
                    self._credit.release()
                else:
                    self._inbox.put(frame.header)
        os._exit(0)

    def _send_rows(self, reading: Reading) -> None:
        table = open_table(reading)
        try:
            self._send({"event": "opened", "columns": list(table.columns)})
            for row in table.rows:
                self._batch.append(row)
                self._characters += sum(map(len, row.cells)) + 64
                if (
                    len(self._batch) >= BATCH_ROWS
                    or self._characters >= BATCH_CHARACTERS
                    or time.monotonic() - self._last_batch > BATCH_SECONDS
                ):
                    self._flush()
            self._flush()
        finally:
            table.close()

    def _flush(self) -> None:
        if self._batch:
            self._credit.acquire()
            values = [(row.cells, row.status, row.note) for row in self._batch]
            self._send({"event": "rows"}, json.dumps(values).encode("ascii"))
            self._batch, self._characters = [], 0
        self._last_batch = time.monotonic()

    def _pulse(self, part: int | None) -> None:
        if part is not None:
            self._flush()  # what was read before it is safe, whatever the part does
            self._send({"event": "part", "part": part})
        elif time.monotonic() - self._last_sign > ALIVE_SECONDS:
            self._send({"event": "alive"})

    def _fail(self, reason: str, message: str) -> None:
        with contextlib.suppress(MemoryError):
            self._flush()
        self._send({"event": "failed", "reason": reason, "message": message})

    def _send(self, header: dict[str, Any], payload: bytes = b"") -> None:
        self._last_sign = time.monotonic()
        try:
            write_frame(self._answers, Frame(header=header, payload=payload))
        except OSError:
            os._exit(0)  # the parent is gone


def main(arguments: list[str]) -> None:
    """Run as a child: arguments are memory limit in bytes and niceness."""
    memory_limit, niceness = (int(argument) for argument in arguments)
    requests, answers = own_pipes()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    limit_memory(memory_limit)
    if niceness and hasattr(os, "nice"):
        os.nice(niceness)
    ParserChild(requests, answers).serve()
    os._exit(0)  # no thread and no library is waited for


if __name__ == "__main__":
    main(sys.argv[1:])
