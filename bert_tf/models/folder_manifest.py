"""What a model folder holds, with lengths and hashes, checked before anything is read."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bert_tf.file_hash import file_sha256

MANIFEST = "manifest.json"  # the file of a model folder


def write_manifest(folder: Path, names: Sequence[str]) -> None:
    """Write the length and the sha256 of each of these files of the folder."""
    files = {name: _measure(folder / name) for name in names}
    (folder / MANIFEST).write_text(json.dumps({"files": files}, indent=2) + "\n", encoding="utf-8")


def check_manifest(folder: Path, names: Sequence[str]) -> None:
    """Refuse a folder in which a file is not what was written.

    A folder without a manifest, of an earlier version or put together by hand, passes.

    Args:
        folder: the model folder.
        names: the files that a manifest must name.

    Raises:
        FileNotFoundError: if a file that the manifest names is missing.
        ValueError: if a file differs, or the manifest is damaged; names it.
    """
    path = folder / MANIFEST
    if not path.exists():
        return
    files = _read(path)
    if missing := sorted(set(names) - set(files)):
        raise ValueError(f"{path} is damaged: it does not name {', '.join(missing)}.")
    for name in names:
        file, expected = folder / name, files[name]
        if not file.is_file():
            raise FileNotFoundError(f"The model folder {folder} lacks {name}.")
        length = file.stat().st_size
        if length != expected.get("bytes"):
            raise ValueError(
                f"{file} is damaged: it must have {expected.get('bytes')} bytes, it has {length}. "
                f"{_ADVICE}"
            )
        if _measure(file) != expected:
            raise ValueError(f"{file} is damaged: its sha256 is not the one saved. {_ADVICE}")


_ADVICE = (
    "Bring the folder back from a copy or train again; if the change is yours, delete "
    f"{MANIFEST} in it."
)


def _measure(path: Path) -> dict[str, Any]:
    digest = file_sha256(path)
    return {"bytes": path.stat().st_size, "sha256": digest}


def _read(path: Path) -> dict[str, dict[str, Any]]:
    try:
        files = json.loads(path.read_text(encoding="utf-8"))["files"]
        if not all(isinstance(entry, dict) for entry in files.values()):
            raise TypeError("an entry is no object")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(f"{path} is damaged: {error!r}. {_ADVICE}") from error
    return files
