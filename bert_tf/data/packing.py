"""Short sequences put together into rows of one length, so that little padding is computed."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np


def pack(lengths: Sequence[int], *, capacity: int, max_per_row: int) -> list[list[int]]:
    """Which sequences share a row (Krell et al. 2021, section 3.1: best fit, longest first).

    Args:
        lengths: of the sequences, each from 1 to `capacity`.
        capacity: tokens a row.
        max_per_row: sequences a row.

    Returns:
        Rows of indices into `lengths`; every sequence is in one row.

    Raises:
        ValueError: if a sequence is empty or longer than a row.
    """
    sizes = np.asarray(lengths, np.int64)
    if sizes.size and not (sizes.min() >= 1 and sizes.max() <= capacity):
        raise ValueError(
            f"Sequences must have 1 to {capacity} tokens, received {sizes.min()} to {sizes.max()}."
        )
    rows: list[list[int]] = []
    open_rows: list[list[int]] = [[] for _ in range(capacity + 1)]  # row numbers by free tokens
    for index in np.argsort(-sizes, kind="stable"):
        size = int(sizes[index])
        free = next((space for space in range(size, capacity + 1) if open_rows[space]), None)
        if free is None:
            rows.append([])
            row, free = len(rows) - 1, capacity
        else:
            row = open_rows[free].pop()
        rows[row].append(int(index))
        if len(rows[row]) < max_per_row and free > size:
            open_rows[free - size].append(row)
    return rows
