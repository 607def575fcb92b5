"""Resumable training states on disk, each written whole or not at all."""

from __future__ import annotations

import json
import logging
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from bert_tf.atomic_file import sync_folder
from bert_tf.training.array_file import Arrays, DamagedArraysError, read_arrays, write_arrays

ARRAYS, MANIFEST, MANIFEST_HASH = "state.bin", "manifest.json", "manifest.sha256"
FORMAT = 2  # of the folder

_log = logging.getLogger(__name__)


class CheckpointError(RuntimeError):
    """No usable checkpoint, or one that could not be written."""


@dataclass(frozen=True, kw_only=True)
class Checkpoint:
    """All that a run needs to go on as if it had never stopped."""

    step: int  # optimizer steps done
    arrays: Arrays  # weights, optimizer state, random state
    values: dict[str, Any] = field(default_factory=dict)  # JSON: cursor, best metric, history


def _warn(path: Path, reason: str) -> None:
    _log.warning("%s is passed over: %s", path, reason)


@dataclass(frozen=True, kw_only=True)
class CheckpointManager:
    """Keeps the newest checkpoints of one run, and named ones, in one folder.

    A checkpoint is a folder with the arrays, a manifest with their hash, and the hash of the
    manifest. Hold the run's lock while using one: two writers would drop each other's files.
    """

    folder: Path
    keep: int = 2  # newest ones kept
    on_damaged: Callable[[Path, str], None] = _warn  # told which one is passed over, and why

    def save(self, checkpoint: Checkpoint, name: str | None = None) -> Path:
        """Write a checkpoint: temporary folder, fsync, rename, fsync; then drop the oldest.

        Checkpoints of later steps than this one are dropped as well: a run that saves this step
        has passed them over as damaged.

        Args:
            checkpoint: the state.
            name: a name of its own, such as "best", of which one is kept beside the newest.

        Returns:
            The folder of the new checkpoint.

        Raises:
            CheckpointError: if it cannot be written, for example because the disk is full; the
                earlier ones stay and nothing half-written remains.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        _drop(self.folder.glob(".writing-*"))  # what a killed run left: room on the disk
        stem = f"{name or 'step'}_{checkpoint.step:08d}"
        try:
            temporary = Path(tempfile.mkdtemp(prefix=".writing-", dir=self.folder))
            try:
                _write(temporary, checkpoint)
                target = self._free_place(stem)
                os.replace(temporary, target)
                sync_folder(self.folder)
            finally:
                shutil.rmtree(temporary, ignore_errors=True)
        except OSError as error:
            raise CheckpointError(
                f"The state after step {checkpoint.step} cannot be saved in {self.folder}: "
                f"{error.strerror or error}. Earlier checkpoints are intact; make room and run "
                "the same command again."
            ) from error
        self._drop_superseded(target, name)
        return target

    def latest(self) -> Checkpoint | None:
        """The newest intact checkpoint, or None if none was ever saved.

        Raises:
            CheckpointError: if there are checkpoints and all are damaged; names each.
        """
        return self._newest_intact("step")

    def named(self, name: str) -> Checkpoint | None:
        """The checkpoint of that name, or None if none was ever saved.

        Raises:
            CheckpointError: if it is damaged.
        """
        return self._newest_intact(name)

    def _newest_intact(self, name: str) -> Checkpoint | None:
        reasons = []
        for path in reversed(self._named(name)):
            try:
                return _read(path)
            except (OSError, DamagedArraysError) as error:
                reasons.append((path, str(error)))
                self.on_damaged(path, str(error))
        if not reasons:
            return None
        found = "; ".join(f"{path.name}: {reason}" for path, reason in reasons)
        raise CheckpointError(
            f"No checkpoint in {self.folder} is intact ({found}). Bring one back from a copy, or "
            "delete the folder to train from the start."
        )

    def _named(self, name: str) -> list[Path]:
        """The checkpoints of a name, oldest first."""
        found = self.folder.glob(f"{name}_[0-9]*") if self.folder.is_dir() else []
        return sorted(found, key=lambda path: (_step(path), path.name))

    def _free_place(self, stem: str) -> Path:
        """A name that nobody has: replacing a folder takes two moves, and a kill fits between."""
        target, count = self.folder / stem, 1
        while target.exists():
            count += 1
            target = self.folder / f"{stem}.{count}"
        return target

    def _drop_superseded(self, newest: Path, name: str | None) -> None:
        others = [path for path in self._named(name or "step") if path != newest]
        earlier = [path for path in others if _step(path) < _step(newest)]
        kept = earlier[max(0, len(earlier) - self.keep + 1) :] if name is None else []
        _drop([path for path in others if path not in kept])


def _drop(paths: Iterable[Path]) -> None:
    for path in paths:
        shutil.rmtree(path, ignore_errors=True)


def _step(path: Path) -> int:
    digits = path.name.rpartition("_")[2].partition(".")[0]
    return int(digits) if digits.isdecimal() else -1


def _write(folder: Path, checkpoint: Checkpoint) -> None:
    entries, digest = write_arrays(folder / ARRAYS, checkpoint.arrays)
    manifest = {
        "format": FORMAT,
        "step": checkpoint.step,
        "values": checkpoint.values,
        "arrays": entries,
        "sha256": digest,
    }
    content = json.dumps(manifest).encode("utf-8")
    _write_synced(folder / MANIFEST, content)
    line = f"{sha256(content).hexdigest()}  {MANIFEST}\n"  # for `sha256sum --check`
    _write_synced(folder / MANIFEST_HASH, line.encode("ascii"))
    sync_folder(folder)


def _write_synced(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _read(folder: Path) -> Checkpoint:
    """The checkpoint of a folder.

    Raises:
        DamagedArraysError: if a bit differs from what was written.
        OSError: if a file is missing or cannot be read.
    """
    content = (folder / MANIFEST).read_bytes()
    line = (folder / MANIFEST_HASH).read_bytes()
    if line != f"{sha256(content).hexdigest()}  {MANIFEST}\n".encode("ascii"):
        raise DamagedArraysError(f"{MANIFEST} does not match its hash")
    manifest = json.loads(content)
    if manifest["format"] != FORMAT:
        raise DamagedArraysError(f"it has format {manifest['format']}, this version reads {FORMAT}")
    arrays = read_arrays(folder / ARRAYS, manifest["arrays"], manifest["sha256"])
    return Checkpoint(step=manifest["step"], arrays=arrays, values=manifest["values"])
