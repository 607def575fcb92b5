"""A progress line with rate and time left, on standard error."""

from __future__ import annotations

import sys
import time
from types import TracebackType

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

PLAIN_INTERVAL = 30.0  # seconds between lines where there is no terminal


class TrainingProgress:
    """Shows steps, texts a second, loss and time left; plain lines where no terminal is."""

    def __init__(self, total_steps: int, *, done_steps: int = 0, quiet: bool = False) -> None:
        console = Console(file=sys.stderr, quiet=quiet)
        self._plain = not console.is_terminal
        self._quiet = quiet
        self._total = total_steps
        self._done = self._first = done_steps
        self._loss: float | None = None
        self._texts = 0
        self._start = self._last_line = time.monotonic()
        self._bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}"),
            TimeElapsedColumn(),
            TimeRemainingColumn(),
            console=console,
            disable=self._plain or quiet,
        )
        self._task = self._bar.add_task(
            "training", total=total_steps, completed=done_steps, rate=""
        )

    def __enter__(self) -> TrainingProgress:
        self._bar.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._bar.stop()

    @property
    def texts_per_second(self) -> float:
        """Texts trained on a second since the start of this process."""
        return self._texts / max(1e-9, time.monotonic() - self._start)

    def advance(self, *, texts: int, loss: float) -> None:
        """One step is done."""
        self._done += 1
        self._texts += texts
        self._loss = loss if self._loss is None else 0.95 * self._loss + 0.05 * loss
        rate = f"{self.texts_per_second:.0f} texts/s  loss {self._loss:.4f}"
        self._bar.update(self._task, completed=self._done, rate=rate)
        if self._plain and time.monotonic() - self._last_line >= PLAIN_INTERVAL:
            self._last_line = time.monotonic()
            spent = (self._last_line - self._start) / (self._done - self._first)
            left = spent * (self._total - self._done)
            self.say(f"step {self._done}/{self._total}  {rate}  {left / 60:.0f} min left")

    def say(self, line: str) -> None:
        """A line above the bar."""
        if self._quiet:
            return
        if self._plain:
            print(line, file=sys.stderr, flush=True)
        else:
            self._bar.console.print(line, highlight=False)
