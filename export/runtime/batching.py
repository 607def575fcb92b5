"""Which texts are computed together: only texts of exactly the same length.

A row's result then never depends on its neighbours: every text gets the same bits alone and in
any company, and no arithmetic is spent on padding.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, kw_only=True)
class Batch:
    """Rows of one length."""

    rows: NDArray[np.intp]  # (B,) places in the list of lengths
    length: int  # tokens of every row, [CLS] and [SEP] counted


def plan_batches(lengths: Sequence[int], *, tokens_per_batch: int) -> list[Batch]:
    """Group rows by length, longest first, at most `tokens_per_batch` tokens a batch.

    Batches of one length are equally large, give or take a row. Longest first keeps parallel
    workers busy to the end.

    Args:
        lengths: tokens of each row.
        tokens_per_batch: the budget; a longer row makes a batch of its own.
    """
    if tokens_per_batch < 1:
        raise ValueError(f"tokens_per_batch must be positive, received {tokens_per_batch}.")
    array = np.asarray(lengths, np.int64)
    order = np.argsort(-array, kind="stable")
    starts = np.flatnonzero(np.diff(array[order], prepend=-1))  # where a new length begins
    batches = []
    for rows in np.split(order, starts[1:]) if len(order) else []:
        length = int(array[rows[0]])
        pieces = -(-len(rows) // max(1, tokens_per_batch // length))
        batches += [Batch(rows=part, length=length) for part in np.array_split(rows, pieces)]
    return batches
