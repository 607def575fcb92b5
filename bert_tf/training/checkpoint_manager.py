"""Resumable training states on disk, each written whole or not at all."""

from __future__ import annotations

import io
import json
import os
import shutil
import tempfile
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

ARRAYS, MANIFEST = "state.npz", "manifest.json"


class CheckpointError(RuntimeError):
    """No usable checkpoint, or one that belongs to another run."""


@dataclass(frozen=True, kw_only=True)
class Checkpoint:
    """All that a run needs to go on as if it had never stopped."""

    step: int  # optimizer steps done
    arrays: dict[str, NDArray[Any]]  # weights, optimizer state, random state
    values: dict[str, Any] = field(default_factory=dict)  # JSON: cursor, best metric, history


@dataclass(frozen=True, kw_only=True)
class CheckpointManager:
    """Keeps the newest checkpoints of one run in one folder."""

    folder: Path
    keep: int = 2  # newest ones kept

    def save(self, checkpoint: Checkpoint, name: str | None = None) -> Path:
        """Write a checkpoint: temporary folder, fsync, rename; then drop the oldest.

        Args:
            checkpoint: the state.
            name: a name of its own, such as "best", which is never dropped.

        Raises:
            OSError: if the disk is full or the folder cannot be written; older ones stay.
        """
        target = self.folder / (name or f"step_{checkpoint.step:08d}")
        self.folder.mkdir(parents=True, exist_ok=True)
        temporary = Path(tempfile.mkdtemp(prefix=".writing-", dir=self.folder))
        try:
            buffer = io.BytesIO()
            np.savez(buffer, allow_pickle=False, **checkpoint.arrays)
            content = buffer.getvalue()
            manifest = {
                "step": checkpoint.step,
                "values": checkpoint.values,
                "sha256": sha256(content).hexdigest(),
            }
            _write_synced(temporary / ARRAYS, content)
            _write_synced(temporary / MANIFEST, json.dumps(manifest).encode("utf-8"))
            if target.exists():
                old = Path(tempfile.mkdtemp(prefix=".old-", dir=self.folder))
                os.replace(target, old / target.name)
            os.replace(temporary, target)
        finally:
            shutil.rmtree(temporary, ignore_errors=True)
        self._drop_old()
        return target

    def latest(self) -> Checkpoint | None:
        """The newest intact checkpoint, or None; damaged ones are passed over."""
        for path in reversed(self._steps()):
            checkpoint = _read(path)
            if checkpoint is not None:
                return checkpoint
        return None

    def named(self, name: str) -> Checkpoint | None:
        """The checkpoint of that name if it is there and intact."""
        return _read(self.folder / name)

    def _steps(self) -> list[Path]:
        return sorted(self.folder.glob("step_*")) if self.folder.is_dir() else []

    def _drop_old(self) -> None:
        for path in self._steps()[: -self.keep]:
            shutil.rmtree(path, ignore_errors=True)
        for path in [*self.folder.glob(".old-*"), *self.folder.glob(".writing-*")]:
            shutil.rmtree(path, ignore_errors=True)


def _write_synced(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _read(path: Path) -> Checkpoint | None:
    try:
        manifest = json.loads((path / MANIFEST).read_text(encoding="utf-8"))
        content = (path / ARRAYS).read_bytes()
        if sha256(content).hexdigest() != manifest["sha256"]:
            return None
        with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
            loaded = {name: arrays[name] for name in arrays.files}
        return Checkpoint(step=manifest["step"], arrays=loaded, values=manifest["values"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
