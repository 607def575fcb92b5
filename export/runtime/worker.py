"""A supervised process that owns an Engine: a crash or a hang of it costs a restart, no more."""

from __future__ import annotations

import os
import queue
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from types import TracebackType
from typing import TYPE_CHECKING, Any, Literal, Self

from export.runtime.child_process import COMMAND, ChildProcess
from export.runtime.errors import BundleError, WorkerError, WorkerLostError
from export.runtime.frames import Frame
from export.runtime.metadata import BundleMetadata
from export.runtime.processors import available_processors
from export.runtime.worker_request import WorkerRequest

if TYPE_CHECKING:
    from export.runtime.results import Classification, Embeddings
    from export.runtime.selftest import SelftestReport

    Answer = list[Classification] | Embeddings
# Address space. Measured: 0.6 GB with MiniLM on 2 processors, most of it reserved for threads.
MEMORY_LIMIT_BYTES = (4 << 30) + available_processors() * (256 << 20)
WATCHDOG_SECONDS = 30.0
MAX_ATTEMPTS = 2  # a request that two processes in a row did not survive is not tried again


class Worker:
    """Owns one child process, which owns the Engine. May be called from any thread.

    Nothing here waits for the child: requests are queued, answered in order by a thread of the
    Worker, and come back as futures. Callbacks (of futures, progress, restarts) run in that
    thread and should be short. A request whose process dies or is silent for `watchdog_seconds`
    is repeated once on a fresh process, then its future raises `WorkerError`.
    """

    def __init__(
        self,
        bundle: str | os.PathLike[str],
        *,
        prove: bool = False,
        memory_limit_bytes: int = MEMORY_LIMIT_BYTES,
        watchdog_seconds: float = WATCHDOG_SECONDS,
        on_restart: Callable[[str], None] | None = None,
        niceness: int = 0,
        num_threads: int | None = None,
        command: Sequence[str] = COMMAND,
    ) -> None:
        """Start the process in the background and return at once.

        Args:
            bundle: a path or the name of a shipped bundle.
            prove: as for `open`.
            memory_limit_bytes: address space of the child, where the platform can limit it;
                0: no limit.
            watchdog_seconds: the longest silence while there is work.
            on_restart: called with the reason each time the child was lost.
            niceness: how far its priority is lowered, 0 to 19, on POSIX.
            num_threads: processors to use; None: all.
            command: what starts the child; a frozen application passes its own program with
                arguments that lead to `worker_process.main`.
        """
        self.restarts = 0
        self.metadata: BundleMetadata | None = None  # of the open bundle; None: none yet
        self.proven_sha256: str | None = None  # of the open file; None: it was not to prove itself
        self._arguments = [str(memory_limit_bytes), str(niceness), str(num_threads or 0)]
        self._command = command
        self._watchdog_seconds = watchdog_seconds
        self._on_restart = on_restart
        self._child: ChildProcess | None = None
        self._bundle: str | None = None  # what a restarted child opens
        self._refusal: BundleError | None = None  # why none is open
        self._current: WorkerRequest | None = None
        self._waiting: deque[WorkerRequest] = deque()
        self._proven = True  # the child answered since it was started
        self._last_sign = 0.0
        self._events: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._closed = False
        self.ready: Future[BundleMetadata] = self.open(bundle, prove=prove)
        self._thread = threading.Thread(target=self._supervise, name="worker", daemon=True)
        self._thread.start()

    @property
    def pid(self) -> int | None:
        """The number of the child process; None while there is none."""
        child = self._child
        return None if child is None else child.pid

    def submit(
        self,
        kind: Literal["classify", "embed", "explain"],
        texts: Sequence[str],
        *,
        progress: Callable[[int], None] | None = None,
    ) -> Future[Any]:
        """Ask for verdicts, vectors, or verdicts with what they owe to each word.

        Args:
            kind: "classify", "embed" or "explain".
            texts: any strings.
            progress: called now and then with the number of texts done.

        Returns:
            A future of `list[Classification]`, `Embeddings` or `list[Explanation]`. It can be
            cancelled until the child is asked. It raises ValueError for a bundle of the other
            task, `BundleError` when no bundle is open, `WorkerError` when the process failed
            twice or was closed.

        Raises:
            TypeError: for a bare string, and for a text that is no string.
            ValueError: for another kind.
        """
        if kind not in ("classify", "embed", "explain"):
            raise ValueError(f"kind must be classify, embed or explain, received {kind!r}.")
        if not isinstance(texts, list | tuple) or not all(isinstance(text, str) for text in texts):
            from bert_tf.text.tokenizer import checked_texts  # heavy, and rarely needed here

            texts = checked_texts(texts)
        return self._put({"kind": kind, "texts": list(texts)}, progress)

    def selftest(self) -> Future[SelftestReport]:
        """Ask for the golden examples of the open bundle to be run again.

        Returns:
            A future of the report. It raises as that of `submit`.
        """
        return self._put({"kind": "selftest"}, None)

    def open(
        self, bundle: str | os.PathLike[str], *, prove: bool = False
    ) -> Future[BundleMetadata]:
        """Change to another bundle once earlier requests are answered.

        Args:
            bundle: a path or the name of a shipped bundle.
            prove: also run its golden examples, and refuse it if they do not hold here.

        Returns:
            A future of its metadata. It raises `BundleError` when the bundle is refused; the one
            that was open stays.
        """
        return self._put({"kind": "open", "bundle": os.fspath(bundle), "prove": prove}, None)

    def close(self) -> None:
        """End the process and fail what is not answered. Safe to call twice."""
        with self._lock:
            if not self._closed:
                self._closed = True
                self._events.put(None)
        if threading.current_thread() is not self._thread:
            self._thread.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def _put(self, header: dict[str, Any], progress: Callable[[int], None] | None) -> Future[Any]:
        request = WorkerRequest(header=header, future=Future(), progress=progress)
        with self._lock:
            if self._closed:
                request.future.set_exception(WorkerError("The worker was closed."))
            else:
                self._events.put(lambda: self._waiting.append(request))
        return request.future

    # From here on everything runs in the Worker's thread, so the state needs no lock.

    def _supervise(self) -> None:
        try:
            while True:
                try:
                    event = self._events.get(timeout=self._seconds_left())
                except queue.Empty:
                    self._lose(f"no sign of life for {self._watchdog_seconds:g} seconds")
                else:
                    if event is None:
                        return
                    event()
                self._advance()
        finally:
            self._finish()

    def _seconds_left(self) -> float | None:
        if self._current is None:
            return None
        return max(0.0, self._last_sign + self._watchdog_seconds - time.monotonic())

    def _advance(self) -> None:
        """Start what can be started."""
        if self._child is None and (self._waiting or self._proven):
            self._start()
        while self._child is not None and self._current is None and self._waiting:
            request = self._waiting.popleft()
            if not request.claim():
                continue
            if request.header["kind"] != "open" and self._refusal is not None:
                request.future.set_exception(self._refusal)
                continue
            self._ask(request)

    def _start(self) -> None:
        self._proven = False
        try:
            self._child = ChildProcess(
                self._arguments,
                on_frame=lambda child, frame: self._events.put(lambda: self._hear(child, frame)),
                on_end=lambda child: self._events.put(lambda: self._miss(child)),
                command=self._command,
            )
        except OSError as error:
            while self._waiting:
                self._give_up(self._waiting.popleft(), f"it could not be started ({error})")
            return
        if self._bundle is not None:
            header = {"kind": "open", "bundle": self._bundle, "prove": False}
            self._ask(WorkerRequest(header=header, future=Future(), restoring=True))

    def _ask(self, request: WorkerRequest) -> None:
        assert self._child is not None
        request.attempts += 1
        self._current = request
        self._last_sign = time.monotonic()
        self._child.send(Frame(header=request.header))

    def _hear(self, child: ChildProcess, frame: Frame) -> None:
        request = self._current
        if child is not self._child or request is None:
            return  # a late word of a child that was given up
        self._proven = True
        self._last_sign = time.monotonic()
        try:
            done, answer = self._understood(request, frame)
        except Exception as error:  # its memory is damaged, if native code wrote where it may not
            self._lose(f"it answered nonsense: {error!r:.200}")
            return
        if done is not None:
            if request.progress is not None:
                request.progress(done)
            return
        self._current = None
        if isinstance(answer, Exception):
            request.future.set_exception(answer)
            return
        if isinstance(answer, BundleMetadata):
            self._bundle, self._refusal, self.metadata = request.header["bundle"], None, answer
            self.proven_sha256 = frame.header.get("sha256")
        request.future.set_result(answer)

    def _understood(self, request: WorkerRequest, frame: Frame) -> tuple[int | None, Any]:
        """Texts done so far, or what the future is to get: a result or an exception."""
        event = frame.header["event"]
        if event == "progress":
            return int(frame.header["done"]), None
        if event == "failed":
            return None, self._refusal_of(request, frame)
        if event == "opened":
            return None, BundleMetadata.from_bytes(frame.payload)
        if event == "selftest":
            from export.runtime.selftest import SelftestReport

            return None, SelftestReport.from_dict(frame.header["report"])
        if event == "explanations":
            from export.runtime.explanation_bytes import explanations_from_bytes

            return None, explanations_from_bytes(frame.payload)
        return None, self._answer(request, frame)

    def _refusal_of(self, request: WorkerRequest, frame: Frame) -> Exception:
        kind, message = frame.header.get("error"), str(frame.header.get("message"))
        error: Exception = WorkerError(f"The worker process could not answer: {message}")
        if kind == "bundle":
            error = BundleError(message)
            if self._bundle is None or request.restoring:
                self._refusal = error
        elif kind == "value":
            error = ValueError(message)
        elif kind == "memory":
            error = WorkerError(
                "The worker process ran out of memory; ask for fewer texts, or of a smaller bundle."
            )
        return error

    def _answer(self, request: WorkerRequest, frame: Frame) -> Answer:
        # numpy is met here first, while the child is at work: the start of both runs in parallel
        from export.runtime.results import classifications, embeddings, outputs_from_bytes

        assert self.metadata is not None
        outputs = outputs_from_bytes(
            frame.payload, rows=int(frame.header["texts"]), dim=self.metadata.output.dim
        )
        if request.header["kind"] == "embed":
            return embeddings(outputs)
        return classifications(outputs, self.metadata)

    def _miss(self, child: ChildProcess) -> None:
        if child is self._child:
            self._lose("it ended by itself")

    def _lose(self, reason: str) -> None:
        """The child is dead or has to be; put its request back or give it up."""
        assert self._child is not None
        child, self._child = self._child, None
        reason = f"{reason} ({child.end(patience=0.2)})"
        self.restarts += 1
        request, self._current = self._current, None
        if request is not None and request.restoring:
            request = self._waiting.popleft() if self._waiting else None
            if request is not None:
                request.attempts += 1
        if request is not None:
            if request.attempts >= MAX_ATTEMPTS:
                self._give_up(request, reason, WorkerLostError)
            else:
                self._waiting.appendleft(request)
        if self._on_restart is not None:
            self._on_restart(reason)

    def _give_up(
        self, request: WorkerRequest, reason: str, kind: type[WorkerError] = WorkerError
    ) -> None:
        what = request.header.get("bundle", "this")
        message = f"The worker process failed {request.attempts or 1} times on {what}: {reason}."
        if request.header["kind"] == "open" and self._bundle is None:
            self._refusal = BundleError(message)
        if request.claim():
            request.future.set_exception(kind(message))

    def _finish(self) -> None:
        with self._lock:
            self._closed = True
        while not self._events.empty():
            event = self._events.get()
            if event is not None:
                event()
        child, self._child = self._child, None
        if child is not None:
            child.end(patience=1.0)
        for request in filter(None, (self._current, *self._waiting)):
            if request.claim():
                request.future.set_exception(WorkerError("The worker was closed."))


if __name__ == "__main__":
    from export.runtime.worker_process import main

    main(sys.argv[1:])
