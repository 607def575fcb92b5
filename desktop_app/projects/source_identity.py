"""Which state of a source a project was made from, and whether the source is still that."""

from __future__ import annotations

import hashlib
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from desktop_app.documents.document_error import DocumentError
from desktop_app.documents.folder_listing import folder_state, list_folder

SourceState = Literal["same", "changed", "missing"]
_BLOCK = 1 << 20
_BLOCKS = 16  # read of a large file, spread evenly


@dataclass(frozen=True, kw_only=True)
class SourceIdentity:
    """Of a file, a folder, or a pasted text (all empty)."""

    size: int = 0  # bytes; of a folder: of its documents
    modified_ns: int = 0  # of a folder: of its latest document
    fingerprint: str = ""  # sha256, hexadecimal, of the content or of what was sampled of it


def source_identity(path: Path) -> SourceIdentity:
    """Look at a source. At most 16 MiB are read.

    Raises:
        OSError: if it cannot be read, or is neither a file nor a folder.
    """
    found = path.stat()
    if stat.S_ISDIR(found.st_mode):
        return _folder_identity(path)
    if not stat.S_ISREG(found.st_mode):
        raise OSError(f"{path} is neither a file nor a folder.")
    return SourceIdentity(
        size=found.st_size,
        modified_ns=found.st_mtime_ns,
        fingerprint=_sampled_hash(path, found.st_size),
    )


def source_state(path: Path, known: SourceIdentity) -> SourceState:
    """Compare a source with what it was.

    Size and time decide; where only the time differs, as after copying, the content does. What
    changes a large file without changing its size, its time or any sample is not seen.
    """
    try:
        found = path.stat()
        if stat.S_ISREG(found.st_mode):
            if found.st_size != known.size:
                return "changed"
            if found.st_mtime_ns == known.modified_ns:
                return "same"
        now = source_identity(path)
    except OSError:
        return "missing"
    return "same" if now.fingerprint == known.fingerprint else "changed"


def _sampled_hash(path: Path, size: int) -> str:
    digest = hashlib.sha256(str(size).encode("ascii"))
    with path.open("rb") as stream:
        if size <= _BLOCK * _BLOCKS:
            places = [(0, size)]
        else:
            step = (size - _BLOCK) // (_BLOCKS - 1)
            places = [(number * step, _BLOCK) for number in range(_BLOCKS - 1)]
            places.append((size - _BLOCK, _BLOCK))
        for start, length in places:
            stream.seek(start)
            digest.update(stream.read(length))
    return digest.hexdigest()


def _folder_identity(folder: Path) -> SourceIdentity:
    """Names, sizes and times of the documents that would be read; their content is not read.

    Whatever else lies in the folder does not count: a project that is saved there grows while
    the folder is read into it.
    """
    try:
        state = folder_state(folder, list_folder(folder))
    except DocumentError as error:
        raise OSError(str(error)) from error
    return SourceIdentity(
        size=state.size, modified_ns=state.modified_ns, fingerprint=state.fingerprint
    )
