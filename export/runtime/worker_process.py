"""The inside of the worker: a process that owns an Engine and answers over its pipes.

Requests: `{"kind": "open", "bundle": path, "prove": bool}`, `{"kind": "selftest"}`,
`{"kind": "classify" | "embed" | "explain", "texts": [...]}`.
Answers: `{"event": "opened", "sha256": of a file that proved itself}` with `bundle.json`,
`{"event": "selftest", "report": {...}}`,
`{"event": "outputs", "texts": N}` with the arrays of `Outputs`,
`{"event": "explanations"}` with the explanations as JSON,
`{"event": "failed", "error": kind, "message": text}`; in between
`{"event": "progress", "done": n}`, which is also the sign of life.
"""

from __future__ import annotations

import contextlib
import os
import queue
import signal
import threading
import time
from typing import BinaryIO

from export.runtime.child_pipes import limit_memory, own_pipes
from export.runtime.engine import Engine
from export.runtime.errors import BundleError
from export.runtime.explanation_bytes import explanations_to_bytes
from export.runtime.frames import Frame, read_frame, write_frame
from export.runtime.metadata import TaskKind
from export.runtime.results import outputs_to_bytes
from export.runtime.selftest import selftest

PROGRESS_SECONDS = 0.1  # between two signs of life at least
_TASKS: dict[str, TaskKind] = {
    "classify": "classification",
    "embed": "embedding",
    "explain": "classification",
}


class WorkerProcess:
    """Answers one request after another until its input ends."""

    def __init__(self, requests: BinaryIO, answers: BinaryIO, *, num_threads: int | None) -> None:
        self._answers = answers
        self._num_threads = num_threads
        self._engine: Engine | None = None
        self._inbox: queue.SimpleQueue[Frame] = queue.SimpleQueue()
        threading.Thread(target=self._listen, args=(requests,), daemon=True).start()

    def serve(self) -> None:
        """Answer until the parent closes the pipe, which ends this process at once."""
        while True:
            self._send(self._answer(self._inbox.get()))

    def _listen(self, requests: BinaryIO) -> None:
        # A thread of its own, so that the parent's death is noticed in the middle of work too.
        with contextlib.suppress(ValueError, OSError):
            while (frame := read_frame(requests)) is not None:
                self._inbox.put(frame)
        os._exit(0)

    def _answer(self, request: Frame) -> Frame:
        try:
            if request.header["kind"] == "open":
                return self._open(request.header["bundle"], prove=request.header["prove"])
            if request.header["kind"] == "selftest":
                report = selftest(self._opened())
                return Frame(header={"event": "selftest", "report": report.to_dict()})
            return self._run(request.header["kind"], request.header["texts"])
        except BundleError as error:
            return _failed("bundle", error)
        except MemoryError as error:
            return _failed("memory", error)
        except Exception as error:  # one request must not end what answers the next
            if request.header.get("kind") == "open":
                refusal = f"{request.header['bundle']} cannot be opened: {error!r}"
                return _failed("bundle", BundleError(refusal))
            return _failed("value" if isinstance(error, ValueError) else "other", error)

    def _open(self, bundle: str, *, prove: bool) -> Frame:
        fresh = Engine.open(bundle, num_threads=self._num_threads, num_workers=self._num_threads)
        if prove:
            _prove(fresh, bundle)
        if self._engine is not None:
            self._engine.close()
        self._engine = fresh
        sha256 = fresh.bundle.sha256 if prove else None
        return Frame(
            header={"event": "opened", "sha256": sha256}, payload=fresh.metadata.to_bytes()
        )

    def _opened(self) -> Engine:
        if self._engine is None:
            raise RuntimeError("No bundle is open.")
        return self._engine

    def _run(self, kind: str, texts: list[str]) -> Frame:
        engine = self._opened()
        engine.require(_TASKS[kind])
        last = 0.0  # the first batch is reported at once

        def progress(done: int) -> None:
            nonlocal last
            if time.monotonic() - last >= PROGRESS_SECONDS:
                last = time.monotonic()
                self._send(Frame(header={"event": "progress", "done": done}))

        if kind == "explain":
            explanations = engine.explain_many(texts, progress=progress)
            return Frame(
                header={"event": "explanations"}, payload=explanations_to_bytes(explanations)
            )
        outputs = engine.outputs(texts, progress=progress)
        return Frame(
            header={"event": "outputs", "texts": len(texts)}, payload=outputs_to_bytes(outputs)
        )

    def _send(self, frame: Frame) -> None:
        try:
            write_frame(self._answers, frame)
        except OSError:
            os._exit(0)  # the parent is gone


def _prove(engine: Engine, bundle: str) -> None:
    """Refuse a file whose golden examples do not hold on this processor.

    Raises:
        BundleError: if they do not, or cannot be computed.
    """
    try:
        report = selftest(engine)
    except ArithmeticError as error:
        raise BundleError(f"{bundle}: {error}") from error
    if not report.passed:
        raise BundleError(
            f"{bundle} does not give the answers it was sealed with: {report} The file is damaged "
            "or forged, or this processor computes otherwise; get it again, or export it here."
        )


def _failed(kind: str, error: BaseException) -> Frame:
    message = str(error) or type(error).__name__
    return Frame(header={"event": "failed", "error": kind, "message": message})


def main(arguments: list[str]) -> None:
    """Run as a child: arguments are memory limit in bytes, niceness, threads (0 = default)."""
    memory_limit, niceness, num_threads = (int(argument) for argument in arguments)
    requests, answers = own_pipes()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    limit_memory(memory_limit)
    if niceness and hasattr(os, "nice"):
        os.nice(niceness)
    WorkerProcess(requests, answers, num_threads=num_threads or None).serve()
