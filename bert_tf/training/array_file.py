"""Named arrays as one file of raw numbers, hashed while it is written and read.

Neither way holds a second copy in memory: the state of an optimizer is as large as the machine
allows.
"""

from __future__ import annotations

import math
import os
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, TypedDict

import numpy as np
from numpy.typing import NDArray

Arrays = dict[str, NDArray[Any]]

_CHUNK = 1 << 24  # bytes hashed and written at once: 16 MiB


class ArrayEntry(TypedDict):
    """Where an array lies in the file: behind the one before it."""

    name: str
    dtype: str  # NumPy's name, such as "float32"; numbers are little-endian
    shape: list[int]


class DamagedArraysError(ValueError):
    """What lies on the disk is not what was written."""


def write_arrays(path: Path, arrays: Mapping[str, NDArray[Any]]) -> tuple[list[ArrayEntry], str]:
    """Write arrays one behind the other, synced to the disk.

    Args:
        path: the file to write.
        arrays: numbers or booleans of any shape.

    Returns:
        What `read_arrays` needs: an entry an array in their order, and the file's sha256.

    Raises:
        ValueError: if an array holds something else than numbers.
        OSError: if the disk is full or the file cannot be written.
    """
    entries: list[ArrayEntry] = []
    hasher = sha256()
    with path.open("wb", buffering=0) as file:
        for name, given in arrays.items():
            array = np.asarray(given, order="C")
            dtype = array.dtype.newbyteorder("<")
            if _dtype(dtype.name) != dtype:
                raise ValueError(f"{name!r} must hold numbers, received the type {array.dtype}.")
            entries.append({"name": name, "dtype": dtype.name, "shape": list(array.shape)})
            content = array.astype(dtype, copy=False).reshape(-1).view(np.uint8).data
            for start in range(0, len(content), _CHUNK):
                chunk = content[start : start + _CHUNK]
                hasher.update(chunk)
                while chunk:  # the kernel may take less than it is given
                    chunk = chunk[file.write(chunk) :]
        os.fsync(file.fileno())
    return entries, hasher.hexdigest()


def read_arrays(path: Path, entries: Sequence[ArrayEntry], digest: str) -> Arrays:
    """Read what `write_arrays` wrote; memory is taken only for a file of the right length.

    Raises:
        DamagedArraysError: if the file is cut, longer, or differs in a bit.
        OSError: if the file is missing or cannot be read.
    """
    expected = sum(_dtype(e["dtype"]).itemsize * math.prod(e["shape"]) for e in entries)
    hasher = sha256()
    arrays: Arrays = {}
    with path.open("rb", buffering=0) as file:
        received = os.fstat(file.fileno()).st_size
        if received != expected:
            raise DamagedArraysError(f"{path.name} must have {expected} bytes, it has {received}")
        for entry in entries:
            array = np.empty(math.prod(entry["shape"]), _dtype(entry["dtype"]))
            content = array.view(np.uint8).data
            for start in range(0, len(content), _CHUNK):
                chunk = content[start : start + _CHUNK]
                while chunk and (count := file.readinto(chunk)):
                    hasher.update(chunk[:count])
                    chunk = chunk[count:]
            arrays[entry["name"]] = array.reshape(entry["shape"])
    if hasher.hexdigest() != digest:
        raise DamagedArraysError(f"{path.name} does not match its hash")
    return arrays


def _dtype(name: str) -> np.dtype[Any]:
    """The little-endian number type of a name.

    Raises:
        ValueError: if it is none.
    """
    if name == "bfloat16":
        from ml_dtypes import bfloat16  # comes with TensorFlow

        return np.dtype(bfloat16)
    try:
        dtype = np.dtype(name).newbyteorder("<")
    except TypeError as error:
        raise ValueError(f"An array must hold numbers, received the type {name!r}.") from error
    if dtype.kind not in "biufc":
        raise ValueError(f"An array must hold numbers, received the type {name!r}.")
    return dtype
