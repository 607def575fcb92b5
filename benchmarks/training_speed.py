"""Training speed, memory and result beside keras-hub and Hugging Face's Trainer.

    python -m benchmarks.training_speed [--texts N] [--rounds N] [--quick] [--json FILE]

Same start weights (MiniLM-L6), same texts (VADER's training split at its real lengths), same
batch size, same threads. Every engine has a process of its own; before anything is timed they
must give the same outputs. Of XLA on and off the faster counts. Then the engines take turns, so
that a busy machine hurts all alike. Ids are given; what comes before the first steady step
(imports, tracing, compilation) is shown apart.
"""

from __future__ import annotations

import argparse
import dataclasses
import importlib.metadata
import json
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rich.console import Console

from benchmarks.training_contest import (
    BATCH,
    MAX_LENGTH,
    OURS,
    QUALITY,
    Work,
)
from benchmarks.training_data import TrainingData, tiny_data, vader_data
from benchmarks.training_job import Job
from benchmarks.training_process import TrainingProcess
from benchmarks.training_race import (
    PILOT_STEPS,
    Contest,
    EnginesDifferError,
    check_engines,
    race,
)
from benchmarks.training_report import (
    Statement,
    memory_statements,
    print_quality,
    print_speed,
    quality_statements,
    speed_statements,
)
from benchmarks.training_statistics import (
    accuracy_difference,
    macro_f1_difference,
    quality_of,
)
from bert_tf.data.package_sources import minilm_folder
from bert_tf.training.precision import Precision

PEERS = ("keras-hub", "transformers")
PACKAGES = ("tensorflow", "keras", "keras-hub", "torch", "transformers", "accelerate", "numpy")
DEV_TEXTS = 2386  # all
RATE, QUICK_RATE = 1e-4, 1e-2  # peak learning rate for MiniLM, and for the tiny encoder


def main() -> None:
    """Measure and print."""
    arguments = _arguments()
    console = Console(width=150)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        contest = Contest(
            folder=folder,
            texts=arguments.texts // BATCH * BATCH,
            rounds=arguments.rounds,
            quality_texts=arguments.quality_texts // BATCH * BATCH,
            quality_seeds=arguments.quality_seeds,
            learning_rate=QUICK_RATE if arguments.quick else RATE,
            peers=tuple(arguments.peers),
            console=console,
        )
        data = _data(arguments, contest)
        data.save(folder / "data.json")
        report = _describe(arguments, contest, data)
        try:
            report["results"] = [
                _measure(contest, data, work, precision)
                for precision in arguments.precision
                for work in arguments.work
            ]
        except EnginesDifferError as error:
            raise SystemExit(f"Nothing is compared: {error}") from error
    if arguments.json:
        arguments.json.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")


def _measure(
    contest: Contest, data: TrainingData, work: Work, precision: Precision
) -> dict[str, Any]:
    """One table: all engines at one kind of work and one precision."""
    console = contest.console
    console.rule(f"{work}, {precision}")
    check_engines(contest, work)
    measured = race(contest, work, precision)
    print_speed(console, work, measured)
    statements = speed_statements(work, measured) + memory_statements(work, measured)
    qualities: dict[str, Any] = {}
    if work == "finetune" and contest.quality_texts:
        qualities, more = compare_quality(contest, data, precision)
        statements += more
    for statement in statements:
        console.print(str(statement), highlight=False)
    return {
        "work": work,
        "precision": precision,
        "engines": [dataclasses.asdict(one) for one in measured],
        "qualities": qualities,
        "verdicts": [dataclasses.asdict(statement) for statement in statements],
    }


def compare_quality(
    contest: Contest, data: TrainingData, precision: Precision
) -> tuple[dict[str, Any], list[Statement]]:
    """One epoch a seed from the same start for each, then dev; ours minus theirs."""
    answers = {}
    for contender in contest.contenders("finetune"):
        if contender.name in QUALITY:
            job = contest.job(contender, precision, xla=False, passes=1)
            job = dataclasses.replace(job, texts=contest.quality_texts)
            answers[contender.name] = np.stack(
                [
                    _answers_of(dataclasses.replace(job, seed=seed))
                    for seed in range(1, contest.quality_seeds + 1)
                ]
            )
            contest.console.print(f"dev answered by {contender.name}", highlight=False)
    expected = np.asarray(data.dev_labels)
    found = {
        name: [quality_of(one, expected, data.num_classes) for one in classes]
        for name, classes in answers.items()
    }
    contest.console.print(
        f"after one epoch of {contest.quality_texts} texts, on {len(expected)} dev texts, "
        f"{contest.quality_seeds} seeds:"
    )
    print_quality(contest.console, found)
    ours = answers.pop(OURS)
    differences = {
        name: {
            "accuracy": accuracy_difference(ours, theirs, expected),
            "macro-F1": macro_f1_difference(ours, theirs, expected, data.num_classes),
        }
        for name, theirs in answers.items()
    }
    qualities = {name: [dataclasses.asdict(one) for one in many] for name, many in found.items()}
    return qualities, quality_statements(differences)


