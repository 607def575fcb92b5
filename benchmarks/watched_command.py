"""A command with a terminal behind its standard error: what it shows, and what memory it takes."""

from __future__ import annotations

import contextlib
import os
import pty
import re
import select
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

ROOT = Path(__file__).parent.parent
SECONDS_BETWEEN = 0.05  # looks at the memory
_ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
_PROGRESS = re.compile(r"([\d,]+) texts\b.*/s")


@dataclass(frozen=True, kw_only=True)
class Watched:
    """What was seen of a command."""

    exit_code: int  # negative: the signal that ended it
    seconds: float  # from start to end
    peak_bytes: int  # the most that it and its children had resident together
    progress: list[str]  # the lines of progress, in order
    texts_seen: int  # texts that the last of them says are done; 0 without one
    killed: bool  # because `kill_when` said so
    last_words: str  # the end of what it wrote to the terminal


def run_watched(
    words: Sequence[str],
    *,
    kill_when: Callable[[int], bool] | None = None,
    on_progress: Callable[[str], None] | None = None,
) -> Watched:
    """Run a command to its end.

    Args:
        words: the command; it runs in the root of the repository.
        kill_when: called with the texts done, as the command's progress says; True: SIGKILL.
        on_progress: called with each line of progress.
    """
    ours, theirs = pty.openpty()
    start = time.perf_counter()
    process = subprocess.Popen(words, cwd=ROOT, stderr=theirs, stdin=subprocess.DEVNULL)
    os.close(theirs)
    screen, peak, killed = "", 0, False
    progress: list[str] = []
    while True:
        shown = _read(ours)
        lines, screen = _new_lines(screen, shown or "")
        found = [line for line in lines if _PROGRESS.search(line)]
        progress += found
        for line in found if on_progress is not None else ():
            on_progress(line)
        peak = max(peak, _resident(process.pid))
        if not killed and kill_when is not None and kill_when(_texts(progress)):
            process.kill()
            killed = True
        if shown is None and process.poll() is not None:
            break
    seconds = time.perf_counter() - start
    os.close(ours)
    return Watched(
        exit_code=process.returncode,
        seconds=seconds,
        peak_bytes=peak,
        progress=progress,
        texts_seen=_texts(progress),
        killed=killed,
        last_words=screen[-300:].strip(),
    )


def _read(terminal: int) -> str | None:
    """What was written since; None when nobody can write any more."""
    if not select.select([terminal], [], [], SECONDS_BETWEEN)[0]:
        return ""
    try:
        content = os.read(terminal, 1 << 16)
    except OSError:  # Linux says so that all writers are gone
        time.sleep(SECONDS_BETWEEN)
        return None
    return content.decode("utf-8", errors="replace") or None


def _new_lines(screen: str, shown: str) -> tuple[list[str], str]:
    """The lines that are finished, and what is there of the next one."""
    parts = re.split(r"[\r\n]+", screen + _ESCAPES.sub("", shown))
    return [part for part in parts[:-1] if part.strip()], parts[-1]


def _texts(progress: Sequence[str]) -> int:
    """The number in the last line of progress."""
    found = _PROGRESS.search(progress[-1]) if progress else None
    return int(found[1].replace(",", "")) if found else 0


def _resident(pid: int) -> int:
    """Bytes of a process and all below it; a shared page counts in each."""
    total = 0
    with contextlib.suppress(psutil.NoSuchProcess):
        process = psutil.Process(pid)
        for each in [process, *process.children(recursive=True)]:
            with contextlib.suppress(psutil.NoSuchProcess):
                total += each.memory_info().rss
    return total
