"""Sizes of files as people write them."""

from __future__ import annotations

import re

MEGABYTE = 10**6
_UNITS = {
    "b": 1,
    "kb": 10**3,
    "mb": 10**6,
    "gb": 10**9,
    "kib": 2**10,
    "mib": 2**20,
    "gib": 2**30,
}
_FORM = re.compile(r"\s*(\d{1,12}(?:\.\d{1,9})?)\s*([A-Za-z]{1,3})\s*", re.ASCII)


def parse_byte_size(text: str) -> int:
    """The bytes of a size such as ``16MB`` (16,000,000) or ``16 MiB`` (16,777,216).

    Raises:
        ValueError: if it is no number above 0 with one of the units.
    """
    found = _FORM.fullmatch(text)
    factor = _UNITS.get(found[2].lower()) if found else None
    size = 0 if found is None or factor is None else int(float(found[1]) * factor)
    if size < 1:
        raise ValueError(
            f"A size must be a number above 0 with one of the units B, kB, MB, GB, KiB, MiB, GiB, "
            f"such as 16MB, received {text!r}."
        )
    return size


def megabytes(size: int) -> str:
    """Bytes in megabytes of a million bytes: ``22.9 MB``, and ``0.042 MB`` for small ones."""
    value = size / MEGABYTE
    return f"{value:.1f} MB" if value >= 1 else f"{value:.3f} MB"
