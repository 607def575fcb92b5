"""Which files held their golden examples here, so that none is tried twice."""

from __future__ import annotations

import contextlib
import json
import os
import sys
from pathlib import Path

from export.runtime.atomic_output import atomic_output

_MOST_FILES = 500  # the oldest go first
_MOST_BYTES = 1 << 20


class ProvenFiles:
    """A small JSON file: sha256 to the places, runtime and processor, where it was proven.

    It only saves time. One that is missing, damaged or cannot be written is no error: files are
    then tried again.
    """

    def __init__(self, path: Path | None, place: str) -> None:
        """Nothing is read yet.

        Args:
            path: of the JSON file; None: nothing is remembered.
            place: what computes here; a file that was proven in another is not known.
        """
        self._path, self._place = path, place

    def __contains__(self, sha256: str) -> bool:
        return self._place in self._read().get(sha256, [])

    def add(self, sha256: str) -> None:
        """Remember a file by its hash."""
        if self._path is None:
            return
        known = self._read()  # again: another process may have added to it
        places = known.pop(sha256, [])
        known[sha256] = [*(place for place in places if place != self._place), self._place]
        while len(known) > _MOST_FILES:
            del known[next(iter(known))]
        with contextlib.suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with atomic_output(self._path) as stream:
                stream.write(json.dumps(known, indent=1).encode("ascii"))

    def _read(self) -> dict[str, list[str]]:
        if self._path is None:
            return {}
        try:
            if self._path.stat().st_size > _MOST_BYTES:
                return {}
            stored = json.loads(self._path.read_bytes())
        except (OSError, ValueError, RecursionError):
            return {}
        if not isinstance(stored, dict):
            return {}
        return {sha256: places for sha256, places in stored.items() if isinstance(places, list)}


def proven_files_path() -> Path | None:
    """Where this system keeps what can be found out again; None if it says no place."""
    given = os.environ.get("XDG_CACHE_HOME", "")
    try:
        if Path(given).is_absolute():
            base = Path(given)
        elif sys.platform == "win32":
            base = Path(os.environ.get("LOCALAPPDATA") or Path.home())
        elif sys.platform == "darwin":
            base = Path.home() / "Library" / "Caches"
        else:
            base = Path.home() / ".cache"
    except RuntimeError:  # a user without a home
        return None
    return base / "bert-edge" / "proven.json"
