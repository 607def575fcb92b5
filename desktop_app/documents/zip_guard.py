"""Office files are zips of XML from strangers: bombs are refused before anything is unpacked."""

from __future__ import annotations

import lzma
import zipfile
import zlib
from pathlib import Path
from typing import IO
from xml.parsers import expat

from desktop_app.documents.document_error import DocumentError

MAX_UNPACKED_BYTES = 512 << 20
_SMALL_BYTES = 16 << 20  # below it any ratio is harmless: a reader holds it about three times
_MAX_RATIO = 100  # XML of real documents packs 5 to 30 times
_MAX_MEMBERS = 20_000
_PROLOG_BYTES = 1 << 16
UNPACK_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    OSError,
    EOFError,
    RuntimeError,  # encrypted, NotImplementedError: unknown packing
    ValueError,
)


def open_zip(stream: IO[bytes], path: Path) -> zipfile.ZipFile:
    """Open a zip whose members together are of bearable size.

    A member never gives more than its declared size, so that the sum of those bounds all that
    will be unpacked.

    Raises:
        DocumentError: if it is no zip or a bomb.
    """
    try:
        archive = zipfile.ZipFile(stream)
        members = archive.infolist()
    except UNPACK_ERRORS as error:
        raise DocumentError(
            f"{path} is damaged: it is no complete zip file ({error}). Get it again."
        ) from error
    unpacked = sum(member.file_size for member in members)
    packed = max(1, stream.seek(0, 2))
    if (
        unpacked > MAX_UNPACKED_BYTES
        or (unpacked > _SMALL_BYTES and unpacked > _MAX_RATIO * packed)
        or len(members) > _MAX_MEMBERS
    ):
        raise DocumentError(
            f"{path} unpacks from {packed:,} to {unpacked:,} bytes in {len(members):,} parts; at "
            f"most {MAX_UNPACKED_BYTES:,} bytes and {_MAX_RATIO} times its size are read. If it is "
            "yours, save the sheet as CSV.",
            reason="too large",
        )
    return archive


def refuse_dtd(archive: zipfile.ZipFile, path: Path) -> None:
    """Look into the beginning of every XML part: one that declares entities is refused.

    Raises:
        DocumentError: for a document type declaration or damaged XML at the beginning of a part.
    """
    for member in archive.infolist():
        if member.filename.lower().endswith((".xml", ".rels", ".vml")):
            _check_prolog(archive, member, path)


def _check_prolog(archive: zipfile.ZipFile, member: zipfile.ZipInfo, path: Path) -> None:
    parser = expat.ParserCreate()
    seen: list[str] = []
    parser.StartDoctypeDeclHandler = lambda *_: seen.append("doctype")
    parser.StartElementHandler = lambda *_: seen.append("element")
    try:
        with archive.open(member) as part:
            while not seen and (data := part.read(_PROLOG_BYTES)):
                parser.Parse(data, False)
    except (expat.ExpatError, *UNPACK_ERRORS) as error:
        if not seen:
            raise damaged_part(path, member.filename, error) from error
    if "doctype" in seen:
        raise DocumentError(
            f"{path} declares entities in its part {member.filename}; no office program writes "
            "that. It is not opened.",
        )


def damaged_part(path: Path, name: str, error: BaseException) -> DocumentError:
    """For a part of a zip that cannot be unpacked or parsed."""
    return DocumentError(f"{path} is damaged in its part {name} ({error}). Get it again.")
