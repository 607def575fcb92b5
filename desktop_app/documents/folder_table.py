"""All documents of a folder as one table: their columns together, and a first column "file"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from desktop_app.documents.column_names import column_names
from desktop_app.documents.document_error import DocumentError
from desktop_app.documents.folder_listing import FolderListing, folder_state, list_folder
from desktop_app.documents.open_file import open_file
from desktop_app.documents.opened_table import OpenedTable, Reading
from desktop_app.documents.table_row import TableRow

MAX_HEADS = 2_000  # documents whose columns are looked at: 1 to 50 ms each
_PREVIEW_FILES = 20  # whose rows a preview shows
_FILE = "file"


def open_folder(reading: Reading) -> OpenedTable:
    """Open all documents of a folder; each is a part, and one that fails gives a row that says so.

    The columns are those of all documents, for a preview too, unless the wish names them.

    Raises:
        DocumentError: if the folder cannot be listed or holds no document.
    """
    listing = list_folder(reading.path)
    if not listing.files:
        reasons = "; ".join(f"{count:,} {reason}" for reason, count in listing.skipped.items())
        raise DocumentError(
            f"{reading.path} holds no document that can be read ({reasons or 'it is empty'})."
        )
    columns = reading.columns or reading.options.columns
    unread = 0
    if columns is None:
        names, unread = _all_columns(listing.files[:MAX_HEADS], reading)
        columns = column_names((_FILE, *names), len(names) + 1)
    files = listing.files[:_PREVIEW_FILES] if reading.head_only else listing.files
    state = folder_state(reading.path, listing)
    return OpenedTable(
        kind="folder",
        columns=columns,
        rows=_rows(files, columns, reading),
        warnings=_warnings(listing, shown=len(files), unread=unread),
        size=state.size,
        modified_ns=state.modified_ns,
        fingerprint=state.fingerprint,
        unread=unread,
    )


def _warnings(listing: FolderListing, *, shown: int, unread: int) -> tuple[str, ...]:
    count = len(listing.files)
    warnings = [f"Left out: {number:,} {reason}." for reason, number in listing.skipped.items()]
    if shown < count:
        warnings.append(f"Shown from {shown:,} of {count:,} documents.")
    if count > MAX_HEADS:
        warnings.append(
            f"The columns are those of the first {MAX_HEADS:,} of {count:,} "
            "documents; what later ones have besides is left out and noted in its row."
        )
    if unread:
        warnings.append(f"{unread:,} documents cannot be read; each is a row that says why.")
    return tuple(warnings)


def _all_columns(files: tuple[Path, ...], reading: Reading) -> tuple[list[str], int]:
    """Names, and how many documents could not tell theirs."""
    names: dict[str, None] = {}
    unread = 0
    for part, path in enumerate(files):
        if part in reading.lost:
            unread += 1
            continue
        reading.pulse(part)
        try:
            table = open_file(_of_file(path, reading, head_only=True))
        except DocumentError:
            unread += 1
            continue
        table.close()
        names.update(dict.fromkeys(table.columns))
    return list(names)[: reading.options.max_columns] or ["text"], unread


def _rows(
    files: tuple[Path, ...], columns: tuple[str, ...], reading: Reading
) -> Iterator[TableRow]:
    place = _places(columns)
    width = len(columns) - 1  # without that of the files
    for part in range(reading.first_part, len(files)):
        path = files[part]
        shown = path.relative_to(reading.path).as_posix()
        failure = reading.lost.get(part, "")
        if not failure:
            reading.pulse(part)
            try:
                table = open_file(_of_file(path, reading))
                try:
                    if part < MAX_HEADS and width < reading.options.max_columns:
                        _check_columns(path, table, place)
                    yield from _placed(shown, table, place, width)
                finally:
                    table.close()
            except DocumentError as error:
                failure = str(error)
        if failure:
            yield TableRow((shown, *[""] * width), "unreadable", failure)


def _places(columns: tuple[str, ...]) -> dict[str, int]:
    """Where a document's columns go, by name; its own "file" has a number in the table."""
    place = {name: number for number, name in enumerate(columns[1:])}
    numbered = [name for name in place if re.fullmatch(rf"{_FILE} \(\d+\)", name)]
    if numbered:
        place.setdefault(_FILE, place[numbered[0]])
    return place


def _check_columns(path: Path, table: OpenedTable, place: dict[str, int]) -> None:
    """Refuse a document that could not be looked at, or was another one, a moment ago."""
    unknown = [name for name in table.columns if name not in place]
    if unknown:
        raise DocumentError(
            f"{path} could not be read, or had other columns, when the folder was looked at "
            f"({', '.join(unknown):.200}). Read the folder again.",
            reason="changed",
        )


def _placed(
    shown: str, table: OpenedTable, place: dict[str, int], width: int
) -> Iterator[TableRow]:
    targets = [place.get(name) for name in table.columns]
    unknown = [name for name in table.columns if name not in place]
    left_out = f"left out, since the table has no such column: {', '.join(unknown):.200}"
    for row in table.rows:
        cells = [""] * width
        lost = False
        for target, cell in zip(targets, row.cells, strict=True):
            if target is not None:
                cells[target] = cell
            else:
                lost = lost or bool(cell)
        if lost and row.status == "ok":
            yield TableRow((shown, *cells), "ragged", left_out)
        else:
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
