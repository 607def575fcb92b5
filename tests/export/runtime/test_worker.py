"""The worker survives what its child does not; and nothing is left behind."""

import contextlib
import dataclasses
import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path

import numpy as np
import psutil
import pytest

from export.runtime.bundle import LABELS, seal_bundle
from export.runtime.engine import Engine
from export.runtime.errors import BundleError, WorkerError
from export.runtime.golden import GOLDEN, Golden
from export.runtime.metadata import METADATA, OutputSpec
from export.runtime.worker import Worker

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals are POSIX")
SECONDS = 30
LONG = [f"good film {number} " + "not very bad " * (number % 4) for number in range(10_000)]


def is_gone(pid: int) -> bool:
    """The process has ended and was collected (a zombie is not gone)."""
    return not psutil.pid_exists(pid)


def wait_until(condition, *, seconds: float = SECONDS) -> None:
    """Poll; the only way to watch a process of somebody else."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "timed out"
        time.sleep(0.01)


@pytest.fixture
def worker(embedder_path):
    with Worker(embedder_path) as worker:
        yield worker


def test_answers_as_the_engine_does(worker, embedder_path):
    texts = ["good", "", "A great movie!", "lone \ud800 surrogate", "good " * 50]
    answer = worker.submit("embed", texts).result(SECONDS)
    with Engine.open(embedder_path) as engine:
        expected = engine.embed(texts)
    np.testing.assert_array_equal(answer.vectors, expected.vectors)
    np.testing.assert_array_equal(answer.tokens, expected.tokens)
    np.testing.assert_array_equal(answer.truncated, expected.truncated)
    assert worker.ready.result(0).name == worker.metadata.name == "tiny-embedding"
    assert worker.restarts == 0


def test_classifies(classifier_path):
    with Worker(classifier_path, niceness=5) as worker, Engine.open(classifier_path) as engine:
        texts = ["good", " ", "bad plot"]
        assert worker.submit("classify", texts).result(SECONDS) == engine.classify(texts)
        assert worker.submit("classify", []).result(SECONDS) == []
        assert psutil.Process(worker.pid).nice() >= 5


def test_making_one_does_not_wait_for_the_child(embedder_path):
    start = time.perf_counter()
    worker = Worker(embedder_path)
    future = worker.submit("embed", ["good"])
    elapsed = time.perf_counter() - start
    assert elapsed < 0.1
    assert future.result(SECONDS).vectors.shape == (1, 8)
    worker.close()


def test_killed_in_the_middle_of_a_request_it_answers_after_a_restart(embedder_path):
    reasons: list[str] = []
    with Worker(embedder_path, on_restart=reasons.append) as worker:
        small = worker.submit("embed", ["good"]).result(SECONDS)
        first = worker.pid

        def kill(done: int) -> None:
            if worker.pid == first:
                os.kill(first, signal.SIGKILL)

        future = worker.submit("embed", LONG, progress=kill)
        after = worker.submit("embed", ["good"])
        assert future.result(SECONDS).vectors.shape == (len(LONG), 8)
        np.testing.assert_array_equal(after.result(SECONDS).vectors, small.vectors)
        assert worker.restarts == 1
        assert worker.pid != first
        assert is_gone(first)
    assert "SIGKILL" in reasons[0]


def test_killed_while_idle_it_is_started_again_at_once(worker):
    worker.ready.result(SECONDS)
    first = worker.pid
    os.kill(first, signal.SIGKILL)
    wait_until(lambda: worker.pid not in (None, first))
    assert worker.submit("embed", ["good"]).result(SECONDS).vectors.any()
    assert worker.restarts == 1


def test_a_hang_is_noticed_and_the_request_repeated(embedder_path):
    with Worker(embedder_path, watchdog_seconds=2.0) as worker:
        worker.ready.result(SECONDS)
        first = worker.pid
        os.kill(first, signal.SIGSTOP)
        assert worker.submit("embed", ["good"]).result(SECONDS).vectors.any()
        assert worker.restarts == 1
        assert is_gone(first)


def test_a_request_that_kills_twice_is_given_up(embedder_path):
    code = (
        "import os, signal, sys; from export.runtime import worker_process as w\n"
        "real = w.Engine.outputs\n"
        "def deadly(engine, texts, **k):\n"
        "    if len(texts) > 1: os.kill(os.getpid(), signal.SIGKILL)\n"
        "    return real(engine, texts, **k)\n"
        "w.Engine.outputs = deadly; w.main(sys.argv[1:])"
    )
    with Worker(embedder_path, command=[sys.executable, "-c", code]) as worker:
        worker.ready.result(SECONDS)
        future = worker.submit("embed", ["good", "bad"])
        with pytest.raises(WorkerError, match=r"failed 2 times.*SIGKILL"):
            future.result(SECONDS)
        assert worker.restarts == 2
        assert worker.submit("embed", ["good"]).result(SECONDS).vectors.any()


def test_a_refused_bundle_leaves_the_old_one_open(worker, classifier_path, tmp_path):
    foreign = tmp_path / "foreign.tflite"
    foreign.write_bytes(b"GIF89a" * 100)
    with pytest.raises(BundleError, match=r"not a \.tflite"):
        worker.open(foreign).result(SECONDS)
    assert worker.submit("embed", ["good"]).result(SECONDS).vectors.any()
    assert worker.open(classifier_path).result(SECONDS).task == "classification"
    assert worker.submit("classify", ["good"]).result(SECONDS)[0].label
    os.kill(worker.pid, signal.SIGKILL)
    assert worker.submit("classify", ["good"]).result(SECONDS)[0].label  # the last one opened
    with pytest.raises(ValueError, match="classify"):
        worker.submit("embed", ["good"]).result(SECONDS)


def test_a_first_bundle_that_is_refused_is_reported_with_every_request(tmp_path, embedder_path):
    with Worker(tmp_path / "missing.tflite") as worker:
        with pytest.raises(BundleError, match="no file"):
            worker.ready.result(SECONDS)
        with pytest.raises(BundleError, match="no file"):
            worker.submit("embed", ["good"]).result(SECONDS)
        worker.open(embedder_path).result(SECONDS)
        assert worker.submit("embed", ["good"]).result(SECONDS).vectors.any()


def test_a_child_that_cannot_start_is_an_error_and_not_a_loop(embedder_path):
    for command in (["/nonexistent/program"], [sys.executable, "-c", "raise SystemExit('no')"]):
        with Worker(embedder_path, command=command) as worker:
            with pytest.raises(WorkerError, match=r"could not be started|last words: no"):
                worker.ready.result(SECONDS)
            assert worker.restarts <= 2


def test_too_little_memory_is_an_error(embedder_path):
    with (
        Worker(embedder_path, memory_limit_bytes=64 << 20) as worker,
        pytest.raises((WorkerError, BundleError)),
    ):
        worker.submit("embed", ["good"]).result(SECONDS)


def test_closing_leaves_no_process_and_fails_what_waits(embedder_path):
    worker = Worker(embedder_path)
    worker.ready.result(SECONDS)
    pid = worker.pid
    os.kill(pid, signal.SIGSTOP)  # so that no answer can come before the end
    running = worker.submit("embed", LONG)
    waiting = worker.submit("embed", ["good"])
    wait_until(running.running)
    start = time.monotonic()
    worker.close()
    worker.close()
    assert time.monotonic() - start < 3
    assert is_gone(pid)
    for future in (running, waiting, worker.submit("embed", ["late"])):
        with pytest.raises(WorkerError, match="closed"):
            future.result(0)


def test_a_waiting_request_can_be_cancelled(worker):
    worker.ready.result(SECONDS)
    os.kill(worker.pid, signal.SIGSTOP)
    running, waiting = worker.submit("embed", ["good"]), worker.submit("embed", ["bad"])
    wait_until(running.running)
    assert waiting.cancel()
    assert not running.cancel()
    os.kill(worker.pid, signal.SIGCONT)
    assert running.result(SECONDS).vectors.any()
    assert worker.submit("embed", ["fair"]).result(SECONDS).vectors.any()


def test_it_may_be_closed_from_its_own_callback(embedder_path):
    done = threading.Event()
    worker = Worker(embedder_path)
    future = worker.submit("embed", ["good"])
    future.add_done_callback(lambda _: (worker.close(), done.set()))
    assert done.wait(SECONDS)
    worker.close()
    assert worker.pid is None


def test_the_death_of_the_parent_ends_the_child(embedder_path):
    code = f"""
        import os, time
        from export.runtime.worker import Worker
        worker = Worker({str(embedder_path)!r})
        worker.ready.result(30)
        worker.submit("embed", ["good film " + str(n) for n in range(300000)])
        print(worker.pid, flush=True)
        time.sleep(60)
    """
    parent = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code)],
        cwd=Path(__file__).parents[3],
        stdout=subprocess.PIPE,
    )
    with parent:
        child = psutil.Process(int(parent.stdout.readline()))
        parent.kill()
    with contextlib.suppress(psutil.NoSuchProcess):
        wait_until(lambda: not child.is_running() or child.status() == psutil.STATUS_ZOMBIE)


def test_stray_prints_of_the_child_do_not_damage_messages(embedder_path):
    code = (
        "import os, sys; from export.runtime import worker_process as w; real = w.Engine.outputs\n"
        "def noisy(*a, **k):\n"
        "    os.write(1, b'noise'); print('noise', flush=True); return real(*a, **k)\n"
        "w.Engine.outputs = noisy; w.main(sys.argv[1:])"
    )
    with Worker(embedder_path, command=[sys.executable, "-c", code]) as worker:
        assert worker.submit("embed", ["good"]).result(SECONDS).vectors.any()
        assert worker.restarts == 0


def test_memory_is_limited(embedder_path):
    resource = pytest.importorskip("resource")
    with Worker(embedder_path, memory_limit_bytes=3 << 30) as worker:
        worker.ready.result(SECONDS)
        assert resource.prlimit(worker.pid, resource.RLIMIT_AS) == (3 << 30, 3 << 30)


@pytest.mark.parametrize("texts", ["good", ["good", None], [b"good"], ("good", 1), None])
def test_texts_that_are_no_strings_are_refused_at_once(worker, texts):
    with pytest.raises(TypeError, match="string"):
        worker.submit("embed", texts)
    assert worker.submit("embed", (text for text in ["good"])).result(SECONDS).vectors.any()
    assert worker.restarts == 0


def test_an_unknown_kind_is_refused(worker):
    with pytest.raises(ValueError, match="summarize"):
        worker.submit("summarize", ["good"])


def test_a_bundle_can_be_made_to_prove_itself(worker, classifier, tmp_path):
    report = worker.selftest().result(SECONDS)
    assert report.passed
    assert report.examples == 5
    golden = Golden.from_bytes(classifier.files[GOLDEN])
    first = dataclasses.replace(golden.examples[0], output=(0.5, 0.25, 0.25))
    golden = dataclasses.replace(golden, examples=(first, *golden.examples[1:]))
    path = tmp_path / "other.tflite"
    path.write_bytes(classifier.seal(golden=golden.to_bytes()))
    with pytest.raises(BundleError, match=r"other\.tflite does not give the answers.*differs by"):
        worker.open(path, prove=True).result(SECONDS)
    assert worker.submit("embed", ["good"]).result(SECONDS).vectors.any()  # the old one stayed
    worker.open(path).result(SECONDS)
    assert not worker.selftest().result(SECONDS).passed
    assert worker.restarts == 0


def test_nan_is_no_proof(worker, classifier, graphs, tmp_path):
    path = tmp_path / "nan.tflite"
    metadata = dataclasses.replace(
        classifier.metadata, output=OutputSpec(name="Identity", dim=8), task="embedding",
        labels=(), label_values=None,
    )  # fmt: skip
    golden = Golden.from_bytes(classifier.files[GOLDEN])
    examples = tuple(
        dataclasses.replace(example, output=(0.0,) * 8, float_output=(0.0,) * 8)
        for example in golden.examples
    )
    files = {
        **{name: data for name, data in classifier.files.items() if name != LABELS},
        METADATA: metadata.to_bytes(),
        GOLDEN: dataclasses.replace(golden, examples=examples).to_bytes(),
    }
    path.write_bytes(seal_bundle(graphs["nan"], files))
    with pytest.raises(BundleError, match="NaN or infinity"):
        worker.open(path, prove=True).result(SECONDS)


NONSENSE = """
    import sys
    from export.runtime import worker_process as w
    real = w.WorkerProcess._answer
    def answer(self, request):
        frame = real(self, request)
        {nonsense}
        return frame
    w.WorkerProcess._answer = answer
    w.main(sys.argv[1:])
