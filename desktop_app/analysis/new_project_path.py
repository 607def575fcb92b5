"""What a project that is made for a document is called."""

from __future__ import annotations

import re
from pathlib import Path

from desktop_app.projects.project import PROJECT_SUFFIX

_NOT_IN_NAMES = re.compile(r'[\x00-\x1f<>:"/\\|?*]')
_NAME_BYTES = 120


def new_project_path(folder: Path, document: Path) -> Path:
    """A name for a project of a document that nothing has yet.

    Args:
        folder: of the projects.
        document: a file or a folder.
    """
    stem = _NOT_IN_NAMES.sub("_", document.stem).strip(". ") or "project"
    stem = stem.encode("utf-8", "replace")[:_NAME_BYTES].decode("utf-8", "ignore")
    path, number = folder / f"{stem}{PROJECT_SUFFIX}", 2
    while path.exists():
        path = folder / f"{stem} {number}{PROJECT_SUFFIX}"
        number += 1
    return path
