"""One training in a process of its own, told what to do line by line.

    python -m benchmarks.training_worker      (started by `training_process`)

A line of JSON in, a line of JSON out: first the `Job`, then commands. What the libraries
print goes to standard error.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from benchmarks.training_data import TrainingData
from benchmarks.training_job import Job, Trainer
from export.pareto.peak_memory import peak_memory


def main() -> None:
    """Serve until the input ends."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what a library prints must not get among the answers
    trainer: Trainer | None = None
    for line in sys.stdin:
        request = json.loads(line)
        if "job" in request:
            start = time.perf_counter()
            trainer = make_trainer(Job(**request["job"]))
            answer: dict[str, Any] = {"seconds": time.perf_counter() - start}
        else:
            assert trainer is not None, "the job comes first"
            answer = COMMANDS[request.pop("command")](trainer, **request)
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


def make_trainer(job: Job) -> Trainer:
    """The job's engine, with its libraries loaded."""
    data = TrainingData.load(Path(job.data))
    if job.engine == "transformers":
        from benchmarks.training_hugging_face import HuggingFaceTrainer

        return HuggingFaceTrainer(job, data)
    from bert_tf.tensorflow_start import start_tensorflow

    given = os.environ.get("XLA_FLAGS", "")
    start_tensorflow()
    if job.engine == "keras-hub":
        from benchmarks.training_keras_hub import HubTrainer

        os.environ["XLA_FLAGS"] = given  # one of the imports sets flags for programs of ours
        return HubTrainer(job, data)
    from benchmarks.training_ours import OurTrainer

    return OurTrainer(job, data)


def _train(trainer: Trainer, steps: int | None = None) -> dict[str, Any]:
    return asdict(trainer.train(steps))


def _check(trainer: Trainer) -> dict[str, Any]:
    return {"outputs": trainer.check_outputs().tolist()}


def _predict(trainer: Trainer) -> dict[str, Any]:
    return {"classes": trainer.predict().tolist()}


def _memory(_: Trainer) -> dict[str, Any]:
    return {"bytes": peak_memory()}


def _export(trainer: Trainer, path: str) -> dict[str, Any]:
    trainer.export(Path(path))  # type: ignore[attr-defined]  # ours alone has it
    return {}


COMMANDS: dict[str, Callable[..., dict[str, Any]]] = {
    "train": _train,
    "check": _check,
    "predict": _predict,
    "memory": _memory,
    "export": _export,
}


if __name__ == "__main__":
    main()
