"""Take a file into the store: checked in full first, then copied in one step."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from desktop_app.models.model_entry import ModelEntry
from desktop_app.models.model_error import ModelError
from desktop_app.models.model_reading import entry_of, read_whole
from desktop_app.models.model_store import ModelStore
from export.runtime.atomic_output import atomic_output
from export.runtime.bundle import Bundle, read_bundle
from export.runtime.engine import Engine
from export.runtime.selftest import selftest

_READING, _CHECKING = 0.6, 0.9  # share of the whole that is done after each


def add_model(
    path: Path, store: ModelStore, *, expected: str, progress: Callable[[float], None]
) -> tuple[ModelEntry, bool]:
    """Check a file and copy it. The bytes that are checked are those that are written.

    Args:
        path: the file to add.
        store: where it goes.
        expected: its sha256, in lower case; "": not known.
        progress: told the share that is done, from 0 to 1.

    Returns:
        Its entry, and whether it is new: False if the same file was there already.

    Raises:
        ModelError: if it is another file than expected, or its golden examples do not hold here.
        BundleError: if it is no bundle that can be trusted.
        OSError: if it cannot be read, or not be written.
    """
    content, sha256 = read_whole(path, read=lambda share: progress(_READING * share))
    if expected and sha256 != expected:
        raise ModelError(
            f"This file is another one: its sha256 is {sha256}, expected {expected}. "
            "Get it again; nothing was added."
        )
    bundle = read_bundle(content)
    for shipped in store.shipped():
        if _holds(shipped, content):
            return entry_of(bundle, shipped, "shipped"), False
    _prove(bundle)
    progress(_CHECKING)
    metadata = bundle.metadata
    place = store.place_for(task=metadata.task, name=metadata.name, sha256=sha256)
    fresh = not _holds(place, content)
    if fresh:
        place.parent.mkdir(parents=True, exist_ok=True)
        with atomic_output(place) as stream:
            stream.write(content)
    progress(1.0)
    return entry_of(bundle, place, "added"), fresh


def _holds(path: Path, content: bytes) -> bool:
    """Whether a file is there with this content; a damaged one of the same name is replaced."""
    try:
        if path.stat().st_size != len(content):
            return False
        return path.read_bytes() == content
    except OSError:
        return False


def _prove(bundle: Bundle) -> None:
    """Run the golden examples.

    Raises:
        ModelError: if they do not hold here.
        BundleError: if the network cannot be run.
    """
    with Engine(bundle, num_threads=1, num_workers=1) as engine:
        try:
            report = selftest(engine)
        except ArithmeticError as error:
            raise ModelError(f"{error} Export the bundle again.") from error
    if not report.passed:
        raise ModelError(
            f"It does not give the answers it was sealed with: {report} The file is damaged or "
            "forged, or this processor computes otherwise; get it again, or export it here."
        )
