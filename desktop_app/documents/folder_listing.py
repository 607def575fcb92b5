"""Which files of a folder are its documents."""

from __future__ import annotations

import hashlib
import os
import stat
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from desktop_app.documents.document_error import DocumentError
from desktop_app.documents.document_kind import SUFFIXES

MAX_FILES = 10_000  # documents of one folder
MAX_LOOKED_AT = 200_000  # names in it and below it
_MAX_DEPTH = 32
_LOST_LINKS = "links that lead nowhere or files that cannot be read"
_LOST_FOLDERS = "folders that cannot be listed"


@dataclass(frozen=True, kw_only=True)
class FolderListing:
    """The documents of a folder and why others were passed over."""

    files: tuple[Path, ...]  # sorted
    skipped: dict[str, int]  # reason -> count
    unreachable: tuple[Path, ...] = ()  # what may be documents, or folders of them, another time


@dataclass(frozen=True, kw_only=True)
class FolderState:
    """What tells whether the documents of a folder are those that they were."""

    size: int  # bytes of all
    modified_ns: int  # of the latest
    fingerprint: str  # sha256 of their names, sizes and times, hexadecimal


@dataclass(kw_only=True)
class _Found:
    """What was met so far."""

    files: list[Path] = field(default_factory=list)
    waiting: list[tuple[Path, int]] = field(default_factory=list)  # folders and how deep they are
    skipped: Counter[str] = field(default_factory=Counter)
    unreachable: list[Path] = field(default_factory=list)


def list_folder(folder: Path) -> FolderListing:
    """The documents in a folder and below it; links to folders are not followed.

    Raises:
        DocumentError: if the folder cannot be read.
    """
    found = _Found(waiting=[(folder, 0)])
    looked_at = 0
    while found.waiting:
        here, depth = found.waiting.pop()
        try:
            with os.scandir(here) as entries:
                for entry in entries:
                    looked_at += 1
                    if looked_at > MAX_LOOKED_AT:
                        found.skipped[f"beyond the first {MAX_LOOKED_AT:,} names"] += 1
                        found.waiting = []
                        break
                    reason = _look_at(entry, found, depth)
                    found.skipped.update([reason] if reason else [])
        except OSError as error:
            if here == folder:
                words = error.strerror
                raise DocumentError(
                    f"{folder} cannot be listed ({words}).", reason="missing"
                ) from error
            found.skipped[_LOST_FOLDERS] += 1
            found.unreachable.append(here)
    files = sorted(found.files)
    if len(files) > MAX_FILES:
        found.skipped[f"beyond the first {MAX_FILES:,} documents"] += len(files) - MAX_FILES
    return FolderListing(
        files=tuple(files[:MAX_FILES]),
        skipped=dict(found.skipped),
        unreachable=tuple(sorted(found.unreachable)),
    )


def folder_state(folder: Path, listing: FolderListing) -> FolderState:
    """The state of the documents of a listing; their content is not read."""
    size = latest = 0
    lines = []
    for path in listing.files:
        try:
            status = path.stat()
        except OSError:  # since it was listed
            lines.append(f"{path.relative_to(folder).as_posix()}\0gone")
            continue
        size += status.st_size
        latest = max(latest, status.st_mtime_ns)
        inside = path.relative_to(folder).as_posix()
        lines.append(f"{inside}\0{status.st_size}\0{status.st_mtime_ns}")
    digest = hashlib.sha256("\n".join(lines).encode("utf-8", "surrogateescape"))
    return FolderState(size=size, modified_ns=latest, fingerprint=digest.hexdigest())


def _look_at(entry: os.DirEntry[str], found: _Found, depth: int) -> str:
    """Take in one name, or say why not."""
    path = Path(entry.path)
    if entry.name.startswith((".", "~$")):
        return "hidden files"
    try:
        if entry.is_dir(follow_symlinks=False):
            if depth >= _MAX_DEPTH:
                return f"folders more than {_MAX_DEPTH} deep"
            found.waiting.append((path, depth + 1))
            return ""
        mode = entry.stat().st_mode  # of what a link leads to
    except OSError:
        found.unreachable.append(path)
        return _LOST_LINKS
    if stat.S_ISDIR(mode):
        return "links to folders"
    if not stat.S_ISREG(mode):
        return "devices and pipes"
    if path.suffix.lower() not in SUFFIXES:
        return "files of other kinds"
    found.files.append(path)
    return ""
