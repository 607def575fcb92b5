"""The list of bundles as the window sees it: signals on its thread, all work in processes."""

from __future__ import annotations

import contextlib
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from PySide6.QtCore import QObject, Qt, Signal

from desktop_app.models.expected_hash import expected_hash
from desktop_app.models.measurements import Measurements
from desktop_app.models.model_entry import ModelEntry
from desktop_app.models.model_error import ModelError, ModelJobCancelledError, ModelJobLostError
from desktop_app.models.model_job import ModelJob
from desktop_app.models.model_listing import MakeJob, list_models
from desktop_app.models.model_store import ModelStore

SPEED_SECONDS = 20.0  # as `bert-edge bench` takes
WorkKind = Literal["add", "selftest", "speed"]


@dataclass(frozen=True, kw_only=True)
class ModelWork:
    """What is being done; one thing at a time, so that nothing disturbs a measurement."""

    kind: WorkKind
    subject: str  # path of the file to add, or the bundle that is measured
    since: float  # of `time.monotonic`
    seconds: float | None = None  # about how long it takes; None: it tells its share itself


class ModelsSession(QObject):
    """Lists, adds, removes and measures bundles. Nothing here waits for a process."""

    listed = Signal()  # `entries` are others now
    work_changed = Signal()  # `work` is another one, or none
    progressed = Signal(float)  # share of the work that is done, from 0 to 1
    added = Signal(object, bool)  # ModelEntry, False: the same file was there before
    removed = Signal(str)  # bundle
    measured = Signal(object)  # ModelEntry of which there is a new measurement
    failed = Signal(str)  # a plain sentence; everything is as it was
    cancelled = Signal()

    _listing_ended = Signal(object, str)  # entries or None, why there are none
    _heard = Signal(float)
    _work_ended = Signal(object, object, str)  # job, result or None, why there is none

    def __init__(
        self,
        store: ModelStore,
        measurements: Measurements,
        *,
        make_job: MakeJob = ModelJob,
        speed_seconds: float = SPEED_SECONDS,
        parent: QObject | None = None,
    ) -> None:
        """Nothing is read yet; `refresh` reads.

        Args:
            store: of the added bundles.
            measurements: what is known of this machine.
            make_job: of a request.
            speed_seconds: about how long the speed is measured.
            parent: the Qt parent.
        """
        super().__init__(parent)
        self._store, self._measurements, self._make_job = store, measurements, make_job
        self._speed_seconds = speed_seconds
        self.entries: tuple[ModelEntry, ...] = ()
        self.work: ModelWork | None = None
        self._job: ModelJob | None = None
        self._entry: ModelEntry | None = None  # that is measured
        self._lists = ThreadPoolExecutor(1, thread_name_prefix="list models")
        self._works = ThreadPoolExecutor(1, thread_name_prefix="work on models")
        self._listing: ModelJob | None = None
        self._changed = False  # files came or went since the last listing was asked for
        self._closed = False
        queued = Qt.ConnectionType.QueuedConnection
        self._listing_ended.connect(self._take_list, queued)
        self._heard.connect(self.progressed, queued)
        self._work_ended.connect(self._take_result, queued)

    def refresh(self) -> None:
        """Read all files anew; `listed` or `failed` follows."""
        self._changed = False
        self._lists.submit(self._list)

    def add(self, path: Path, expected: str = "") -> None:
        """Check a file and take it in; `added`, `cancelled` or `failed` follows.

        Args:
            path: of the file.
            expected: its sha256 as a person pasted it; "": not known.
        """
        try:
            wanted = expected_hash(expected)
        except ModelError as error:
            self.failed.emit(str(error))
            return
        request = {
            "kind": "add",
            "path": str(path.absolute()),
            "store": str(self._store.folder),
            "expected": wanted,
        }
        self._begin(ModelWork(kind="add", subject=str(path), since=time.monotonic()), request)

    def run_selftest(self, entry: ModelEntry) -> None:
        """Run the golden examples of a bundle here; `measured` follows, or as for `add`."""
        work = ModelWork(kind="selftest", subject=entry.bundle, since=time.monotonic())
        self._begin(work, {"kind": "selftest", "bundle": entry.bundle}, entry)

    def measure_speed(self, entry: ModelEntry) -> None:
        """Measure a bundle as `bert-edge bench` does; `measured` follows, or as for `add`."""
        seconds = self._speed_seconds
        work = ModelWork(
            kind="speed", subject=entry.bundle, since=time.monotonic(), seconds=seconds
        )
        request = {"kind": "speed", "bundle": entry.bundle, "seconds": seconds}
        self._begin(work, request, entry)

    def cancel(self) -> None:
        """End what is being done; `cancelled` follows."""
        if self._job is not None:
            self._job.cancel()

    def remove(self, entry: ModelEntry) -> None:
        """Delete an added file; `removed` or `failed` follows."""
        try:
            self._store.remove(entry.path)
        except (ValueError, OSError) as error:
            self.failed.emit(str(error))
            return
        self._changed = True
        self.entries = tuple(each for each in self.entries if each.path != entry.path)
        self.listed.emit()
        self.removed.emit(entry.bundle)

    def report(self, entry: ModelEntry, kind: Literal["selftest", "speed"]) -> dict[str, Any]:
        """What was measured of a bundle on this processor; empty if nothing was."""
        return self._measurements.get(entry.sha256, kind) or {}

    def close(self) -> None:
        """End everything and wait for it."""
        self._closed = True
        self.cancel()
        with contextlib.suppress(AttributeError):  # it may end between the two
            self._listing.cancel()  # type: ignore[union-attr]
        for pool in (self._lists, self._works):
            pool.shutdown(wait=True, cancel_futures=True)

    # On threads of their own

    def _list(self) -> None:
        def make_job(request: dict[str, Any]) -> ModelJob:
            self._listing = self._make_job(request)
            if self._closed:
                self._listing.cancel()
            return self._listing

        try:
            entries = list_models(self._store, make_job)
        except ModelJobCancelledError:
            return
        except (ModelError, TypeError, KeyError) as error:
            self._listing_ended.emit(None, str(error))
        else:
            self._listing_ended.emit(entries, "")
        finally:
            self._listing = None

    def _run(self, job: ModelJob) -> None:
        try:
            result = job.run(lambda header: self._heard.emit(float(header.get("share", 0.0))))
        except ModelJobCancelledError:
            self._work_ended.emit(job, None, "")
        except ModelJobLostError as loss:
            reason = f"The process that read the file was lost ({loss})."
            self._work_ended.emit(job, None, reason)
        except (ModelError, TypeError, KeyError) as error:
            self._work_ended.emit(job, None, str(error) or repr(error))
        else:
            self._work_ended.emit(job, result, "")

    # On the window's thread

    def _begin(
        self, work: ModelWork, request: dict[str, Any], entry: ModelEntry | None = None
    ) -> None:
        if self.work is not None or self._closed:
            return
        self.work, self._entry, self._job = work, entry, self._make_job(request)
        self.work_changed.emit()
        self._works.submit(self._run, self._job)

    def _take_list(self, entries: tuple[ModelEntry, ...] | None, reason: str) -> None:
        if self._changed and entries is not None:  # it may have been read before that
            self.refresh()
            return
        if entries is None:
            self.failed.emit(reason)
            return
        self.entries = entries
        self.listed.emit()

    def _take_result(self, job: ModelJob, result: dict[str, Any] | None, reason: str) -> None:
        work, entry = self.work, self._entry
        if job is not self._job or work is None:
            return
        self.work = self._job = self._entry = None
        if work.kind == "add":
            self._store.sweep()
        self.work_changed.emit()
        if result is None:
            (self.failed.emit(reason) if reason else self.cancelled.emit())
        elif work.kind == "add":
            self._take_added(ModelEntry.from_dict(result["entry"]), bool(result["fresh"]))
        elif entry is not None:
            self._measurements.store(str(result["sha256"]), work.kind, result)
            self.measured.emit(entry)

    def _take_added(self, entry: ModelEntry, fresh: bool) -> None:
        self._changed = True
        others = [each for each in self.entries if each.path != entry.path]
        shipped = [each for each in others if each.origin == "shipped"]
        added = [each for each in others if each.origin == "added"]
        if entry.origin == "added":
            added.append(entry)
        else:
            shipped = sorted([*shipped, entry], key=lambda each: each.path)
        self.entries = (*shipped, *sorted(added, key=lambda each: (each.task, each.path)))
        self.listed.emit()
        self.added.emit(entry, fresh)
