"""What is asked of a reader, and what it answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from desktop_app.documents.document_preview import DocumentKind
from desktop_app.documents.read_options import ReadOptions
from desktop_app.documents.table_row import TableRow


def _nobody(part: int | None = None) -> None:
    """Nobody watches."""


def _nothing() -> None:
    """Nothing to close."""


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A wish to read a document.

    Some documents have parts, a page or a file of a folder: reading can begin at any of them, and
    parts over which a process was lost are passed over, each with a row that says so.
    """

    path: Path
    options: ReadOptions = field(default_factory=ReadOptions)
    head_only: bool = False  # only the first rows are wanted: read a bounded number of bytes
    expendable: bool = False  # this process may die of a damaged file
    first_part: int = 0  # parts before it were read already
    columns: tuple[str, ...] | None = None  # of a folder, where an earlier process told them
    lost: Mapping[int, str] = field(default_factory=dict)  # part -> why it was lost
    pulse: Callable[[int | None], None] = _nobody  # sign of life; a number: that part begins


@dataclass(frozen=True, kw_only=True)
class OpenedTable:
    """A document on its way in."""

    kind: DocumentKind
    columns: tuple[str, ...]
    rows: Iterator[TableRow]
    encoding: str | None = None
    delimiter: str | None = None
    header: bool = False
    sheets: tuple[str, ...] = ()
    sheet: str | None = None
    warnings: tuple[str, ...] = ()
    size: int = 0  # bytes
    modified_ns: int = 0
    fingerprint: str = ""  # of a folder: what tells its documents from others
    unread: int = 0  # documents of a folder whose columns could not be looked at
    close: Callable[[], None] = _nothing
