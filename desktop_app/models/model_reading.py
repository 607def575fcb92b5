"""Read one bundle in full and say what it is, or what is wrong with it."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable
from pathlib import Path

from desktop_app.models.file_name import stored_file_name
from desktop_app.models.model_entry import ModelEntry, Origin
from desktop_app.models.model_error import ModelError
from export.runtime.bundle import MAX_BUNDLE_BYTES, Bundle, read_bundle
from export.runtime.bundle_description import describe_bundle
from export.runtime.errors import BundleError

_CHUNK = 8 << 20  # bytes read between two signs of life


def model_entry(path: Path, origin: Origin) -> ModelEntry:
    """The line of one file; every fault becomes words. The network is not run.

    Args:
        path: of the bundle.
        origin: an added one must still have the name that it was given by its content.
    """
    try:
        bundle = read_bundle(path)
    except BundleError as error:
        return ModelEntry(path=path, origin=origin, fault=str(error))
    except OSError as error:
        fault = f"The file cannot be read: {error.strerror or error}."
        return ModelEntry(path=path, origin=origin, fault=fault)
    if origin == "added" and path.name != stored_file_name(bundle.metadata.name, bundle.sha256):
        fault = (
            f"This is not the file that was added: its sha256 is {bundle.sha256[:12]}… now. "
            "Remove it and add the model again."
        )
        return ModelEntry(path=path, origin=origin, fault=fault)
    return entry_of(bundle, path, origin)


def entry_of(bundle: Bundle, path: Path, origin: Origin) -> ModelEntry:
    """The line of a bundle that has been read."""
    return ModelEntry(path=path, origin=origin, description=describe_bundle(bundle))


def read_whole(path: Path, *, read: Callable[[float], None]) -> tuple[bytes, str]:
    """The content of a file that a person chose, and its sha256.

    Args:
        path: of anything.
        read: told the share that has been read, from 0 to 1.

    Raises:
        ModelError: if it is no file, too large, or changes while it is read.
        OSError: if it cannot be read.
    """
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        raise ModelError(f"{path} is not a file. Choose a .tflite file.")
    if status.st_size > MAX_BUNDLE_BYTES:
        raise ModelError(
            f"The file has {status.st_size:,} bytes; a model has at most {MAX_BUNDLE_BYTES:,}."
        )
    content, digest = bytearray(), hashlib.sha256()
    with path.open("rb") as stream:
        while len(content) <= status.st_size and (part := stream.read(_CHUNK)):
            content += part
            digest.update(part)
            read(min(1.0, len(content) / max(1, status.st_size)))
        after = os.fstat(stream.fileno())
    if len(content) != status.st_size or after.st_mtime_ns != status.st_mtime_ns:
        raise ModelError("The file changed while it was read. Wait until it is complete.")
    return bytes(content), digest.hexdigest()
