"""How fast a bundle is on this machine: one text at a time, and many over all processors."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from export.runtime.backend import BACKEND
from export.runtime.bundle import Bundle
from export.runtime.engine import MAX_DEFAULT_THREADS, MAX_DEFAULT_WORKERS, Engine
from export.runtime.graph_runner import GraphRunner
from export.runtime.processors import available_processors, processor_name
from export.runtime.sample_texts import SampleTexts
from export.runtime.stop_request import raise_if_requested

LENGTHS = (16, 32, 64, 128)  # tokens of a single text, [CLS] and [SEP] counted
BULK_TEXTS = 256  # given to the Engine at once
MIN_RUNS = 3  # of everything, however little time there is
WARM_UP_RUNS = 2
DEFAULT_SECONDS = 20.0


@dataclass(frozen=True, kw_only=True)
class Latency:
    """One text at a time, its tokens given."""

    tokens: int  # [CLS] and [SEP] counted
    threads: int  # inside a run
    runs: int
    p50_ms: float
    p95_ms: float


@dataclass(frozen=True, kw_only=True)
class Throughput:
    """Many texts at once, tokenizing counted."""

    workers: int  # interpreters side by side
    threads: int  # of each
    texts: int  # computed, all different
    texts_per_second: float  # median over rounds of `BULK_TEXTS`


@dataclass(frozen=True, kw_only=True)
class SpeedReport:
    """What was measured, and on what."""

    bundle: str
    sha256: str  # of the file
    recipe: str
    size: int  # bytes of the file
    processor: str
    processors: int  # that this process may use
    litert: str  # version; with a name in front where tflite-runtime computes
    mean_tokens: float  # of the texts of the throughput, [CLS] and [SEP] counted
    latencies: tuple[Latency, ...]  # by length, then threads
    throughputs: tuple[Throughput, ...]  # by workers, then threads

    @property
    def best(self) -> Throughput:
        """The fastest way to compute many texts."""
        return max(self.throughputs, key=lambda each: each.texts_per_second)

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON values."""
        return {**asdict(self), "best": asdict(self.best)}

    def __str__(self) -> str:
        return "\n".join(_lines(self))


def measure_speed(
    bundle: Bundle,
    *,
    seconds: float = DEFAULT_SECONDS,
    max_threads: int | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> SpeedReport:
    """Measure a bundle; texts are drawn from its own vocabulary.

    Args:
        bundle: from `read_bundle`.
        seconds: about how long; every figure gets at least `MIN_RUNS` runs whatever this says.
        max_threads: processors to use; None: those that this process may use.
        progress: told what is measured next.

    Raises:
        BundleError: if the network cannot be run.
    """
    processors = max_threads or available_processors()
    texts = SampleTexts(bundle.tokenizer)
    longest = bundle.metadata.max_length
    lengths = [length for length in LENGTHS if length <= longest] or [longest]
    alone = [(n, t) for n in lengths for t in _doublings(min(processors, MAX_DEFAULT_THREADS))]
    threads = [(1, count) for count in _doublings(min(processors, MAX_DEFAULT_THREADS))]
    workers = [(count, 1) for count in _doublings(min(processors, MAX_DEFAULT_WORKERS))[1:]]
    share = seconds / (len(alone) + len(threads) + len(workers))
    latencies, throughputs = [], []
    for length, count in alone:
        progress(f"one text of {length} tokens, threads: {count}")
        latencies.append(_latency(bundle, texts, length, count, share))
    for num_workers, count in threads + workers:
        progress(f"many texts, workers: {num_workers}, threads: {count}")
        throughputs.append(_throughput(bundle, texts, num_workers, count, share))
    return SpeedReport(
        bundle=bundle.metadata.name,
        sha256=bundle.sha256,
        recipe=bundle.metadata.recipe.name,
        size=bundle.size,
        processor=processor_name(),
        processors=available_processors(),
        litert=BACKEND.label,
        mean_tokens=texts.mean_tokens(max_length=longest),
        latencies=tuple(latencies),
        throughputs=tuple(throughputs),
    )


def _doublings(most: int) -> list[int]:
    """1, 2, 4 and so on, and `most` itself."""
    return sorted({1 << place for place in range(most.bit_length())} | {most})


def _latency(
    bundle: Bundle, texts: SampleTexts, length: int, threads: int, seconds: float
) -> Latency:
    runner = GraphRunner(bundle.content, bundle.metadata, num_threads=threads)
    rows = [texts.row(length) for _ in range(16)]  # (1, T) each
    times = _timed(lambda turn: runner.run(rows[turn % len(rows)]), seconds)
    p50, p95 = np.percentile(times, [50, 95]) * 1000
    return Latency(
        tokens=length, threads=threads, runs=len(times), p50_ms=float(p50), p95_ms=float(p95)
    )


def _throughput(
    bundle: Bundle, texts: SampleTexts, workers: int, threads: int, seconds: float
) -> Throughput:
    rounds = [texts.texts(BULK_TEXTS) for _ in range(8)]
    with Engine(bundle, num_threads=threads, num_workers=workers) as engine:
        times = _timed(lambda turn: engine.outputs(rounds[turn % len(rounds)]), seconds)
    return Throughput(
        workers=workers,
        threads=threads,
        texts=BULK_TEXTS * len(times),
        texts_per_second=BULK_TEXTS / float(np.median(times)),
    )


def _timed(run: Callable[[int], object], seconds: float) -> NDArray[np.float64]:
    """Seconds of each run, as many runs as there is time for."""

    def turns() -> Iterator[float]:
        end = time.perf_counter() + seconds
        for turn in range(WARM_UP_RUNS):
            run(turn)
        done = 0
        while done < MIN_RUNS or time.perf_counter() < end:
            raise_if_requested()
            start = time.perf_counter()
            run(done)
            yield time.perf_counter() - start
            done += 1

    return np.fromiter(turns(), np.float64)


def _lines(report: SpeedReport) -> Iterator[str]:
    yield f"{report.bundle}, {report.recipe}, {report.size / 2**20:.1f} MiB, {report.sha256[:16]}"
    yield f"{report.processor}, {report.processors} for this process, runtime {report.litert}"
    yield ""
    yield "one text     threads      p50 ms      p95 ms      runs"
    for one in report.latencies:
        yield (
            f"{one.tokens:>4} tokens  {one.threads:>7}  {one.p50_ms:>10.2f}  {one.p95_ms:>10.2f}"
            f"  {one.runs:>8,}"
        )
    yield ""
    yield f"many texts of {report.mean_tokens:.1f} tokens on average, tokenizing counted"
    yield "  workers    threads     texts/s"
    for many in report.throughputs:
        mark = "  best" if many is report.best else ""
        yield f"{many.workers:>9}  {many.threads:>9}  {many.texts_per_second:>10,.0f}{mark}"
