"""The bundles that come with the program, and how a name or path finds one."""

from __future__ import annotations

import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from export.runtime.bundle import Bundle, read_bundle
from export.runtime.bundle_family import SHIPPED as _SHIPPED
from export.runtime.bundle_family import SUFFIX
from export.runtime.errors import BundleError

SHIPPED = _SHIPPED


@dataclass(frozen=True, kw_only=True)
class BundleEntry:
    """A line of the list of shipped bundles."""

    name: str  # what `Engine.open` takes
    path: Path
    task: str
    language: str
    size: int  # bytes
    sha256: str  # of the file, hexadecimal

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON values."""
        return {**asdict(self), "path": str(self.path)}


def list_bundles() -> list[BundleEntry]:
    """The shipped bundles by name, each checked in full.

    Raises:
        BundleError: if one of them is damaged.
    """
    entries = []
    for path in sorted(SHIPPED.glob(f"*{SUFFIX}")):
        bundle = open_bundle(path)
        entries.append(
            BundleEntry(
                name=path.stem,
                path=path,
                task=bundle.metadata.task,
                language=bundle.metadata.language,
                size=bundle.size,
                sha256=bundle.sha256,
            )
        )
    return entries


def find_bundle(name_or_path: str | os.PathLike[str]) -> Path:
    """The file that a shipped name or a path means. A shipped name wins over a file so called.

    Raises:
        BundleError: if there is neither, or it cannot be looked for.
    """
    text = os.fspath(name_or_path)
    shipped = SHIPPED / f"{text}{SUFFIX}"
    try:
        if Path(text).name == text and not text.endswith(SUFFIX) and shipped.is_file():
            return shipped
        path = Path(text).expanduser()
        if path.exists():
            return path.absolute()  # so that nobody takes it for a shipped name
    except (OSError, RuntimeError) as error:  # RuntimeError: `~nobody`, there is no such user
        raise BundleError(f"{text!r:.200} cannot be looked for: {error}") from error
    names = ", ".join(sorted(entry.stem for entry in SHIPPED.glob(f"*{SUFFIX}"))) or "none"
    raise BundleError(
        f"There is no file {text!r} and no shipped bundle of that name (shipped: {names})."
    )


def is_shipped(path: Path) -> bool:
    """Whether a file lies among the bundles that come with the program, links followed."""
    try:
        return path.resolve().parent == SHIPPED.resolve()
    except (OSError, RuntimeError):  # RuntimeError: links in a circle
        return False


def open_bundle(name_or_path: str | os.PathLike[str]) -> Bundle:
    """Find and read a bundle; the message of an error names the file.

    Raises:
        BundleError: if it cannot be found, read or trusted.
    """
    path = find_bundle(name_or_path)
    try:
        return read_bundle(path)
    except BundleError as error:
        raise BundleError(f"{path}: {error}") from error
    except OSError as error:
        raise BundleError(f"{path} cannot be read: {error.strerror or error}.") from error
