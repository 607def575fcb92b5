"""Where a program keeps what it notes, and what lives only while it runs, on each system."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

_NAME = "bert-desktop"


def state_folder() -> Path:
    """Of the log; it need not exist."""
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA", Path.home()))
    elif sys.platform == "darwin":
        return Path.home() / "Library" / "Logs" / _NAME
    else:
        base = Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state")
    return base / _NAME


def runtime_folder() -> Path:
    """Of what two starts of the program tell each other; nobody else is to reach it."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home())) / _NAME / "run"
    given = os.environ.get("XDG_RUNTIME_DIR")
    if given:
        return Path(given) / _NAME
    return Path(tempfile.gettempdir()) / f"{_NAME}-{os.getuid()}"
