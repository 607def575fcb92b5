"""A progress line with rate and time left, on standard error."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Mapping
from types import TracebackType

from bert_tf.progress_bar import PLAIN_INTERVAL, make_bar, say_plainly

SMOOTHING = 0.95  # weight of the past in shown figures
WINDOW = 100  # steps whose speed is shown; not the first, which compiles


class TrainingProgress:
    """Shows steps, units a second, losses and time left; plain lines where no terminal is."""

    def __init__(
        self, total_steps: int, *, unit: str = "texts", done_steps: int = 0, quiet: bool = False
    ) -> None:
        """Begin to count.

        Args:
            total_steps: optimizer steps of the whole run.
            unit: what is counted a second, such as "texts" or "tokens".
            done_steps: steps that an earlier process did.
            quiet: show nothing.
        """
        self._quiet = quiet
        self._unit = unit
        self._total = total_steps
        self._done = done_steps
        self._shown: dict[str, float] = {}
        self._recent: deque[tuple[int, float]] = deque(maxlen=WINDOW)  # units, seconds of a step
        self._advanced = 0  # steps in this process
        self._last_line = time.monotonic()
        self._bar, self._plain = make_bar(quiet=quiet)
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
    def units_per_second(self) -> float:
        """Units trained on a second of stepping, lately."""
        units, seconds = (sum(values) for values in zip(*self._recent, strict=True))
        return units / max(1e-9, seconds)

    def advance(self, *, units: int, seconds: float, scalars: Mapping[str, float]) -> None:
        """One step is done; `scalars` are shown as they are named, smoothed."""
        self._done += 1
        self._advanced += 1
        if self._advanced == 2:
            self._recent.clear()  # the first step compiled what the others use
        self._recent.append((units, seconds))
        for name, value in scalars.items():
            before = self._shown.get(name, value)
            self._shown[name] = SMOOTHING * before + (1 - SMOOTHING) * value
        rate = f"{self.units_per_second:.0f} {self._unit}/s"
        for name, value in self._shown.items():
            rate += f"  {name.replace('_', ' ')} {value:.4g}"
        self._bar.update(self._task, completed=self._done, rate=rate)
        if self._plain and time.monotonic() - self._last_line >= PLAIN_INTERVAL:
            self._last_line = time.monotonic()
            spent = sum(seconds for _, seconds in self._recent) / len(self._recent)
            left = spent * (self._total - self._done)
            self.say(f"step {self._done}/{self._total}  {rate}  {left / 60:.0f} min left")

    def say(self, line: str) -> None:
        """A line above the bar."""
        if self._quiet:
            return
        if self._plain:
            say_plainly(line)
        else:
            self._bar.console.print(line, highlight=False)
