"""What kind of document a file is: its first bytes decide, and its name where they cannot."""

from __future__ import annotations

from pathlib import Path

from desktop_app.documents.document_error import DocumentError
from desktop_app.documents.document_preview import DocumentKind
from desktop_app.documents.locked_document import OLE_HEAD, LockedDocumentError, is_encrypted
from desktop_app.documents.source_file import SourceFile
from desktop_app.documents.zip_guard import UNPACK_ERRORS, open_zip

TEXT_SUFFIXES: dict[str, DocumentKind] = {
    ".csv": "csv",
    ".tsv": "csv",
    ".tab": "csv",
    ".psv": "csv",
    ".xls": "csv",  # tables of text that call themselves so are common
    ".txt": "txt",
    ".text": "txt",
    ".log": "txt",
    ".md": "markdown",
    ".markdown": "markdown",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "jsonl",
}
SUFFIXES = frozenset({*TEXT_SUFFIXES, ".xlsx", ".xlsm", ".xlsb", ".ods", ".docx", ".pdf"})
_ZIPPED: tuple[tuple[str, DocumentKind], ...] = (
    ("word/document.xml", "docx"),
    ("xl/workbook.bin", "xlsb"),
    ("xl/workbook.xml", "xlsx"),
)
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
_DIRECTORY_BYTES = 1 << 20  # of a compound file, searched for the names of its streams


def document_kind(path: Path) -> DocumentKind:
    """The kind of a file or folder.

    Raises:
        DocumentError: if it cannot be opened, or is of a kind that is not read.
        LockedDocumentError: if it is an encrypted office document.
    """
    if path.is_dir():
        return "folder"
    with SourceFile(path) as source:
        head = source.read_at(0, 1024)
        if b"%PDF-" in head:
            return "pdf"
        if head.startswith(b"PK\x03\x04"):
            return _kind_of_zip(source)
        if head.startswith(OLE_HEAD):
            ends = source.read_at(0, _DIRECTORY_BYTES)
            ends += source.read_at(max(0, source.size - _DIRECTORY_BYTES), _DIRECTORY_BYTES)
            if is_encrypted(ends):
                raise LockedDocumentError(path)
            return "xls"
    return TEXT_SUFFIXES.get(path.suffix.lower(), "txt")


def _kind_of_zip(source: SourceFile) -> DocumentKind:
    archive = open_zip(source.stream, source.path)
    names = set(archive.namelist())
    for member, kind in _ZIPPED:
        if member in names:
            return kind
    if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
        try:
            if archive.read("mimetype").startswith(_ODS):
                return "ods"
        except UNPACK_ERRORS:
            pass
    if any(name.lower().endswith("workbook.xml") for name in names):
        return "xlsx"
    raise DocumentError(
        f"{source.path} is a zip file, but no workbook and no Word document. Unpack it and choose "
        "a document, or the folder."
    )
