"""Protects None, True and False from a fault of PySide6 6.12.0 on Python before 3.12.

That release gives back one reference too many on every call without a result. Since Python 3.12
those objects are immortal and nobody notices; on 3.11 the interpreter ends after some thousand
calls ("deallocating None"). PySide6 6.11.3 is free of it.
"""

from __future__ import annotations

import ctypes
import sys

_SPARE_REFERENCES = 1 << 48  # more than a window can lose in centuries


def guard_singletons() -> None:
    """Give None, True and False references to spare; does nothing where they are immortal."""
    if sys.version_info >= (3, 12) or sys.implementation.name != "cpython":
        return
    for singleton in (None, True, False):
        count = ctypes.c_ssize_t.from_address(id(singleton))  # ob_refcnt is the first field
        if count.value < _SPARE_REFERENCES:
            count.value += _SPARE_REFERENCES
