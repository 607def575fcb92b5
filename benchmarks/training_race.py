"""Engines that take turns at one kind of training, each in a process of its own."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from rich.console import Console

from benchmarks.training_contest import CONTENDERS, Contender, Work
from benchmarks.training_job import Job, Pass
from benchmarks.training_process import TrainingProcess
from benchmarks.training_report import Measured
from bert_tf.training.precision import Precision

TOLERANCE = {"float32": 1e-3, "bfloat16": 0.25}  # of outputs before training; bfloat16 has 8 bits
PILOT_STEPS = 6  # on which XLA on and off are compared
PILOTS = 2  # the faster of so many counts


@dataclass(frozen=True, kw_only=True)
class Contest:
    """What all measurements of a run share."""

    folder: Path  # for data and start weights
    texts: int  # a round reads
    rounds: int
    quality_texts: int  # an epoch that ends in a dev metric; 0 = none
    quality_seeds: int  # so many such epochs an engine
    learning_rate: float  # peak of every engine's schedule
    peers: tuple[str, ...]  # engines that take part beside ours
    console: Console

    def contenders(self, work: Work) -> list[Contender]:
        """Those that take part, one of ours first: it writes the start weights."""
        engines = ("bert_tf", *self.peers)
        return [one for one in CONTENDERS[work] if one.engine in engines]

    def job(self, contender: Contender, precision: Precision, *, xla: bool, passes: int) -> Job:
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


def race(contest: Contest, work: Work, precision: Precision) -> list[Measured]:
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


def _ready(
    contest: Contest, contender: Contender, precision: Precision, stack: ExitStack
) -> _Runner:
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
