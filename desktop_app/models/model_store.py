"""The folder of the bundles that a person added; a bundle's task is the folder that it lies in."""

from __future__ import annotations

import contextlib
from pathlib import Path

from desktop_app.models.file_name import is_stored_name, stored_file_name
from export.runtime.bundle_family import SHIPPED, SUFFIX

TASKS = ("classification", "embedding")


class ModelStore:
    """Finds files by their names alone: nothing is read, so the start of the window can ask."""

    def __init__(self, folder: Path, *, shipped: Path = SHIPPED) -> None:
        """Nothing is made yet.

        Args:
            folder: of added bundles; made when the first one is added.
            shipped: folder of those that come with the program.
        """
        self.folder = folder
        self._shipped = shipped

    def shipped(self) -> tuple[Path, ...]:
        """The files that came with the program, by name."""
        return tuple(sorted(self._shipped.glob(f"*{SUFFIX}")))

    def added(self, task: str | None = None) -> tuple[Path, ...]:
        """The files that were added, by name, whatever is in them.

        Args:
            task: "classification" or "embedding"; None: of both.
        """
        found = []
        for each in TASKS if task is None else (task,):
            with contextlib.suppress(OSError):
                paths = [path for path in (self.folder / each).iterdir() if path.is_file()]
                found += sorted(path for path in paths if is_stored_name(path.name))
        return tuple(found)

    def bundles(self, task: str) -> tuple[str, ...]:
        """What `Engine.open` takes for each added bundle of a task."""
        return tuple(str(path) for path in self.added(task))

    def place_for(self, *, task: str, name: str, sha256: str) -> Path:
        """Where a bundle goes."""
        return self.folder / task / stored_file_name(name, sha256)

    def remove(self, path: Path) -> None:
        """Delete the file of an added bundle.

        Raises:
            ValueError: for a file that was not added here, above all a shipped one.
            OSError: if the system does not let it go.
        """
        if path not in self.added():
            raise ValueError(f"{path} was not added here, so it is not removed.")
        path.unlink()

    def sweep(self) -> None:
        """Delete what a copy left behind that was killed in the middle."""
        for task in TASKS:
            for path in (self.folder / task).glob(".*.part"):
                with contextlib.suppress(OSError):
                    path.unlink()
