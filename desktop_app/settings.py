"""What the window remembers between two starts."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

_MOST_BYTES = 100_000


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
    """One small JSON file, replaced in one step, so that a crash leaves the old or the new.

    A value that makes no sense here is passed over, what a newer version added is kept. A file
    that cannot be read as settings at all is put aside, so that nothing is lost.
    """

    def __init__(self, path: Path | None) -> None:
        """With None nothing is remembered."""
        self._path = path
        self._others: dict[str, Any] = {}  # of other versions
        self.damaged: Path | None = None  # where the last `load` put a damaged file

    def load(self) -> Settings:
        """The stored settings; the usual ones where the file is missing or damaged."""
        self._others, self.damaged = {}, None
        if self._path is None:
            return Settings()
        try:
            stored = _read(self._path)
        except OSError:
            return Settings()
        except (ValueError, RecursionError):
            self._put_aside(self._path)
            return Settings()
        names = {field.name for field in dataclasses.fields(Settings)}
        self._others = {name: value for name, value in stored.items() if name not in names}
        settings = Settings()
        for name in sorted(names & set(stored)):
            with contextlib.suppress(ValueError, TypeError):
                settings = dataclasses.replace(settings, **{name: stored[name]})
        return settings

    def save(self, settings: Settings) -> None:
        """Store settings; where that is impossible the window goes on without."""
        if self._path is None:
            return
        from export.runtime.atomic_output import atomic_output

        content = json.dumps({**self._others, **dataclasses.asdict(settings)}, indent=2)
        with contextlib.suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with atomic_output(self._path) as stream:
                stream.write(content.encode("ascii"))

    def _put_aside(self, path: Path) -> None:
        """Keep a damaged file under another name; the one before it makes way."""
        aside = path.with_name(path.name + ".damaged")
        with contextlib.suppress(OSError):
            path.replace(aside)
            self.damaged = aside


def _read(path: Path) -> dict[str, Any]:
    """The content of a file; `ValueError` if it holds no settings."""
    with path.open("rb") as stream:
        content = stream.read(_MOST_BYTES + 1)
    if len(content) > _MOST_BYTES:
        raise ValueError(f"Settings have at most {_MOST_BYTES} bytes; {path} has more.")
    stored = json.loads(content)
    if not isinstance(stored, dict):
        raise ValueError(f"Settings are a JSON object, received {type(stored).__name__}.")
    return stored


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
    return _data_folder() / "projects"


def models_folder() -> Path:
    """Where the bundles are kept that a person added; it need not exist."""
    return _data_folder() / "models"


def measurements_path() -> Path:
    """Where measurements of this machine are kept."""
    return settings_path().with_name("measurements.json")


def _data_folder() -> Path:
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA", Path.home()))
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Application Support"
    else:
        base = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return base / "bert-desktop"
