"""What the window remembers between two starts."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Literal


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Checked when made: a value from elsewhere raises `ValueError`."""

    language: Literal["", "en", "zh_CN"] = ""  # "": as the system
    appearance: Literal["system", "light", "dark"] = "system"

    def __post_init__(self) -> None:
        if self.language not in ("", "en", "zh_CN"):
            raise ValueError(f"language must be '', en or zh_CN, received {self.language!r}.")
        if self.appearance not in ("system", "light", "dark"):
            raise ValueError(
                f"appearance must be system, light or dark, received {self.appearance!r}."
            )


class SettingsFile:
    """One small JSON file, replaced in one step, so that a crash leaves the old or the new."""

    def __init__(self, path: Path | None) -> None:
        """With None nothing is remembered."""
        self._path = path

    def load(self) -> Settings:
        """The stored settings; the usual ones where the file is missing or makes no sense."""
        if self._path is None:
            return Settings()
        try:
            stored = json.loads(self._path.read_text(encoding="utf-8"))
            names = {field.name for field in dataclasses.fields(Settings)}
            return Settings(**{name: stored[name] for name in names & set(stored)})
        except (OSError, ValueError, TypeError):
            return Settings()

    def save(self, settings: Settings) -> None:
        """Store settings; where that is impossible the window goes on without."""
        if self._path is None:
            return
        fresh = self._path.with_suffix(f".{os.getpid()}.new")
        with contextlib.suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with fresh.open("w", encoding="utf-8") as stream:
                json.dump(dataclasses.asdict(settings), stream, indent=2)
                stream.flush()
                os.fsync(stream.fileno())
            fresh.replace(self._path)


def settings_path() -> Path:
    """Where this system keeps such files."""
    if sys.platform == "win32":
        base = Path(os.environ.get("APPDATA", Path.home()))
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Application Support"
    else:
        base = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    return base / "bert-desktop" / "settings.json"


def projects_folder() -> Path:
    """Where projects are kept that a person gave no place; it need not exist."""
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA", Path.home()))
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Application Support"
    else:
        base = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return base / "bert-desktop" / "projects"
