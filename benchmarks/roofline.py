"""How near the embedding bundle comes to what one core can do at most.

    python -m benchmarks.roofline [--bundle NAME_OR_PATH] [--rounds N] [--json FILE]

The least time is that of the multiply-adds alone: those of the fully connected layers at the int8
peak, those of attention at the float32 peak, both probed between the measurements. Its share of
the time that was taken is measured on one thread at 32 and 128 tokens, for a single text and for a
batch of 256 tokens as the Engine makes it in bulk. Word table, softmax, GELU, LayerNorm, rounding
of activations, Python and the runtime are all on the other side. Time is processor time, and a peak
the best of many short turns: neighbours take no turns from it, but they do take cache and clock.

Beside it stand the fully connected layers alone, without anything between them, in the same turns:
the share of the int8 peak that the runtime's kernels reach, and the share of the least time that
would be left if all the rest were done at the peak, both of their fastest run. More than that no
graph can reach with these kernels, not even at its best.

The int8 peak is that of vector registers (VNNI). Where the processor has AMX, the share of that
far higher peak is printed, too. Exits 1 where a goal is missed.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console
from rich.table import Table

from benchmarks.fully_connected_alone import FullyConnectedAlone, build
from benchmarks.goal import Goal
from benchmarks.peak_probe import PeakProbe, Peaks, ProbeError, peak_probe
from benchmarks.training_statistics import Spread
from bert_tf.config import BertConfig
from export.runtime.bundle import read_bundle
from export.runtime.catalogue import find_bundle
from export.runtime.engine import TOKENS_PER_BATCH
from export.runtime.graph_runner import GraphRunner
from export.runtime.native_notes import native_notes_hidden

GOALS = {32: 0.70, 128: 0.60}  # tokens of a text to share of the least time
ROUND_SECONDS = 0.5  # of processor time that each shape runs in a round
WARM = 5  # runs before the clock starts


@dataclass(frozen=True, kw_only=True)
class Work:
    """Operations of one pass; a multiply-add counts as two."""

    fully_connected: float
    attention: float  # scores and weighted sums

    @classmethod
    def of(cls, config: BertConfig, *, texts: int, length: int) -> Work:
        """What an encoder computes for `texts` texts of `length` tokens each."""
        layers, width = config.num_layers, config.hidden_dim
        weights = 4 * width**2 + 2 * width * config.intermediate_dim  # of a layer
        return cls(
            fully_connected=2.0 * texts * length * layers * weights,
            attention=4.0 * texts * length**2 * width * layers,
        )

    def least_seconds(self, peaks: Peaks, *, tiles: bool = False) -> float:
        """The time of these operations at the peaks."""
        int8 = peaks.int8_tiles if tiles else peaks.int8_vectors
        return self.fully_connected / int8 + self.attention / peaks.float32


@dataclass(frozen=True, kw_only=True)
class Share:
    """One shape of input."""

    texts: int  # of a batch
    length: int  # tokens of each
    milliseconds: float  # of a pass, median over rounds of the median of each
    least_milliseconds: float  # at the peaks
    share: float  # the second of the first
    share_quartiles: tuple[float, float]  # over rounds
    share_at_best: float  # of the fastest run of all
    share_of_tiles: float | None  # the same at the peak of AMX; None without
    kernel_share: float  # of the int8 peak, by the fastest run of those layers alone
    ceiling: float  # share of the least time if all but those layers ran at the peak


def main() -> None:
    """Measure and print."""
    arguments = _arguments()
    bundle = read_bundle(find_bundle(arguments.bundle))
    with native_notes_hidden():
        runner = GraphRunner(bundle.graph, bundle.metadata, num_threads=1)
    try:
        with peak_probe() as probe:
            config = bundle.metadata.config
            with native_notes_hidden():
                kernels = FullyConnectedAlone(build(config), config)
            peaks, shares = measure(runner, kernels, config, probe, rounds=arguments.rounds)
    except ProbeError as error:
        print(error, file=sys.stderr)
        sys.exit(2)
    verdicts = [(_goal(share), share.share) for share in shares]
    _print(peaks, shares)
    for goal, value in verdicts:
        print(goal.verdict(value))
    if arguments.json:
        report = {"peaks": asdict(peaks), "shares": [asdict(share) for share in shares]}
        arguments.json.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
    sys.exit(0 if all(goal.reached(value) for goal, value in verdicts) else 1)


def measure(
    runner: GraphRunner,
    kernels: FullyConnectedAlone,
    config: BertConfig,
    probe: PeakProbe,
    *,
    rounds: int,
    round_seconds: float = ROUND_SECONDS,
) -> tuple[Peaks, list[Share]]:
    """The peaks, and the shares of each shape, in turns.

    Args:
        runner: on one thread.
        kernels: the fully connected layers of the same shapes, on one thread.
        config: of the network that it runs.
        probe: runs before each round.
        rounds: at least 2.
        round_seconds: of processor time that each shape runs in a round.
    """
    shapes = [
        (texts, length) for length in GOALS for texts in (1, max(1, TOKENS_PER_BATCH // length))
    ]
    runs: dict[tuple[int, int], list[list[float]]] = {shape: [] for shape in shapes}
    alone: dict[tuple[int, int], list[list[float]]] = {shape: [] for shape in shapes}
    peaks = probe.measure()
    for _ in range(rounds):
        for shape in shapes:
            runs[shape].append(_run_seconds(runner, config, shape, round_seconds))
            alone[shape].append(_kernel_seconds(kernels, shape, round_seconds))
        peaks = peaks.highest(probe.measure())
    return peaks, [
        _share(config, peaks, shape, runs[shape], min(map(min, alone[shape]))) for shape in shapes
    ]


def _share(
    config: BertConfig,
    peaks: Peaks,
    shape: tuple[int, int],
    runs: list[list[float]],
    kernel_seconds: float,
) -> Share:
    texts, length = shape
    seconds = [float(np.median(taken)) for taken in runs]
    work = Work.of(config, texts=texts, length=length)
    least = work.least_seconds(peaks)
    spread = Spread.of([least / taken for taken in seconds])
    typical = float(np.median(seconds))
    kernels_least = work.fully_connected / peaks.int8_vectors
    tiles = work.least_seconds(peaks, tiles=True) / typical if peaks.int8_tiles else None
    return Share(
        texts=texts,
        length=length,
        milliseconds=1e3 * typical,
        least_milliseconds=1e3 * least,
        share=spread.median,
        share_quartiles=(spread.low, spread.high),
        share_at_best=least / min(map(min, runs)),
        share_of_tiles=tiles,
        kernel_share=kernels_least / kernel_seconds,
        ceiling=least / (kernel_seconds + least - kernels_least),
    )


def _run_seconds(
    runner: GraphRunner, config: BertConfig, shape: tuple[int, int], round_seconds: float
) -> list[float]:
    """Processor time of runs on other ids each."""
    rng = np.random.default_rng(shape[1])
    batches = [rng.integers(5, config.vocabulary_size, shape).astype(np.int32) for _ in range(16)]
    for ids in batches[:WARM]:
        runner.run(ids)
    taken: list[float] = []
    while sum(taken) < round_seconds:
        start = time.process_time()
        runner.run(batches[len(taken) % len(batches)])
        taken.append(time.process_time() - start)
    return taken


def _kernel_seconds(
    kernels: FullyConnectedAlone, shape: tuple[int, int], round_seconds: float
) -> list[float]:
    rows = shape[0] * shape[1]
    for _ in range(WARM):
        kernels.run_seconds(rows)
    taken: list[float] = []
    while sum(taken) < round_seconds:
        taken.append(kernels.run_seconds(rows))
    return taken


def _goal(share: Share) -> Goal:
    batch = "a single text" if share.texts == 1 else f"{share.texts} texts together"
    question = f"{share.length} tokens, {batch}: share of the least time"
    return Goal(question=question, bound=GOALS[share.length], unit="of it")


def _print(peaks: Peaks, shares: list[Share]) -> None:
    console = Console(width=120)
    tiles = f"{peaks.int8_tiles / 1e9:,.0f}" if peaks.int8_tiles else "none"
    console.print(
        f"one core at most: int8 in vector registers {peaks.int8_vectors / 1e9:,.0f} GOPS, "
        f"float32 {peaks.float32 / 1e9:,.0f} GFLOPS; int8 in tile registers (AMX) {tiles} GOPS"
    )
    table = Table(box=None)
    columns = "tokens,texts,taken,least,share,quartiles,at best,of AMX,kernels alone,ceiling"
    for column in columns.split(","):
        table.add_column(column, justify="right")
    for share in shares:
        table.add_row(*_cells(share))
    console.print(table)


def _cells(share: Share) -> list[Any]:
    low, high = share.share_quartiles
    return [
        str(share.length),
        str(share.texts),
        f"{share.milliseconds:.2f} ms",
        f"{share.least_milliseconds:.2f} ms",
        f"{share.share:.1%}",
        f"{low:.1%} to {high:.1%}",
        f"{share.share_at_best:.1%}",
        "" if share.share_of_tiles is None else f"{share.share_of_tiles:.1%}",
        f"{share.kernel_share:.1%}",
        f"{share.ceiling:.1%}",
    ]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--bundle", default="embedding-en", help="shipped name, or a path")
    parser.add_argument("--rounds", type=int, default=9, help="turns of each shape (default 9)")
    parser.add_argument("--json", type=Path, help="also write the figures here")
    arguments = parser.parse_args()
    if arguments.rounds < 2:
        parser.error("at least 2 rounds are needed")
    return arguments


if __name__ == "__main__":
    main()
