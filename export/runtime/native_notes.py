"""LiteRT writes a line about its delegate to descriptor 2; it is not for the user."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path


@contextlib.contextmanager
def native_notes_hidden(*, unless: bool = False) -> Iterator[None]:
    """Send what native code writes to standard error nowhere, as long as the block runs.

    Where standard error is closed there is nothing to hide.

    Args:
        unless: let it through, for those who look for a fault.
    """
    if unless:
        yield
        return
    try:
        kept = os.dup(2)
    except OSError:
        yield
        return
    try:
        with Path(os.devnull).open("wb") as nothing:
            os.dup2(nothing.fileno(), 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
