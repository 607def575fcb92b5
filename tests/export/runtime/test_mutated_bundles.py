"""A damaged or forged bundle is refused or passes its golden examples; who asks never dies.

Bundles are read in this process, and what is not refused there is opened by the supervised
process, which may die of it. To look at a failing case: `mutate(path.read_bytes(), SEED)`.
"""

import os
import time
from collections import Counter
from concurrent.futures import TimeoutError as FutureTimeoutError
from pathlib import Path

import psutil
import pytest
from bundle_mutations import Mutation, mutate

from export.runtime.bundle import read_bundle
from export.runtime.catalogue import find_bundle
from export.runtime.errors import BundleError, WorkerError
from export.runtime.worker import Worker

pytestmark = pytest.mark.skipif(os.name == "nt", reason="memory limits are POSIX")
PATIENCE_SECONDS = 10.0  # for one answer, whatever the file
WATCHDOG_SECONDS = 4.5  # a request is tried on two processes
MAX_GROWTH_BYTES = 400 << 20  # of this process, over all files


class Examiner:
    """Asks a worker about one mutation after another and counts the answers."""

    def __init__(self, bundle: Path, scratch: Path) -> None:
        self.original = bundle.read_bytes()
        self.answers: Counter[str] = Counter()
        self._scratch = scratch
        self._worker = Worker(bundle, watchdog_seconds=WATCHDOG_SECONDS)

    def __enter__(self):
        self._worker.ready.result(60)
        return self

    def __exit__(self, *_) -> None:
        self._worker.close()

    def examine(self, mutation: Mutation) -> str | None:
        """What is wrong with the answer, if anything."""
        start = time.monotonic()
        try:
            answer = self._ask(mutation)
        except (BundleError, WorkerError) as error:
            answer = "refused by the worker" if mutation.sealed else "refused late"
            if len(str(error)) < 20 or "Traceback" in str(error):
                return f"{mutation}: unclear: {error!r}"
        except FutureTimeoutError:
            return f"{mutation}: no answer in {PATIENCE_SECONDS:g} s"
        except Exception as error:
            return f"{mutation}: {error!r}"
        self.answers[answer] += 1
        if answer in ("refused late", "passes") and not mutation.sealed:
            return f"{mutation}: damage was not noticed by the hashes"
        seconds = time.monotonic() - start
        return None if seconds < PATIENCE_SECONDS else f"{mutation}: took {seconds:.1f} s"

    def _ask(self, mutation: Mutation) -> str:
        try:
            read_bundle(mutation.content)
        except BundleError:
            return "refused by its metadata" if mutation.sealed else "refused by its hashes"
        self._scratch.write_bytes(mutation.content)
        self._worker.open(self._scratch, prove=True).result(PATIENCE_SECONDS)
        return "passes"


def examine(bundle: Path, scratch: Path, seeds: range) -> Counter[str]:
    """Examine these mutations; fails with a line for each that broke a promise."""
    memory = psutil.Process()
    before = memory.memory_info().rss
    with Examiner(bundle, scratch) as examiner:
        broken = list(filter(None, (examiner.examine(mutate(examiner.original, s)) for s in seeds)))
    assert not broken, "\n".join([f"{len(broken)} of {len(seeds)}:", *broken])
    assert memory.memory_info().rss - before < MAX_GROWTH_BYTES
    print(f"{bundle.name}: {dict(examiner.answers)}")
    return examiner.answers


def test_the_same_number_gives_the_same_bytes(real_bundles):
    content = (real_bundles / "real-classifier.tflite").read_bytes()
    first = [mutate(content, seed) for seed in range(40)]
    assert first == [mutate(content, seed) for seed in range(40)]
    assert len({mutation.content for mutation in first}) >= 38
    assert {mutation.sealed for mutation in first} == {True, False}


def test_280_of_a_small_bundle(real_bundles, tmp_path):
    bundle = real_bundles / "real-classifier.tflite"
    answers = examine(bundle, tmp_path / "mutated.tflite", range(280))
    assert answers["refused by its hashes"] >= 130
    assert answers["refused by its metadata"] >= 20
    assert answers["refused by the worker"] >= 40  # hashes, metadata and tokenizer were right
    assert answers["passes"] >= 5  # such as a changed licence


def test_20_of_a_shipped_bundle(tmp_path):
    answers = examine(find_bundle("sentiment-en"), tmp_path / "mutated.tflite", range(20))
    assert answers["refused by its hashes"] >= 9
    assert answers["refused by the worker"] >= 1


@pytest.mark.soak
@pytest.mark.parametrize(
    ("name", "seeds"),
    [("real-classifier", range(280, 5_280)), ("real-embedder", range(5_280, 9_580))],
)
def test_thousands_of_small_bundles(real_bundles, tmp_path, name, seeds):
    answers = examine(real_bundles / f"{name}.tflite", tmp_path / "mutated.tflite", seeds)
    assert answers["refused by the worker"] >= len(seeds) / 10
    assert answers["passes"] >= len(seeds) / 100


@pytest.mark.soak
def test_hundreds_of_a_shipped_bundle(tmp_path):
    seeds = range(9_580, 10_280)
    answers = examine(find_bundle("sentiment-en"), tmp_path / "mutated.tflite", seeds)
    assert answers["refused by the worker"] >= 70
