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
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console

from benchmarks.training_contest import (
    BATCH,
    CONTENDERS,
    MAX_LENGTH,
    OURS,
    QUALITY,
    Contender,
    Work,
)
from benchmarks.training_data import TrainingData, tiny_data, vader_data
from benchmarks.training_job import Job, Pass
from benchmarks.training_process import TrainingProcess
from benchmarks.training_report import (
    Measured,
    Verdict,
    memory_verdicts,
    print_quality,
    print_speed,
    quality_verdicts,
    speed_verdicts,
)
from benchmarks.training_statistics import (
    accuracy_difference,
    macro_f1_difference,
    quality_of,
)
from bert_tf.data.package_sources import minilm_folder

PEERS = ("keras-hub", "transformers")
PACKAGES = ("tensorflow", "keras", "keras-hub", "torch", "transformers", "accelerate", "numpy")
TOLERANCE = {"float32": 1e-3, "bfloat16": 0.25}  # of outputs before training; bfloat16 has 8 bits
PILOT_STEPS = 6  # on which XLA on and off are compared
PILOTS = 2  # the faster of so many counts
DEV_TEXTS = 2386  # all
RATE, QUICK_RATE = 1e-4, 1e-2  # peak learning rate for MiniLM, and for the tiny encoder


@dataclass(frozen=True, kw_only=True)
class Contest:
    """What all measurements of a run share."""

    folder: Path  # for data and start weights
    texts: int  # a round reads
    rounds: int
    quality_texts: int  # an epoch that ends in a dev metric; 0 = none
    learning_rate: float  # peak of every engine's schedule
    peers: tuple[str, ...]  # engines that take part beside ours
    console: Console

    def contenders(self, work: Work) -> list[Contender]:
        """Those that take part, one of ours first: it writes the start weights."""
        engines = ("bert_tf", *self.peers)
        return [one for one in CONTENDERS[work] if one.engine in engines]

    def job(self, contender: Contender, precision: str, *, xla: bool, passes: int) -> Job:
        """The contender as a job; one that is to be measured on dev changes `texts`."""
        return Job(
            engine=contender.engine,
            work=contender.work,
            precision=precision,
            length=contender.length,
            fixed=contender.fixed,
            rows=contender.rows,
            guesses=contender.guesses,
            xla=xla,
            data=str(self.folder / "data.json"),
            texts=self.texts,
            passes=passes,
            start=str(self.folder / f"{contender.work}.npz"),
            learning_rate=self.learning_rate,
            seed=1,
        )


class EnginesDifferError(RuntimeError):
    """Engines that do not compute the same, so that their speeds cannot be compared."""


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


def _measure(contest: Contest, data: TrainingData, work: Work, precision: str) -> dict[str, Any]:
    """One table: all engines at one kind of work and one precision."""
    console = contest.console
    console.rule(f"{work}, {precision}")
    check_engines(contest, work)
    measured = race(contest, work, precision)
    print_speed(console, work, measured)
    verdicts = speed_verdicts(work, measured) + memory_verdicts(work, measured)
    qualities: dict[str, Any] = {}
    if work == "finetune" and contest.quality_texts:
        qualities, more = compare_quality(contest, data, precision)
        verdicts += more
    for verdict in verdicts:
        console.print(str(verdict), highlight=False)
    return {
        "work": work,
        "precision": precision,
        "engines": [dataclasses.asdict(one) for one in measured],
        "qualities": qualities,
        "verdicts": [dataclasses.asdict(verdict) for verdict in verdicts],
    }


def check_engines(contest: Contest, work: Work) -> None:
    """Write our start weights, and have every engine show in float32 that it took them over.

    Raises:
        EnginesDifferError: if an output differs by more than 0.001.
    """
    seen = set()
    for contender in contest.contenders(work):
        if contender.engine in seen:
            continue
        seen.add(contender.engine)
        job = contest.job(contender, "float32", xla=False, passes=1)
        with TrainingProcess(job) as process:
            if contender.engine == "bert_tf":
                process.export(Path(job.start))
            _check_outputs(contest, process, contender)


def _check_outputs(contest: Contest, process: TrainingProcess, contender: Contender) -> None:
    job = process.job
    with np.load(job.start) as start:
        # keras-hub computes GELU by its tanh approximation; the rest must be the same.
        expected = start["outputs_tanh" if job.engine == "keras-hub" else "outputs"]
    found = process.check_outputs()
    if found.shape != expected.shape:
        raise EnginesDifferError(f"{contender.name} gives {found.shape}, we {expected.shape}.")
    gap, limit = float(np.abs(found - expected).max()), TOLERANCE[job.precision]
    if not gap <= limit:
        raise EnginesDifferError(
            f"{contender.name} ({job.precision}) must give our outputs before training within "
            f"{limit:g}, they differ by {gap:.3g}."
        )
    contest.console.print(
        f"same start: {contender.name}, {job.precision}: outputs differ by {gap:.1e}",
        highlight=False,
    )


@dataclass(kw_only=True)
class _Runner:
    """A contender whose process is ready and warm."""

    contender: Contender
    process: TrainingProcess
    compile_seconds: float
    first: Pass
    passes: list[Pass]
    memory: dict[str, int]


