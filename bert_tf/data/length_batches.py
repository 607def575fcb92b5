"""Batches of texts of similar length, in an order that a seed decides."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

POOL_BATCHES = 32  # texts are sorted by length inside pools of so many batches


def length_batches(
    lengths: Sequence[int], *, batch_size: int, seed: int, epoch: int
) -> list[NDArray[np.int64]]:
    """Which texts form each batch of an epoch.

    The same arguments give the same batches, so that a resumed run sees what an unbroken
    one would have seen. Every text comes once; only the last batch may be smaller.

    Args:
        lengths: the number of tokens of each text.
        batch_size: texts a batch.
        seed: of the run.
        epoch: from 0; each epoch has an order of its own.
    """
    rng = np.random.default_rng([seed, epoch])
    order = rng.permutation(len(lengths))
    sizes = np.asarray(lengths)[order]
    pool = batch_size * POOL_BATCHES
    batches: list[NDArray[np.int64]] = []
    for start in range(0, len(order), pool):
        inside = order[start : start + pool]
        inside = inside[np.argsort(sizes[start : start + pool], kind="stable")]
        batches += [inside[at : at + batch_size] for at in range(0, len(inside), batch_size)]
    return [batches[index] for index in rng.permutation(len(batches))]


def padded_length(longest: int, *, multiple: int, max_length: int) -> int:
    """`longest` rounded up to a multiple, so that few different shapes occur."""
    return min(-(-longest // multiple) * multiple, max_length)
