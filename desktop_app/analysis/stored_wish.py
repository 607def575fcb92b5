"""A document that is still to be read, as a project remembers it."""

from __future__ import annotations

from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any

from desktop_app.analysis.document_import import ImportWish
from desktop_app.analysis.file_state import FileState
from desktop_app.analysis.import_series import FollowingWish
from desktop_app.documents.read_options import ReadOptions

_FIELDS = {"path", "size", "modified_ns", "options", "text_column", "like"}
_PATH_LENGTH = 32_767  # characters, the most that any system has
_NUMBERS = 2**63  # sizes and times are below it
_KINDS: dict[str, type] = {
    "encoding": str,
    "delimiter": str,
    "header": bool,
    "sheet": str,
    "unit": str,
    "max_cell_characters": int,
    "max_columns": int,
    "columns": list,
}
_GUESSED = ("encoding", "delimiter", "header", "sheet", "columns")  # may be None


def stored_wish(wish: ImportWish) -> dict[str, Any]:
    """For JSON; what was seen of its rows beforehand is not kept."""
    seen = wish.seen
    return {
        "path": str(wish.path),
        "size": None if seen is None else seen.size,
        "modified_ns": None if seen is None else seen.modified_ns,
        "options": wish.options.to_dict(),
        "text_column": wish.text_column,
        "like": wish.like if isinstance(wish, FollowingWish) else None,
    }


def wish_of(stored: object) -> ImportWish:
    """The wish that `stored_wish` gave. Every part is checked: the file may be from elsewhere.

    Raises:
        ValueError: if it is anything else.
    """
    if not isinstance(stored, dict) or set(stored) != _FIELDS:
        raise ValueError(f"A waiting document has the fields {sorted(_FIELDS)}.")
    path, options = _path(stored["path"]), _options(stored["options"])
    seen = _seen(stored["size"], stored["modified_ns"])
    column, like = stored["text_column"], stored["like"]
    if not isinstance(column, str) or not isinstance(like, str | None):
        raise ValueError("A waiting document names its columns by texts.")
    if like is None:
        return ImportWish(path=path, options=options, text_column=column, seen=seen)
    return FollowingWish(path=path, options=options, text_column=column, like=like, seen=seen)


def _path(stored: object) -> Path:
    if not isinstance(stored, str) or "\0" in stored or len(stored) > _PATH_LENGTH:
        raise ValueError("A waiting document has a path.")
    if not any(kind(stored).is_absolute() for kind in (PurePosixPath, PureWindowsPath)):
        raise ValueError(f"A waiting document has its whole path, received {stored!r:.200}.")
    return Path(stored)


def _seen(size: object, modified_ns: object) -> FileState | None:
    if size is None and modified_ns is None:
        return None
    if type(size) is not int or type(modified_ns) is not int:
        raise ValueError("Size and time of a waiting document are whole numbers, or both unknown.")
    if not 0 <= size < _NUMBERS or not -_NUMBERS <= modified_ns < _NUMBERS:
        raise ValueError(f"No file has the size {size} and the time {modified_ns}.")
    return FileState(size=size, modified_ns=modified_ns)


def _options(stored: object) -> ReadOptions:
    """`ReadOptions` trusts the types, and knows no upper limits."""
    if not isinstance(stored, dict):
        raise ValueError("A waiting document has options by name.")
    for name, value in stored.items():
        wanted = _KINDS.get(name)
        if type(value) is not wanted and (value is not None or name not in _GUESSED):
            raise ValueError(f"The option {name!r:.100} of a waiting document has another type.")
    columns = stored.get("columns") or []
    usual = ReadOptions()
    options = ReadOptions.from_dict(stored)
    if (
        not all(isinstance(column, str) for column in columns)
        or options.max_cell_characters > usual.max_cell_characters
        or options.max_columns > usual.max_columns
    ):
        raise ValueError("A waiting document is read with columns by name and the usual limits.")
    return options
