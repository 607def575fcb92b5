"""The projects that were open last, in one small file."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path

from export.runtime.atomic_output import atomic_output

NAME = "recent-projects.json"
_MOST = 12
_MOST_BYTES = 100_000


class RecentProjects:
    """The latest first; where the file cannot be read or written there are none."""

    def __init__(self, folder: Path) -> None:
        """Read the list.

        Args:
            folder: of the file, made when a project is added.
        """
        self._file = folder / NAME
        self._paths = _read(self._file)

    @property
    def paths(self) -> tuple[Path, ...]:
        """Those that are still there."""
        return tuple(path for path in self._paths if path.is_file())

    def add(self, path: Path) -> None:
        """Put a project in front."""
        path = path.absolute()
        self._paths = [path, *(each for each in self._paths if each != path)][:_MOST]
        with contextlib.suppress(OSError, ValueError):
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with atomic_output(self._file) as stream:
                stream.write(json.dumps([str(each) for each in self._paths]).encode("ascii"))


def _read(file: Path) -> list[Path]:
    try:
        if file.stat().st_size > _MOST_BYTES:
            return []
        values = json.loads(file.read_bytes())
    except (OSError, ValueError):
        return []
    if not isinstance(values, list):
        return []
    return [Path(each) for each in values if isinstance(each, str) and "\0" not in each][:_MOST]