def race(contest: Contest, work: Work, precision: str) -> list[Measured]:
    """Ready all contenders, then let them take turns.

    Raises:
        EnginesDifferError: if they do not do the same work, or one does not learn.
    """
    with ExitStack() as stack:
        runners = [
            _ready(contest, contender, precision, stack) for contender in contest.contenders(work)
        ]
        for number in range(contest.rounds):
            for runner in runners:
                runner.passes.append(runner.process.train())
            contest.console.print(f"round {number + 1} of {contest.rounds}", highlight=False)
        for runner in runners:
            xla = "on" if runner.process.job.xla else "off"
            runner.memory[xla] = runner.process.peak_memory()
    check_passes({one.contender: one.passes for one in runners}, texts=contest.texts)
    measured = [_measured(runner) for runner in runners]
    for one in measured:
        if not one.losses[1] < one.losses[0]:
            raise EnginesDifferError(
                f"{one.contender.name} does not learn: its loss goes from {one.losses[0]:.4f} to "
                f"{one.losses[1]:.4f}. More --texts or --rounds may be needed."
            )
    return measured


def _ready(contest: Contest, contender: Contender, precision: str, stack: ExitStack) -> _Runner:
    """The contender under its faster setting of XLA, warmed up."""
    best: _Runner | None = None
    memory: dict[str, int] = {}
    for xla in contender.xla:
        passes = contest.rounds + 4  # the warm-up and the pilots take steps as well
        process = TrainingProcess(contest.job(contender, precision, xla=xla, passes=passes))
        stack.callback(process.close)
        _check_outputs(contest, process, contender)
        # All shapes have to be seen: one where rows are padded alike, else a whole pass.
        first = process.train(PILOT_STEPS if contender.fixed else None)
        pilots = [process.train(PILOT_STEPS) for _ in range(PILOTS)]
        step = min(pilot.seconds / pilot.steps for pilot in pilots)
        runner = _Runner(
            contender=contender,
            process=process,
            compile_seconds=max(0.0, first.seconds - first.steps * step),
            first=first,
            passes=[],
            memory=memory,
        )
        memory["on" if xla else "off"] = process.peak_memory()
        if best is None:
            best, best_step = runner, step
        elif step < best_step:
            best.process.close()
            best, best_step = runner, step
        else:
            process.close()
    assert best is not None, "a contender has at least one setting"
    return best


def check_passes(passes: dict[Contender, list[Pass]], *, texts: int) -> None:
    """All read what they were told to read.

    Raises:
        EnginesDifferError: naming who did not.
    """
    tokens: dict[int, tuple[str, int]] = {}
    for contender, rounds in passes.items():
        for one in rounds:
            rows = one.steps * contender.rows
            if contender.fixed and one.places != rows * contender.length:
                raise EnginesDifferError(f"{contender.name} has computed {one.places} places.")
            if contender.work == "mlm" and contender.engine == "bert_tf":
                continue  # packed: a row is not a text
            if rows != texts:
                raise EnginesDifferError(f"{contender.name} has read {rows} of {texts} texts.")
            name, expected = tokens.setdefault(contender.length, (contender.name, one.real_tokens))
            if one.real_tokens != expected:
                raise EnginesDifferError(
                    f"{contender.name} has read {one.real_tokens} tokens, {name} {expected}."
                )


def _measured(runner: _Runner) -> Measured:
    last = runner.passes[-1]
    return Measured(
        contender=runner.contender,
        xla=runner.process.job.xla,
        start_seconds=runner.process.start_seconds,
        compile_seconds=runner.compile_seconds,
        rates=[one.rate for one in runner.passes],
        padding=1.0 - last.real_tokens / last.places,
        losses=(runner.first.loss, last.loss),
        memory=runner.memory,
    )


def compare_quality(
    contest: Contest, data: TrainingData, precision: str
) -> tuple[dict[str, Any], list[Verdict]]:
    """One epoch from the same start for each, then dev; ours minus theirs."""
    answers = {}
    for contender in contest.contenders("finetune"):
        if contender.name in QUALITY:
            job = contest.job(contender, precision, xla=False, passes=1)
            with TrainingProcess(dataclasses.replace(job, texts=contest.quality_texts)) as process:
                process.train()
                answers[contender.name] = process.predict()
    expected = np.asarray(data.dev_labels)
    found = {
        name: quality_of(classes, expected, data.num_classes) for name, classes in answers.items()
    }
    contest.console.print(
        f"after one epoch of {contest.quality_texts} texts, on {len(expected)} dev texts:"
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
    qualities = {name: dataclasses.asdict(quality) for name, quality in found.items()}
    return qualities, quality_verdicts(differences)


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
    parser.add_argument("--precision", nargs="+", choices=("float32", "bfloat16"))
    parser.add_argument("--work", nargs="+", choices=("finetune", "mlm"))
    parser.add_argument("--peers", nargs="+", choices=PEERS, default=PEERS)
    parser.add_argument("--data", type=Path, default=Path("build/vader"), help="prepared VADER")
    parser.add_argument("--quick", action="store_true", help="a tiny encoder, invented texts")
    parser.add_argument("--json", type=Path, help="also write the figures here")
    arguments = parser.parse_args()
    defaults = (256, 2, 64) if arguments.quick else (960, 5, 6400)
    for name, value in zip(("texts", "rounds", "quality_texts"), defaults, strict=True):
        if getattr(arguments, name) is None:
            setattr(arguments, name, value)
    fast = {"amx_bf16", "avx512_bf16"} & set(_processor_flags())
    arguments.precision = arguments.precision or ["float32", *(["bfloat16"] if fast else [])]
    arguments.work = arguments.work or ["finetune", "mlm"]
    least = BATCH * PILOT_STEPS
    if arguments.texts < least or arguments.rounds < 2:
        parser.error(f"at least {least} texts and 2 rounds are needed")
    return arguments


if __name__ == "__main__":
    main()
