"""Very many short texts in little memory, and their order. No Qt."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

# Axis letters: D texts, S of them, B bytes.
_STEP = 8  # bytes compared at once
_ALL = 2**64 - 1
_MASKS = np.array([_ALL << 8 * (_STEP - kept) & _ALL for kept in range(_STEP + 1)], np.uint64)
"""(9,) the bytes that a text still has, of the next eight."""


class ByteTexts:
    """Texts as UTF-8, whose bytes have the order of the letters; no object for each.

    A million `str` take 70 MB and leave the memory in pieces; this takes their bytes and five more.
    """

    def __init__(self, most_bytes: int) -> None:
        """No texts; of each only so many bytes are looked at, at most 255."""
        self._most = most_bytes
        self._bytes = bytearray()
        self._starts = array("I")
        self._lengths = bytearray()

    def __len__(self) -> int:
        return len(self._starts)

    def extend(self, texts: Sequence[str]) -> None:
        """Take texts."""
        encoded = [text.encode("utf-8", "surrogatepass")[: self._most] for text in texts]
        sizes = [len(each) for each in encoded]
        begin = len(self._bytes)
        ends = np.cumsum(sizes, dtype=np.uint32)
        self._starts.frombytes((begin + ends - np.array(sizes, np.uint32)).tobytes())
        self._lengths += bytes(sizes)
        self._bytes += b"".join(encoded)

    def ranks(
        self, chosen: NDArray[np.int32], stopped: Callable[[], bool]
    ) -> NDArray[np.int32] | None:
        """(S,) ranks from 0 of the texts at some places, equal for equal ones; None: stopped.

        All are sorted by their first eight bytes, those that are equal so far by the next eight,
        and so on: numpy does it, and other threads go on meanwhile.
        """
        lengths = np.frombuffer(self._lengths, np.uint8)[chosen]  # (S,)
        starts = np.frombuffer(self._starts, np.uint32)[chosen]  # (S,)
        windows = self._windows()
        order = np.arange(len(chosen), dtype=np.int32)  # (S,) places in `chosen`
        first = np.zeros(len(chosen), np.bool_)  # (S,) whether it differs from the one before
        first[:1] = True
        for depth in range(0, self._most, _STEP):
            if stopped():
                return None
            tied = _tied(first, lengths[order], depth)  # (S',) positions in `order`
            if not len(tied):
                break
            texts = order[tied]
            keys = _keys(windows, starts[texts], lengths[texts], depth)
            if depth:
                sorting = np.lexsort((keys, np.cumsum(first, dtype=np.int32)[tied]))
            else:
                sorting = np.argsort(keys)
            order[tied], keys = texts[sorting], keys[sorting]
            first[tied[1:]] |= keys[1:] != keys[:-1]
        ranks = np.zeros(len(chosen), np.int32)
        ranks[order] = np.cumsum(first, dtype=np.int32) - 1
        return ranks

    def _windows(self) -> NDArray[np.uint64]:
        """(B + 1,) eight bytes from each byte on, the first of them the most significant."""
        self._bytes += bytes(_STEP)
        return np.ndarray((len(self._bytes) - _STEP + 1,), ">u8", self._bytes, strides=(1,))


def _keys(
    windows: NDArray[np.uint64], starts: NDArray[np.uint32], lengths: NDArray[np.uint8], depth: int
) -> NDArray[np.uint64]:
    """(S,) the eight bytes of texts from a depth on, zeros behind their ends."""
    left = np.maximum(lengths, depth)
    left -= np.uint8(depth)
    np.minimum(left, _STEP, out=left)
    starts += np.uint32(depth)
    np.minimum(starts, len(windows) - 1, out=starts)
    keys = windows[starts].astype(np.uint64, copy=False)
    keys &= _MASKS[left]
    return keys


def _tied(first: NDArray[np.bool_], lengths: NDArray[np.uint8], depth: int) -> NDArray[np.int32]:
    """Positions whose group has several texts, and one with bytes from a depth on."""
    begins = np.flatnonzero(first).astype(np.int32)
    if not len(begins):
        return begins
    sizes = np.diff(begins, append=np.int32(len(first)))
    open_groups = (np.maximum.reduceat(lengths, begins) > depth) & (sizes > 1)
    return np.flatnonzero(np.repeat(open_groups, sizes)).astype(np.int32)
