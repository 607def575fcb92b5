"""What a bundle answers, how much memory it takes and how fast it is, each in a fresh process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
from numpy.typing import NDArray

from export.errors import ExportError

ROUNDS = 3  # of the speed of every bundle, one bundle after another
_ROOT = Path(__file__).resolve().parents[2]

# Axis letters: N texts, D values of the output.
Cell = tuple[int, int]  # tokens of a text, or interpreters side by side; and threads of each


@dataclass(frozen=True, kw_only=True)
class Trial:
    """A bundle that answered texts in a process of its own."""

    answers: NDArray[np.float32]  # (N, D)
    peak_bytes: int  # resident at most, Python and libraries counted


@dataclass(frozen=True, kw_only=True)
class Latency:
    """A single text of a given length, with the number of threads that served it best."""

    tokens: int  # [CLS] and [SEP] counted
    threads: int
    p50_ms: float  # median over runs, then over rounds


@dataclass(frozen=True, kw_only=True)
class Speed:
    """How fast a bundle is here."""

    latencies: tuple[Latency, ...]  # by length
    texts_per_second: float  # many texts at once, tokenizing counted, at the best setting
    workers: int  # interpreters side by side at that setting
    threads: int  # of each of them


def try_bundle(bundle: Path, texts: Sequence[str]) -> Trial:
    """Let a fresh process open a bundle and answer all texts as `bert-edge` would.

    Args:
        bundle: the file.
        texts: N of them.

    Raises:
        ExportError: if the process fails.
    """
    with tempfile.TemporaryDirectory() as folder:
        asked, answered = Path(folder, "texts.json"), Path(folder, "answers.npy")
        asked.write_text(json.dumps(list(texts)), encoding="utf-8")
        said = _ask("export.pareto.bundle_trial", bundle, asked, answered)
        answers = np.load(answered, allow_pickle=False)
    if answers.ndim != 2 or len(answers) != len(texts):
        raise ExportError(
            f"{bundle.name} answered {len(texts)} texts with an array of shape {answers.shape}."
        )
    return Trial(answers=answers, peak_bytes=int(said["peak_bytes"]))


def measure_speeds(
    bundles: Mapping[str, Path],
    *,
    seconds: float,
    rounds: int = ROUNDS,
    progress: Callable[[str], None] = lambda _: None,
) -> dict[str, Speed | ExportError]:
    """Measure several bundles by `bert-edge bench`, in turns and in fresh processes.

    Every round measures each bundle once, and the order is turned round from one to the next, so
    that a machine that grows slower or busier is no bundle's advantage.

    Args:
        bundles: files by name.
        seconds: about how long for each bundle, all rounds together.
        rounds: how often each is measured.
        progress: told the name of the bundle that was measured, each time.

    Returns:
        The medians over the rounds by name, or why a bundle could not be measured.
    """
    reports: dict[str, list[dict[str, Any]]] = {name: [] for name in bundles}
    failures: dict[str, ExportError] = {}
    for turn in range(rounds):
        for name in list(bundles)[:: -1 if turn % 2 else 1]:
            if name not in failures:
                try:
                    reports[name].append(_bench(bundles[name], seconds / rounds))
                except ExportError as error:
                    failures[name] = error
            progress(name)
    return {name: failures.get(name) or combine(reports[name]) for name in bundles}


def combine(reports: Sequence[Mapping[str, Any]]) -> Speed:
    """The medians of what `bert-edge bench --json` printed, at the best number of threads.

    Args:
        reports: of one bundle on one machine, at least one.
    """
    alone = _medians(reports, "latencies", ("tokens", "threads"), "p50_ms")
    many = _medians(reports, "throughputs", ("workers", "threads"), "texts_per_second")
    latencies = []
    for tokens in sorted({cell[0] for cell in alone}):
        best = min((cell for cell in alone if cell[0] == tokens), key=alone.__getitem__)
        latencies.append(Latency(tokens=tokens, threads=best[1], p50_ms=alone[best]))
    fastest = max(many, key=many.__getitem__)
    return Speed(
        latencies=tuple(latencies),
        texts_per_second=many[fastest],
        workers=fastest[0],
        threads=fastest[1],
    )


def _medians(
    reports: Sequence[Mapping[str, Any]], table: str, keys: tuple[str, str], value: str
) -> dict[Cell, float]:
    found: dict[Cell, list[float]] = {}
    for report in reports:
        for row in report[table]:
            found.setdefault((row[keys[0]], row[keys[1]]), []).append(row[value])
    return {cell: median(values) for cell, values in found.items()}


def _bench(bundle: Path, seconds: float) -> dict[str, Any]:
    report: dict[str, Any] = _ask(
        "export.runtime", "bench", bundle.resolve(), "--json", "--seconds", seconds
    )
    return report


def _ask(module: str, *arguments: object) -> Any:
    """Run a module of ours in a fresh process and read the JSON that it prints.

    Raises:
        ExportError: with its last words, if it fails, or cannot be started.
    """
    path = os.pathsep.join(filter(None, [str(_ROOT), os.environ.get("PYTHONPATH")]))
    # -P: a folder called `export` where the user happens to be is not imported
    try:
        outcome = subprocess.run(
            [sys.executable, "-P", "-m", module, *(str(argument) for argument in arguments)],
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            stdin=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": path, "PYTHONIOENCODING": "utf-8"},
            check=False,
        )
    except OSError as error:  # there is no memory for another process
        raise ExportError(f"No process could be started to open it: {error}") from error
    if outcome.returncode:
        words = outcome.stderr.strip().splitlines()
        last = words[-1] if words else "it said nothing"
        raise ExportError(f"The process that opened it ended with {outcome.returncode}: {last}")
    return json.loads(outcome.stdout)
