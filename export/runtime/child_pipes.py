"""What a child process does first: its pipes are for messages, its memory has an end."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path
from typing import BinaryIO


def own_pipes() -> tuple[BinaryIO, BinaryIO]:
    """Take the standard pipes for messages only.

    Afterwards descriptor 0 reads nothing and descriptor 1 is standard error, so that a stray
    print of any library cannot damage a message.
    """
    requests, answers = os.dup(0), os.dup(1)
    with Path(os.devnull).open("rb") as nothing:
        os.dup2(nothing.fileno(), 0)
    os.dup2(2, 1)
    if sys.platform == "win32":
        import msvcrt

        for descriptor in (requests, answers):
            msvcrt.setmode(descriptor, os.O_BINARY)
    return os.fdopen(requests, "rb"), os.fdopen(answers, "wb")


def limit_memory(limit_bytes: int) -> None:
    """Let allocations fail beyond this much address space, where the platform can; 0: no limit."""
    if not limit_bytes or sys.platform == "win32":
        return
    import resource

    with contextlib.suppress(ValueError, OSError):  # macOS refuses; the watchdog remains
        resource.setrlimit(resource.RLIMIT_AS, (limit_bytes, limit_bytes))
