"""The bar that every long command shows on standard error, where a terminal is."""

from __future__ import annotations

import sys

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

PLAIN_INTERVAL = 30.0  # seconds between lines where there is no terminal


def make_bar(*, quiet: bool, count: ProgressColumn | None = None) -> tuple[Progress, bool]:
    """A bar with description, count, rate (the field "rate"), time spent and time left.

    Args:
        quiet: show nothing.
        count: how far it is; None = "3/10".

    Returns:
        The bar, and whether plain lines must stand in for it because there is no terminal.
    """
    console = Console(file=sys.stderr, quiet=quiet)
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        count or MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        console=console,
        disable=quiet or not console.is_terminal,
    )
    return bar, not console.is_terminal and not quiet


def say_plainly(line: str) -> None:
    """A line on standard error, at once."""
    print(line, file=sys.stderr, flush=True)
