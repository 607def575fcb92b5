"""Fresh processes that answer, weigh themselves and are timed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from export.errors import ExportError
from export.pareto.measurement import Speed, combine, measure_speeds, try_bundle
from export.runtime.bundle import read_bundle
from export.runtime.engine import Engine

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def bundle_path(embedder_bundle: bytes, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("measured") / "tiny.tflite"
    path.write_bytes(embedder_bundle)
    return path


def bench(latencies: dict, throughputs: dict) -> dict:
    """What `bert-edge bench --json` prints, as far as it is read."""
    return {
        "latencies": [
            {"tokens": n, "threads": t, "p50_ms": ms} for (n, t), ms in latencies.items()
        ],
        "throughputs": [
            {"workers": w, "threads": t, "texts_per_second": rate}
            for (w, t), rate in throughputs.items()
        ],
    }


def test_rounds_become_medians_at_the_best_number_of_threads() -> None:
    reports = [
        bench({(16, 1): 1.0, (16, 2): 0.9, (32, 1): 2.0, (32, 2): 9.0}, {(1, 1): 400, (2, 1): 700}),
        bench({(16, 1): 1.2, (16, 2): 0.8, (32, 1): 2.1, (32, 2): 1.0}, {(1, 1): 900, (2, 1): 500}),
        bench({(16, 1): 1.1, (16, 2): 5.0, (32, 1): 1.9, (32, 2): 9.1}, {(1, 1): 410, (2, 1): 600}),
    ]
    speed = combine(reports)
    assert [(one.tokens, one.threads, one.p50_ms) for one in speed.latencies] == [
        *((16, 2, 0.9), (32, 1, 2.0))
    ]
    assert (speed.workers, speed.threads, speed.texts_per_second) == (2, 1, 600)


def test_a_fresh_process_gives_the_engines_answers_and_its_memory(
    bundle_path: Path, some_texts: list[str]
) -> None:
    texts = [*some_texts[:40], "a line\nand another", "好"]
    trial = try_bundle(bundle_path, texts)
    with Engine(read_bundle(bundle_path)) as engine:
        np.testing.assert_array_equal(trial.answers, engine.outputs(texts).values)
    assert 20e6 < trial.peak_bytes < 400e6  # this process holds TensorFlow, the child does not


def test_memory_is_of_the_child_alone_and_grows_with_what_it_takes() -> None:
    code = "from export.pareto.peak_memory import peak_memory\n" \
           "before = peak_memory(); held = b'x' * 60_000_000\n" \
           "print(before, peak_memory() - before)"  # fmt: skip
    outcome = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    before, grown = map(int, outcome.stdout.split())
    assert before < 60e6 < 59e6 + grown < 130e6


def test_speed_is_measured_in_turns_and_a_failure_stays_alone(
    bundle_path: Path, tmp_path: Path
) -> None:
    damaged = tmp_path / "damaged.tflite"
    damaged.write_bytes(bundle_path.read_bytes()[:-1])
    told: list[str] = []
    bundles = {"damaged": damaged, "tiny": bundle_path}
    found = measure_speeds(bundles, seconds=0.0, rounds=2, progress=told.append)
    assert told == ["damaged", "tiny", "tiny", "damaged"]
    assert isinstance(found["damaged"], ExportError)
    speed = found["tiny"]
    assert isinstance(speed, Speed)
    assert [one.tokens for one in speed.latencies] == [16]  # all that this bundle reads
    assert speed.latencies[0].p50_ms > 0 and speed.texts_per_second > 0


def test_what_cannot_be_opened_says_why(tmp_path: Path) -> None:
    nothing = tmp_path / "nothing.tflite"
    nothing.write_bytes(json.dumps({}).encode())
    with pytest.raises(ExportError, match=r"not a \.tflite file"):
        try_bundle(nothing, ["a text"])
