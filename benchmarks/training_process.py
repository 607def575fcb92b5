"""The benchmark's handle on a training in another process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.training_job import Job, Pass

ROOT = Path(__file__).parent.parent


class TrainingProcessError(RuntimeError):
    """A training process that ended before it answered."""


class TrainingProcess:
    """Starts `training_worker` and asks it; ends it on leaving the `with`."""

    def __init__(self, job: Job) -> None:
        """Start the process and have it load everything.

        Raises:
            TrainingProcessError: if that fails; with the last lines it wrote.
        """
        self.job = job
        self._notes = tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace")  # noqa: SIM115
        self._process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.training_worker"],
            cwd=ROOT,
            env={**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3", "TOKENIZERS_PARALLELISM": "false"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._notes,
            text=True,
        )
        try:
            self.start_seconds = float(self._ask({"job": asdict(job)})["seconds"])
        except BaseException:
            self.close()
            raise

    def train(self, steps: int | None = None) -> Pass:
        """See `Trainer.train`."""
        return Pass(**self._ask({"command": "train", "steps": steps}))

    def check_outputs(self) -> NDArray[np.float64]:
        """See `Trainer.check_outputs`."""
        return np.asarray(self._ask({"command": "check"})["outputs"])

    def predict(self) -> NDArray[np.int64]:
        """See `Trainer.predict`."""
        return np.asarray(self._ask({"command": "predict"})["classes"])

    def peak_memory(self) -> int:
        """The largest resident size of the process so far, in bytes."""
        return int(self._ask({"command": "memory"})["bytes"])

    def export(self, path: Path) -> None:
        """Have our engine write the start weights for the others."""
        self._ask({"command": "export", "path": str(path)})

    def _ask(self, request: dict[str, Any]) -> dict[str, Any]:
        assert self._process.stdin is not None and self._process.stdout is not None
        try:
            self._process.stdin.write(json.dumps(request) + "\n")
            self._process.stdin.flush()
            line = self._process.stdout.readline()
        except BrokenPipeError:
            line = ""
        if not line:
            raise TrainingProcessError(
                f"{self.job.engine} ({self.job.work}, {self.job.precision}) ended with status "
                f"{self._process.wait()} before it answered:\n{self._last_notes()}"
            )
        return dict(json.loads(line))

    def _last_notes(self) -> str:
        self._notes.seek(0)
        return "".join(self._notes.readlines()[-15:])

    def close(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout, self._notes):
            if stream is not None:
                stream.close()

    def __enter__(self) -> TrainingProcess:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()
