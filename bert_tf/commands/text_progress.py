"""A progress line for what goes through texts: how many, rate and time left."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from bert_tf.progress_bar import PLAIN_INTERVAL, make_bar, say_plainly


@contextmanager
def text_progress(description: str, *, quiet: bool = False) -> Iterator[Callable[[int, int], None]]:
    """Show progress on standard error; a line now and then where no terminal is.

    Args:
        description: what is done to the texts, such as "encoding".
        quiet: show nothing.

    Yields:
        A function of the number of texts done and of all.
    """
    bar, plain = make_bar(quiet=quiet)
    start = last_line = time.monotonic()
    shown = bar.add_task(description, total=None, rate="")

    def update(done: int, total: int) -> None:
        nonlocal last_line
        now = time.monotonic()
        pace = done / max(1e-9, now - start)
        bar.update(shown, completed=done, total=total, rate=f"{pace:,.0f} texts/s")
        if plain and now - last_line >= PLAIN_INTERVAL:
            last_line = now
            left = (total - done) / pace / 60
            say_plainly(f"{description}: {done}/{total}  {pace:,.0f} texts/s  {left:.0f} min left")

    with bar:
        yield update
