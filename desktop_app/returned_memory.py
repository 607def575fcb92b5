"""Gives the system back what large arrays took, as soon as they are gone."""

from __future__ import annotations

import ctypes
import sys

_MMAP_THRESHOLD = -3  # M_MMAP_THRESHOLD of glibc's malloc.h
_LARGE = 1 << 20  # bytes


def return_large_blocks() -> None:
    """Have every block from a megabyte on mapped by itself; does nothing beside glibc.

    glibc raises that limit to 32 MB with what it sees, and keeps what is below it for later: after
    a project of a million rows has been sorted and counted, 110 MB that hold nothing.
    """
    if not sys.platform.startswith("linux"):
        return
    setting = getattr(ctypes.CDLL(None), "mallopt", None)
    if setting is not None:
        setting(_MMAP_THRESHOLD, _LARGE)