"""


@pytest.mark.parametrize(
    "nonsense",
    ["frame.header.clear()", "object.__setattr__(frame, 'payload', b'[' * 100_000)"],
)
def test_a_child_that_answers_nonsense_is_given_up(embedder_path, nonsense):
    code = textwrap.dedent(NONSENSE.format(nonsense=nonsense))
    with Worker(embedder_path, command=[sys.executable, "-c", code]) as worker:
        with pytest.raises(WorkerError, match=r"failed 2 times on .*answered nonsense"):
            worker.ready.result(SECONDS)
        with pytest.raises(BundleError, match="answered nonsense"):
            worker.submit("embed", ["good"]).result(SECONDS)


@pytest.mark.parametrize("error", ["KeyError('x')", "ValueError('x')", "OSError('x')"])
def test_any_error_while_opening_is_a_refusal(embedder_path, error):
    code = (
        "import sys; from export.runtime import worker_process as w\n"
        f"def open(*a, **k): raise {error}\n"
        "w.Engine.open = open; w.main(sys.argv[1:])"
    )
    with Worker(embedder_path, command=[sys.executable, "-c", code]) as worker:
        with pytest.raises(BundleError, match=r"cannot be opened: .*Error"):
            worker.ready.result(SECONDS)
        assert worker.restarts == 0
