"""The first rows of a document and how it is being read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal, Self

from desktop_app.documents.table_row import TableRow

DocumentKind = Literal[
    "csv",
    "xlsx",
    "xls",
    "ods",
    "xlsb",
    "jsonl",
    "json",
    "txt",
    "markdown",
    "docx",
    "pdf",
    "folder",
]
PREVIEW_ROWS = 100


@dataclass(frozen=True, kw_only=True)
class DocumentPreview:
    """What is shown before a document is taken in."""

    kind: DocumentKind
    columns: tuple[str, ...]  # unique names, in the source's order
    rows: tuple[TableRow, ...]  # the first `PREVIEW_ROWS`
    encoding: str | None  # a Python codec; None where the format has its own
    delimiter: str | None  # "": lines of one cell; None where the format has none
    header: bool  # the first row gave the names
    sheets: tuple[str, ...]  # of a workbook
    sheet: str | None  # the one shown
    text_column: str | None  # the column of longest natural text
    warnings: tuple[str, ...]
    size: int  # bytes; of a folder: of the files that are read
    modified_ns: int
    fingerprint: str = ""  # of a folder, as `folder_state` has it
    unread: int = 0  # documents of a folder whose columns could not be looked at

    def to_dict(self) -> dict[str, Any]:
        """For JSON; lone surrogates are possible in texts."""
        rows = [[list(row.cells), row.status, row.note] for row in self.rows]
        return {**asdict(self), "rows": rows}

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Self:
        """What `to_dict` gave."""
        rows = tuple(TableRow(tuple(cells), *rest) for cells, *rest in values["rows"])
        lists = {name: tuple(values[name]) for name in ("columns", "sheets", "warnings")}
        return cls(**{**values, **lists, "rows": rows})
