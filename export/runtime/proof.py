"""A bundle that nobody knows is tried in a process of its own before this one runs it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import wait
from pathlib import Path

from export.runtime.backend import BACKEND
from export.runtime.bundle import Bundle
from export.runtime.catalogue import find_bundle, is_shipped, open_bundle
from export.runtime.child_process import COMMAND
from export.runtime.errors import BundleError, WorkerLostError
from export.runtime.processors import processor_name
from export.runtime.proven_files import ProvenFiles, proven_files_path
from export.runtime.stop_request import raise_if_requested

_LOOK_SECONDS = 0.2  # between two looks whether Ctrl-C came
_SLOWEST_BYTES_PER_SECOND = 10_000_000  # the longest silence grows with the file
_MEMORY_PER_BYTE = 4  # of the file, beyond what any bundle may have


def prove(name_or_path: str | os.PathLike[str], *, command: Sequence[str] = COMMAND) -> Bundle:
    """Read a bundle that this process may run: `Engine(prove(path))`.

    Hashes say that a file is whole, not that it is harmless: whoever forges one can seal it too,
    and native code may die of it. So it is opened first in a process of its own, which runs its
    golden examples. Shipped bundles are trusted. A file that passed is remembered in the user's
    cache folder, by its sha256, the runtime and the processor, and not tried there again.

    Args:
        name_or_path: a path, or the name of a shipped bundle.
        command: what starts the process, as for `Worker`.

    Raises:
        BundleError: if it cannot be found, read or trusted, if the process that tries it dies or
            falls silent, or if the golden examples do not hold.
        WorkerError: if no process could try it.
    """
    path = find_bundle(name_or_path)
    bundle = open_bundle(path)
    if is_shipped(path):
        return bundle
    proven = ProvenFiles(proven_files_path(), f"{BACKEND.label} on {processor_name()}")
    if bundle.sha256 not in proven:
        _try(path, bundle, command)
        proven.add(bundle.sha256)
    return bundle


def _try(path: Path, bundle: Bundle, command: Sequence[str]) -> None:
    from export.runtime.worker import MEMORY_LIMIT_BYTES, WATCHDOG_SECONDS, Worker

    worker = Worker(
        path,
        prove=True,
        memory_limit_bytes=MEMORY_LIMIT_BYTES + _MEMORY_PER_BYTE * bundle.size,
        watchdog_seconds=WATCHDOG_SECONDS + bundle.size / _SLOWEST_BYTES_PER_SECOND,
        num_threads=1,
        command=command,
    )
    with worker:
        while not wait([worker.ready], timeout=_LOOK_SECONDS).done:
            raise_if_requested()
        try:
            worker.ready.result()
        except WorkerLostError as error:
            raise BundleError(
                f"{path} ends or stalls the process that tries it, so it is not opened here. It is "
                f"damaged or forged; get it again. {error}"
            ) from error
        if worker.proven_sha256 != bundle.sha256:
            raise BundleError(f"{path} was changed while it was tried; run the command again.")
