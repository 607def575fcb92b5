"""What a file was when somebody chose it, and whether it is still that; its content is not read."""

from __future__ import annotations

import stat
from dataclasses import dataclass
from pathlib import Path

from desktop_app.projects.source_identity import SourceState


@dataclass(frozen=True, kw_only=True)
class FileState:
    """Quick to find, also for thousands of files."""

    size: int  # bytes
    modified_ns: int  # since 1970


def file_state(path: Path) -> FileState | None:
    """Look at a file; None for a folder, and where there is nothing to look at."""
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    if not stat.S_ISREG(found.st_mode):
        return None
    return FileState(size=found.st_size, modified_ns=found.st_mtime_ns)


def state_since(path: Path, seen: FileState | None) -> SourceState:
    """Compare a file with what it was; a folder is the same as long as it is there."""
    now = file_state(path)
    if now is not None:
        return "same" if now == seen else "changed"
    try:
        there = path.exists()
    except (OSError, ValueError):
        there = False
    if not there:
        return "missing"
    return "same" if seen is None else "changed"
