"""What is asked of whoever reports a fault: versions, bundles, settings, the log. No Qt."""

from __future__ import annotations

import platform
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from desktop_app.log_file import last_lines
from desktop_app.settings import Settings
from desktop_app.versions import backend_version, program_version
from export.runtime.bundle_family import SHIPPED, SUFFIX
from export.runtime.file_hash import file_sha256
from export.runtime.processors import available_processors, processor_name

LOG_LINES = 200


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """What only the window knows."""

    qt: str  # version
    platform: str  # Qt's plugin, for example "xcb"
    settings: Settings
    opened: tuple[str, ...] = ()  # paths of bundles that did not come with the program
    log: Path | None = None


def diagnostics(surroundings: Surroundings) -> str:
    """A text to hand on: it names no document, no folder and no text of the user."""
    sections = [
        ("Versions", _lines(_versions(surroundings))),
        ("Models", _models(surroundings.opened)),
        ("Settings", _lines(_settings(surroundings.settings))),
        ("Log", _log(surroundings.log)),
    ]
    return "\n\n".join("\n".join([title, *lines]) for title, lines in sections) + "\n"


def _versions(surroundings: Surroundings) -> dict[str, str]:
    return {
        "program": program_version(),
        "Qt": f"{surroundings.qt} ({surroundings.platform})",
        "Python": f"{platform.python_version()} ({sys.implementation.name})",
        "system": platform.platform(),
        "processor": f"{processor_name()}; {available_processors()} to use",
        "backend": backend_version(),
    }


def _models(opened: Sequence[str]) -> list[str]:
    shipped = sorted(SHIPPED.glob(f"*{SUFFIX}"))
    lines = [f"  {path.stem}: sha256 {_sha256_or_fault(path)}" for path in shipped]
    lines += [f"  added: sha256 {_sha256_or_fault(Path(path))}" for path in sorted(opened)]
    return lines or ["  none"]


def _sha256_or_fault(path: Path) -> str:
    try:
        return file_sha256(path)
    except OSError as error:
        return f"not readable ({error.strerror})"


def _settings(settings: Settings) -> dict[str, str]:
    """Without anything that could be a path."""
    shown = {}
    for name, value in asdict(settings).items():
        text = str(value)
        shown[name] = "not shown" if any(c in text for c in "/\\~") else text or "as the system"
    return shown


def _log(path: Path | None) -> list[str]:
    lines = [] if path is None else last_lines(path, LOG_LINES)
    return [f"  {line}" for line in lines] or ["  empty"]


def _lines(values: Mapping[str, str]) -> list[str]:
    return [f"  {name}: {value}" for name, value in values.items()]
