"""Engines in turns over the same texts: rates, times of single texts, closeness to float32.

Axis letters: N texts, H hidden units.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from benchmarks.embedding_peer import Peer, Rows, Setting, Vectors
from benchmarks.training_statistics import Spread
from benchmarks.vector_closeness import cosines

PILOT = 300  # texts on which settings are compared
SECOND_TRIES = 3  # of the fastest settings
WARM = 5  # texts before single ones are timed, so that the threads of the last engine sleep
Report = Callable[[str], None]  # told what is being measured


@dataclass(frozen=True, kw_only=True)
class Load:
    """Texts that all engines embed."""

    name: str  # for people
    texts: Sequence[str]  # (N,) distinct
    rows: Rows  # (N,) their ids, within the limit of the encoder
    reference: Vectors  # (N, H) by float32


@dataclass(frozen=True, kw_only=True)
class Bulk:
    """One engine's figures on a load."""

    engine: str
    setting: str  # the best of its grid, with ids
    text_setting: str  # and with texts
    id_rates: list[float]  # sentences a second of each round, ids given
    text_rates: list[float]  # the same with tokenizing
    cosine_mean: float  # to the reference
    cosine_min: float

    @property
    def rate(self) -> Spread:
        """With ids given."""
        return Spread.of(self.id_rates)

    @property
    def text_rate(self) -> Spread:
        """With tokenizing."""
        return Spread.of(self.text_rates)


@dataclass(frozen=True, kw_only=True)
class Single:
    """One engine's times of texts one by one."""

    engine: str
    threads: int  # at which it was fastest
    id_medians: list[float]  # milliseconds, the median of each round, ids given
    text_medians: list[float]  # the same with tokenizing
    text_p99: float  # milliseconds, over all rounds


def race(
    peers: Sequence[Peer], load: Load, *, threads: int, rounds: int, report: Report
) -> list[Bulk]:
    """Find each engine's best setting, then let them take turns.

    Args:
        peers: the engines.
        load: what they embed.
        threads: processors that each may use.
        rounds: turns of each engine, with ids and with texts.
        report: told what is being measured.
    """
    by_id, by_text, chosen = [], [], []
    for peer in peers:
        report(f"{load.name}: settings of {peer.name}")
        setting, text_setting = _best_settings(peer, load, threads=threads)
        chosen.append((setting, text_setting))
        by_id.append(peer.prepare(setting))
        by_text.append(peer.prepare_texts(text_setting))
        peer.forget()  # the settings that were slower would fill the memory of all the others
    vectors = [run(load.rows) for run in by_id]  # also warms up
    for run in by_text:
        run(load.texts[:PILOT])
    id_rates: list[list[float]] = [[] for _ in peers]
    text_rates: list[list[float]] = [[] for _ in peers]
    count = len(load.rows)
    for turn in range(rounds):
        report(f"{load.name}: round {turn + 1} of {rounds}")
        for number in range(len(peers)):
            id_rates[number].append(count / _seconds(by_id[number], load.rows))
            text_rates[number].append(count / _seconds(by_text[number], load.texts))
    near = [cosines(load.reference, found) for found in vectors]
    return [
        Bulk(
            engine=peer.name,
            setting=str(chosen[number][0]),
            text_setting=str(chosen[number][1]),
            id_rates=id_rates[number],
            text_rates=text_rates[number],
            cosine_mean=float(near[number].mean()),
            cosine_min=float(near[number].min()),
        )
        for number, peer in enumerate(peers)
    ]


def one_by_one(
    peers: Sequence[Peer], load: Load, *, threads: int, rounds: int, report: Report
) -> list[Single]:
    """Times of single texts, in blocks of one engine after the other.

    Each engine is tried on one thread and on `threads`; the faster of the two counts.
    """
    tried: dict[tuple[int, int], Single] = {}
    places = [(number, each) for number in range(len(peers)) for each in sorted({1, threads})]
    times: dict[tuple[int, int], tuple[list[float], list[float], list[float]]] = {}
    runs = {}
    for number, each in places:
        setting = Setting(workers=1, threads=each, size=1, exact=True)
        runs[number, each] = (peers[number].prepare(setting), peers[number].prepare_texts(setting))
        peers[number].forget()
        times[number, each] = ([], [], [])
    for turn in range(rounds):
        report(f"{load.name}: one by one, round {turn + 1} of {rounds}")
        for place in places:
            by_id, by_text = runs[place]
            ids = _each_seconds(by_id, load.rows)
            texts = _each_seconds(by_text, load.texts)
            times[place][0].append(1e3 * float(np.median(ids)))
            times[place][1].append(1e3 * float(np.median(texts)))
            times[place][2].extend(texts)
    for (number, each), (ids, texts, everything) in times.items():
        tried[number, each] = Single(
            engine=peers[number].name,
            threads=each,
            id_medians=ids,
            text_medians=texts,
            text_p99=1e3 * float(np.percentile(everything, 99)),
        )
    return [
        min(
            (tried[place] for place in places if place[0] == number),
            key=lambda single: np.median(single.text_medians),
        )
        for number in range(len(peers))
    ]


def best_of(
    settings: Sequence[Setting],
    prepare: Callable[[Setting], Callable[[Any], Vectors]],
    work: Sequence[Any],
) -> Setting:
    """The fastest setting on this work; the leading ones get a second try."""
    if len(settings) == 1:
        return settings[0]
    times = {}
    for setting in settings:
        run = prepare(setting)
        run(work[: max(1, len(work) // 8)])
        times[setting] = _seconds(run, work)
    leading = sorted(times, key=lambda setting: times[setting])[:SECOND_TRIES]
    for setting in leading:
        times[setting] = min(times[setting], _seconds(prepare(setting), work))
    return min(leading, key=lambda setting: times[setting])


def _best_settings(peer: Peer, load: Load, *, threads: int) -> tuple[Setting, Setting]:
    """The best with ids, and the best with texts."""
    step = max(1, len(load.rows) // PILOT)
    found = best_of(peer.settings(threads), peer.prepare, load.rows[::step])
    text_settings = peer.text_settings(threads, found)
    return found, best_of(text_settings, peer.prepare_texts, load.texts[::step])


def _seconds(run: Callable[[Any], Vectors], work: Sequence[Any]) -> float:
    start = time.perf_counter()
    run(work)
    return time.perf_counter() - start


def _each_seconds(run: Callable[[Any], Vectors], work: Sequence[Any]) -> list[float]:
    for item in work[:WARM]:
        run([item])
    return [_seconds(run, [item]) for item in work]