def _answers_of(job: Job) -> NDArray[np.intp]:
    with TrainingProcess(job) as process:
        process.train()
        return process.predict()


def _data(arguments: argparse.Namespace, contest: Contest) -> TrainingData:
    texts = max(contest.texts, contest.quality_texts)
    if arguments.quick:
        folder = contest.folder / "tokenizer"
        folder.mkdir()
        return tiny_data(folder, texts=texts, dev_texts=64)
    return vader_data(arguments.data, weights=minilm_folder(), texts=texts, dev_texts=DEV_TEXTS)


def _describe(
    arguments: argparse.Namespace, contest: Contest, data: TrainingData
) -> dict[str, Any]:
    if arguments.quick:
        contest.console.print("A tiny encoder on invented texts: the figures mean nothing.")
    lengths = np.minimum([len(ids) + 2 for ids in data.first(contest.texts).ids], MAX_LENGTH)
    report: dict[str, Any] = {
        "machine": f"{_processor()}, {len(os.sched_getaffinity(0))} processors",
        "versions": {name: importlib.metadata.version(name) for name in PACKAGES},
        "start": data.start,
        "batch": BATCH,
        "texts": contest.texts,
        "rounds": contest.rounds,
        "quality_texts": contest.quality_texts,
        "quality_seeds": contest.quality_seeds,
        "mean_tokens": float(lengths.mean()),
        "longest_tokens": int(lengths.max()),
        "share_within_64": float((lengths <= 64).mean()),
        "load_before": os.getloadavg()[0],
    }
    contest.console.print(report["machine"])
    contest.console.print(", ".join(f"{k} {v}" for k, v in report["versions"].items()))
    contest.console.print(
        f"{contest.texts} texts a round, {report['mean_tokens']:.1f} tokens on average, the "
        f"longest {report['longest_tokens']}, {report['share_within_64']:.1%} within 64; "
        f"{contest.rounds} rounds; load before the start {report['load_before']:.1f}"
    )
    return report


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    name = next((line.split(":")[1].strip() for line in lines if "model name" in line), "unknown")
    known = ("avx2", "avx512f", "avx512_bf16", "amx_bf16")
    return f"{name} ({', '.join(flag for flag in known if flag in _processor_flags())})"


def _processor_flags() -> Sequence[str]:
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    return next((line for line in lines if line.startswith("flags")), "").split()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--texts", type=int, help="texts a round (default 960)")
    parser.add_argument("--rounds", type=int, help="turns each engine gets (default 5)")
    parser.add_argument(
        "--quality-texts", type=int, help="texts of the epoch before dev; 0 = skip (default 6400)"
    )
    parser.add_argument("--quality-seeds", type=int, help="such epochs an engine (default 3)")
    parser.add_argument("--precision", nargs="+", choices=("float32", "bfloat16"))
    parser.add_argument("--work", nargs="+", choices=("finetune", "mlm"))
    parser.add_argument("--peers", nargs="+", choices=PEERS, default=PEERS)
    parser.add_argument("--data", type=Path, default=Path("build/vader"), help="prepared VADER")
    parser.add_argument("--quick", action="store_true", help="a tiny encoder, invented texts")
    parser.add_argument("--json", type=Path, help="also write the figures here")
    arguments = parser.parse_args()
    names = ("texts", "rounds", "quality_texts", "quality_seeds")
    defaults = (256, 2, 64, 2) if arguments.quick else (960, 5, 6400, 3)
    for name, value in zip(names, defaults, strict=True):
        if getattr(arguments, name) is None:
            setattr(arguments, name, value)
    fast = {"amx_bf16", "avx512_bf16"} & set(_processor_flags())
    arguments.precision = arguments.precision or ["float32", *(["bfloat16"] if fast else [])]
    arguments.work = arguments.work or ["finetune", "mlm"]
    least = BATCH * PILOT_STEPS
    if arguments.texts < least or arguments.rounds < 2 or arguments.quality_seeds < 1:
        parser.error(f"at least {least} texts, 2 rounds and a seed are needed")
    return arguments


if __name__ == "__main__":
    main()
