"""The interpreters of one Engine, and how batches are spread over them."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor

from export.runtime.batching import Batch
from export.runtime.graph_runner import GraphRunner
from export.runtime.thread_choice import ThreadChoice

Work = Callable[[GraphRunner, Batch], int]  # computes a batch; returns how many rows that were


class RunnerPool:
    """One interpreter of one thread at first; the others are built when there is work for them.

    Not safe for two callers at once.
    """

    def __init__(
        self, make_runner: Callable[[int], GraphRunner], *, num_threads: int, num_workers: int
    ) -> None:
        """Build the first interpreter.

        Args:
            make_runner: an interpreter of so many threads.
            num_threads: of a batch that runs alone, at most.
            num_workers: interpreters side by side, at most, where there are many batches.

        Raises:
            BundleError: if it cannot be built.
        """
        self._make_runner = make_runner
        self._num_threads, self._num_workers = num_threads, num_workers
        self._runners = [make_runner(1)]  # empty: closed
        self._wide: GraphRunner | None = None  # of several threads
        self._thread_choice = ThreadChoice()

    @property
    def closed(self) -> bool:
        """True once the interpreters are freed."""
        return not self._runners

    def close(self) -> None:
        """Free the interpreters. Safe to call twice."""
        self._runners = []
        self._wide = None

    def run(self, batches: list[Batch], work: Work) -> Generator[int]:
        """Run the batches and give the number of rows of each as it is finished.

        The first error of `work` is raised here. Closing the generator stops the others as soon as
        their batch is done.
        """
        count = min(self._num_workers, len(batches))
        if count < 2:
            for batch in batches:
                yield self._run_alone(batch, work)
            return
        while len(self._runners) < count:
            self._runners.append(self._make_runner(1))
        yield from _side_by_side(self._runners[:count], batches, work)

    def _run_alone(self, batch: Batch, work: Work) -> int:
        tokens = batch.length * len(batch.rows)
        wide = self._num_threads > 1 and self._thread_choice.wide(tokens)
        if wide and self._wide is None:
            self._wide = self._make_runner(self._num_threads)
        runner = self._wide if wide and self._wide is not None else self._runners[0]
        start = time.perf_counter()
        count = work(runner, batch)
        self._thread_choice.ran(tokens, wide=wide, seconds=time.perf_counter() - start)
        return count


def _side_by_side(runners: list[GraphRunner], batches: list[Batch], work: Work) -> Generator[int]:
    finished: queue.SimpleQueue[int | None] = queue.SimpleQueue()
    waiting = iter(batches)
    next_batch, stop = threading.Lock(), threading.Event()

    def drain(runner: GraphRunner) -> None:
        try:
            while not stop.is_set():
                with next_batch:
                    batch = next(waiting, None)
                if batch is None:
                    return
                finished.put(work(runner, batch))
        except BaseException:
            stop.set()  # the others stop behind their batch; `result` below tells the error
            raise
        finally:
            finished.put(None)

    with ThreadPoolExecutor(len(runners)) as pool:
        drains = [pool.submit(drain, runner) for runner in runners]
        try:
            at_work = len(drains)
            while at_work:  # a batch that failed gives no count: only the ends can be counted
                count = _taken(finished)
                if count is None:
                    at_work -= 1
                else:
                    yield count
        finally:
            stop.set()
    for drained in drains:
        drained.result()  # raises in the caller's thread


def _taken(finished: queue.SimpleQueue[int | None]) -> int | None:
    """The next result; wakes up now and then so that Ctrl-C is heard on every platform."""
    while True:
        try:
            return finished.get(timeout=0.5)
        except queue.Empty:
            continue
