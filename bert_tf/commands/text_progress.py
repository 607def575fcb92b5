"""A progress line for what goes through texts: how many, rate and time left."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

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


@contextmanager
def text_progress(description: str, *, quiet: bool = False) -> Iterator[Callable[[int, int], None]]:
    """Show progress on standard error; a line now and then where no terminal is.

    Args:
        description: what is done to the texts, such as "encoding".
        quiet: show nothing.

    Yields:
        A function of the number of texts done and of all.
    """
    console = Console(file=sys.stderr, quiet=quiet)
    plain = not console.is_terminal
    start = last_line = time.monotonic()
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        console=console,
        disable=plain or quiet,
    )
    shown = bar.add_task(description, total=None, rate="")

    def update(done: int, total: int) -> None:
        nonlocal last_line
        now = time.monotonic()
        pace = done / max(1e-9, now - start)
        bar.update(shown, completed=done, total=total, rate=f"{pace:,.0f} texts/s")
        if plain and not quiet and now - last_line >= PLAIN_INTERVAL:
            last_line = now
            left = (total - done) / pace / 60
            print(
                f"{description}: {done}/{total}  {pace:,.0f} texts/s  {left:.0f} min left",
                file=sys.stderr,
                flush=True,
            )

    with bar:
        yield update
