"""A document that wants a password becomes a table of one row that says so."""

from __future__ import annotations

from pathlib import Path

from desktop_app.documents.document_preview import DocumentKind
from desktop_app.documents.opened_table import OpenedTable
from desktop_app.documents.table_row import TableRow

_ENCRYPTED = ("EncryptedPackage".encode("utf-16-le"), "EncryptionInfo".encode("utf-16-le"))
OLE_HEAD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # of XLS, and of anything Office that is encrypted


class LockedDocumentError(Exception):
    """Raised by a reader that met a password."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} wants a password.")


def is_encrypted(content: bytes) -> bool:
    """Whether a compound file holds an encrypted office document."""
    return content.startswith(OLE_HEAD) and any(name in content for name in _ENCRYPTED)


def locked_table(kind: DocumentKind, path: Path) -> OpenedTable:
    """A table whose one row is locked."""
    note = "the document wants a password; save it without one"
    status = path.stat()
    return OpenedTable(
        kind=kind,
        columns=("text",),
        rows=iter([TableRow(("",), "locked", note)]),
        warnings=(note,),
        size=status.st_size,
        modified_ns=status.st_mtime_ns,
    )
