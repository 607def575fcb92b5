"""All documents of a folder as one table: their columns together, and a first column "file"."""

from __future__ import annotations

import os
import stat
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from desktop_app.documents.column_names import column_names
from desktop_app.documents.document_error import DocumentError
from desktop_app.documents.document_kind import SUFFIXES
from desktop_app.documents.open_file import open_file
from desktop_app.documents.opened_table import OpenedTable, Reading
from desktop_app.documents.table_row import TableRow

MAX_FILES = 10_000  # documents of one folder
MAX_LOOKED_AT = 200_000  # names in it and below it
_MAX_DEPTH = 32
_PREVIEW_FILES = 20  # whose columns a preview shows
_FILE = "file"


@dataclass(frozen=True, kw_only=True)
class FolderListing:
    """The documents of a folder and why others were passed over."""

    files: tuple[Path, ...]  # sorted
    skipped: dict[str, int]  # reason -> count


def list_folder(folder: Path) -> FolderListing:
    """The documents in a folder and below it; links to folders are not followed.

    Raises:
        DocumentError: if the folder cannot be read.
    """
    files: list[Path] = []
    skipped: Counter[str] = Counter()
    waiting = [(folder, 0)]
    looked_at = 0
    while waiting:
        here, depth = waiting.pop()
        try:
            with os.scandir(here) as entries:
                for entry in entries:
                    looked_at += 1
                    if looked_at > MAX_LOOKED_AT:
                        skipped[f"beyond the first {MAX_LOOKED_AT:,} names"] += 1
                        waiting = []
                        break
                    reason = _look_at(entry, files, waiting, depth)
                    skipped.update([reason] if reason else [])
        except OSError as error:
            if here == folder:
                words = error.strerror
                raise DocumentError(
                    f"{folder} cannot be listed ({words}).", reason="missing"
                ) from error
            skipped["folders that cannot be listed"] += 1
    files.sort()
    if len(files) > MAX_FILES:
        skipped[f"beyond the first {MAX_FILES:,} documents"] += len(files) - MAX_FILES
    return FolderListing(files=tuple(files[:MAX_FILES]), skipped=dict(skipped))


def _look_at(
    entry: os.DirEntry[str], files: list[Path], waiting: list[tuple[Path, int]], depth: int
) -> str:
    """Take in one name, or say why not."""
    path = Path(entry.path)
    try:
        if entry.name.startswith((".", "~$")):
            return "hidden files"
        if entry.is_dir(follow_symlinks=False):
            if depth >= _MAX_DEPTH:
                return f"folders more than {_MAX_DEPTH} deep"
            waiting.append((path, depth + 1))
            return ""
        mode = entry.stat().st_mode  # of what a link leads to
    except OSError:
        return "links that lead nowhere or files that cannot be read"
    if stat.S_ISDIR(mode):
        return "links to folders"
    if not stat.S_ISREG(mode):
        return "devices and pipes"
    if path.suffix.lower() not in SUFFIXES:
        return "files of other kinds"
    files.append(path)
    return ""


def open_folder(reading: Reading) -> OpenedTable:
    """Open all documents of a folder; each is a part, and one that fails gives a row that says so.

    Raises:
        DocumentError: if the folder cannot be listed or holds no document.
    """
    listing = list_folder(reading.path)
    if not listing.files:
        reasons = "; ".join(f"{count:,} {reason}" for reason, count in listing.skipped.items())
        raise DocumentError(
            f"{reading.path} holds no document that can be read ({reasons or 'it is empty'})."
        )
    files = listing.files[:_PREVIEW_FILES] if reading.head_only else listing.files
    names = list(reading.columns[1:]) if reading.columns else _all_columns(files, reading)
    columns = reading.columns or column_names((_FILE, *names), len(names) + 1)
    warnings = [f"Left out: {count:,} {reason}." for reason, count in listing.skipped.items()]
    if len(files) < len(listing.files):
        warnings.append(f"Shown from {len(files):,} of {len(listing.files):,} documents.")
    sizes = [path.stat() for path in listing.files if path.exists()]
    return OpenedTable(
        kind="folder",
        columns=columns,
        rows=_rows(files, names, reading),
        warnings=tuple(warnings),
        size=sum(status.st_size for status in sizes),
        modified_ns=max((status.st_mtime_ns for status in sizes), default=0),
    )


def _all_columns(files: tuple[Path, ...], reading: Reading) -> list[str]:
    names: dict[str, None] = {}
    for part, path in enumerate(files):
        if part in reading.lost:
            continue
        reading.pulse(part)
        try:
            table = open_file(_of_file(path, reading, head_only=True))
        except DocumentError:
            continue
        table.close()
        names.update(dict.fromkeys(table.columns))
    return list(names)[: reading.options.max_columns] or ["text"]


def _rows(files: tuple[Path, ...], names: list[str], reading: Reading) -> Iterator[TableRow]:
    place = {name: number for number, name in enumerate(names)}
    for part in range(reading.first_part, len(files)):
        path = files[part]
        shown = path.relative_to(reading.path).as_posix()
        failure = reading.lost.get(part, "")
        if not failure:
            reading.pulse(part)
            try:
                table = open_file(_of_file(path, reading))
                try:
                    yield from _placed(shown, table, place)
                finally:
                    table.close()
            except DocumentError as error:
                failure = str(error)
        if failure:
            yield TableRow((shown, *[""] * len(names)), "unreadable", failure)


def _placed(shown: str, table: OpenedTable, place: dict[str, int]) -> Iterator[TableRow]:
    targets = [place.get(name) for name in table.columns]
    width = len(place)
    for row in table.rows:
        cells = [""] * width
        for target, cell in zip(targets, row.cells, strict=True):
            if target is not None:
                cells[target] = cell
        yield TableRow((shown, *cells), row.status, row.note)


def _of_file(path: Path, reading: Reading, *, head_only: bool | None = None) -> Reading:
    """A wish for one file; its pages are no parts of the folder."""
    return replace(
        reading,
        path=path,
        head_only=reading.head_only if head_only is None else head_only,
        first_part=0,
        lost={},
        pulse=lambda _part: reading.pulse(None),
    )
