"""Files that are too large, and files that kill who opens them: what it costs, in time."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import psutil
import pytest

from export.runtime import bundle
from export.runtime.bundle import MAX_BUNDLE_BYTES, read_bundle
from export.runtime.catalogue import find_bundle
from export.runtime.errors import BundleError, WorkerError
from export.runtime.machine_memory import total_memory_bytes
from export.runtime.worker import WATCHDOG_SECONDS, Worker

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals are POSIX")
SECONDS = 60
ROUNDS = 2  # the quickest of them counts: other programs run on this machine too


def file_of(path: Path, size: int) -> Path:
    with path.open("wb") as stream:
        stream.truncate(size)  # a hole, no space is used
    return path


def quickest(action) -> float:
    """Seconds of the quickest round; a round may tell its own time."""
    seconds = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        told = action()
        seconds.append(time.perf_counter() - start if told is None else told)
    return min(seconds)


def test_what_is_larger_than_any_bundle_or_than_the_memory_is_refused_at_once(
    tmp_path, monkeypatch
):
    huge = file_of(tmp_path / "huge.tflite", 5_000_000_000)
    large = file_of(tmp_path / "large.tflite", MAX_BUNDLE_BYTES)

    def refuse(path, words):
        with pytest.raises(BundleError, match=words):
            read_bundle(path)

    assert quickest(lambda: refuse(huge, "at most 2,000,000,000")) < 0.05
    memory = total_memory_bytes()
    assert memory is not None and memory > 100_000_000
    monkeypatch.setattr(bundle, "total_memory_bytes", lambda: 1_000_000_000)  # a small computer
    assert quickest(lambda: refuse(large, "1,000,000,000 bytes of memory")) < 0.05


SIGBUS = """
    import os, signal, sys
    from export.runtime import worker_process as w
    real = w.Engine.open
    def open(path, *arguments, **named):
        if str(path).endswith("deadly.tflite"):
            os.kill(os.getpid(), signal.SIGBUS)  # as the interpreter does over forged metadata
        return real(path, *arguments, **named)
    w.Engine.open = open
    w.main(sys.argv[1:])
"""


def work_of(pid: int | None) -> float:
    """Processor seconds of a process so far: on an idle machine it takes no longer than that."""
    times = psutil.Process(pid).cpu_times()
    return times.user + times.system


def test_a_file_that_kills_its_reader_is_told_and_the_old_model_answers_within_a_second(tmp_path):
    deadly = tmp_path / "deadly.tflite"
    deadly.touch()
    command = [sys.executable, "-c", textwrap.dedent(SIGBUS)]
    with Worker(find_bundle("sentiment-en"), command=command) as worker:
        worker.ready.result(SECONDS)

        def die_and_answer() -> float:
            with pytest.raises(WorkerError, match=r"failed 2 times on .*deadly.*SIGBUS"):
                worker.open(deadly).result(SECONDS)
            assert worker.submit("classify", ["good"]).result(SECONDS)[0].label is not None
            return work_of(worker.pid)  # a start, the old model and an answer

        assert quickest(die_and_answer) < 1.0
        assert worker.restarts == 2 * ROUNDS


def test_a_killed_batch_goes_on_within_two_seconds():
    texts = [f"A good film of number {number}, not so bad." for number in range(400)]
    with Worker(find_bundle("sentiment-en"), num_threads=1) as worker:
        worker.ready.result(SECONDS)

        def kill_and_go_on() -> float:
            first, resumed = worker.pid, []

            def progress(done: int) -> None:
                if worker.pid != first:
                    resumed.append(work_of(worker.pid))
                elif not worker.restarts > restarts:
                    os.kill(first, signal.SIGKILL)

            restarts = worker.restarts
            answer = worker.submit("classify", texts, progress=progress).result(SECONDS)
            assert len(answer) == len(texts) and all(each.label for each in answer)
            return resumed[0]

        assert quickest(kill_and_go_on) < 2.0
        assert worker.restarts == ROUNDS


def test_silence_of_30_seconds_is_a_hang():
    """That a silent process is ended at all is proven with shorter times beside this."""
    assert WATCHDOG_SECONDS == 30.0


ASLEEP = """
    import sys
    from export.runtime.worker import Worker
    worker = Worker("sentiment-en", watchdog_seconds=8.0)
    worker.ready.result(60)
    future = worker.submit("classify", ["A good film, number %d." % n for n in range(2_000)])
    print(worker.pid, flush=True)
    print(len(future.result(300)), worker.submit("classify", ["bad"]).result(60)[0].truncated)
    worker.close()
"""


@pytest.mark.soak
def test_after_a_sleep_of_the_computer_longer_than_the_watchdog_the_work_goes_on():
    process = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(ASLEEP)],
        cwd=Path(__file__).parents[3], stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    with process:
        child = int(process.stdout.readline())
        for pid in (process.pid, child):
            os.kill(pid, signal.SIGSTOP)
        time.sleep(9.0)
        for pid in (child, process.pid):
            os.kill(pid, signal.SIGCONT)
        assert process.stdout.read() == "2000 False\n"
    assert process.returncode == 0
