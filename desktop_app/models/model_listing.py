"""The lines of all bundles; a file over which the reading process is lost becomes one too."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from desktop_app.models.model_entry import ModelEntry, Origin
from desktop_app.models.model_error import ModelJobLostError
from desktop_app.models.model_job import ModelJob
from desktop_app.models.model_store import ModelStore

MakeJob = Callable[[dict[str, Any]], ModelJob]


def files_to_list(store: ModelStore) -> list[tuple[Path, Origin]]:
    """The files, the shipped ones first."""
    return [
        *((path, "shipped") for path in store.shipped()),
        *((path, "added") for path in store.added()),
    ]


def list_models(store: ModelStore, make_job: MakeJob = ModelJob) -> tuple[ModelEntry, ...]:
    """Read all files in a process of their own.

    Args:
        store: says which.
        make_job: of a request.

    Raises:
        ModelError: if not even that is possible.
        ModelJobCancelledError: if somebody cancelled the job.
    """
    files = files_to_list(store)
    entries: list[ModelEntry] = []

    def heard(header: dict[str, Any]) -> None:
        if header["event"] == "entry":
            entries.append(ModelEntry.from_dict(header["entry"]))

    while len(entries) < len(files):
        left = files[len(entries) :]
        request = {"kind": "list", "files": [[str(path), origin] for path, origin in left]}
        try:
            make_job(request).run(heard)
        except ModelJobLostError as loss:
            path, origin = files[len(entries)]
            fault = f"The process that read the file was lost ({loss})."
            entries.append(ModelEntry(path=path, origin=origin, fault=fault))
    return tuple(entries)
