"""Batches over several interpreters, where one of them fails."""

import concurrent.futures
import queue
import threading
import time

import numpy as np
import pytest

from export.runtime import runner_pool
from export.runtime.batching import Batch
from export.runtime.runner_pool import RunnerPool


class LatePool(concurrent.futures.ThreadPoolExecutor):
    """Its futures are not seen as done while the caller still listens to the queue."""

    def submit(self, *arguments, **named):
        future = super().submit(*arguments, **named)
        future.done = lambda: False
        return future


@pytest.fixture(autouse=True)
def seconds_at_most(monkeypatch):
    """A caller that waits for what never comes fails instead."""
    monkeypatch.setattr(runner_pool, "_taken", lambda finished: finished.get(timeout=5))


def batches(count: int) -> list[Batch]:
    return [Batch(rows=np.array([number]), length=3) for number in range(count)]


def run(count: int, work) -> list[int]:
    pool = RunnerPool(lambda threads: object(), num_threads=1, num_workers=2)
    return list(pool.run(batches(count), work))


def test_every_batch_is_counted():
    assert sorted(run(9, lambda runner, batch: int(batch.rows[0]))) == list(range(9))


@pytest.mark.parametrize("late", [False, True])
def test_an_error_of_the_last_batch_ends_the_run(late, monkeypatch):
    if late:
        monkeypatch.setattr(runner_pool, "ThreadPoolExecutor", LatePool)

    def work(runner, batch):
        if batch.rows[0] == 3:
            raise FloatingPointError("NaN")
        return 1

    with pytest.raises(FloatingPointError, match="NaN"):
        run(4, work)


def test_an_error_stops_the_others_behind_their_batch(monkeypatch):
    monkeypatch.setattr(runner_pool, "ThreadPoolExecutor", LatePool)
    done: queue.SimpleQueue[int] = queue.SimpleQueue()
    begun = threading.Event()

    def work(runner, batch):
        if batch.rows[0] == 0:
            begun.wait(5)
            raise FloatingPointError("NaN")
        begun.set()
        time.sleep(0.01)
        done.put(1)
        return 1

    with pytest.raises(FloatingPointError):
        run(200, work)
    assert done.qsize() < 100
