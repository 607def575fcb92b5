"""Folders that appear whole or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def check_replaceable(folder: Path, *, marker: str) -> None:
    """Refuse a place where a new folder would destroy somebody's other files.

    Args:
        folder: where something is to be written.
        marker: the file that an older folder of the same kind holds.

    Raises:
        FileExistsError: if a file is there, or a folder with things in it but no marker.
    """
    if not folder.exists():
        return
    if not folder.is_dir() or (any(folder.iterdir()) and not (folder / marker).is_file()):
        raise FileExistsError(
            f"{folder} exists and holds something else ({marker} is missing); it is left as it "
            "is. Choose another output folder."
        )


@contextmanager
def atomic_folder(target: Path, *, marker: str, keep_others: bool = False) -> Iterator[Path]:
    """A temporary folder beside `target`; moved to its place, synced, when the block ends well.

    An older folder of the same kind is replaced only then. After an error nothing remains.

    Args:
        target: where to; its parents are made.
        marker: the file by which an older folder of the same kind is known.
        keep_others: copy from the older folder what the block did not write; links stay links.

    Raises:
        FileExistsError: if something lies there that is no such folder.
        OSError: if the disk is full or the folder cannot be written.
    """
    target = Path(target).resolve()
    check_replaceable(target, marker=marker)
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
    inside, old = temporary / "new", temporary / "old"
    inside.mkdir()
    try:
        yield inside
        if keep_others and target.exists():
            _copy_others(target, inside)
        for file in sorted(inside.rglob("*")):
            _sync(file)
        _sync(inside)
        if target.exists():
            os.replace(target, old)
        os.replace(inside, target)
        _sync(target.parent)
    finally:
        if old.exists() and not target.exists():  # stopped between the two moves
            os.replace(old, target)
        shutil.rmtree(temporary, ignore_errors=True)


def _copy_others(old: Path, new: Path) -> None:
    for path in sorted(old.iterdir()):
        copy = new / path.name
        if os.path.lexists(copy):
            continue
        if path.is_dir() and not path.is_symlink():
            shutil.copytree(path, copy, symlinks=True)
        else:
            shutil.copy2(path, copy, follow_symlinks=False)


def _sync(path: Path) -> None:
    """Ask for the disk; links have nothing on it, nor can Windows be asked for what is no file.

    Windows wants a file open for writing, POSIX takes one that is read-only as well.
    """
    windows = os.name == "nt"
    if path.is_symlink() or (windows and (path.is_dir() or not os.access(path, os.W_OK))):
        return
    handle = os.open(path, os.O_RDWR if windows else os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
