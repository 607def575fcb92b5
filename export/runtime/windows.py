"""Long texts as overlapping windows of what the network can read at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

# Axis letters: N texts, W windows of all texts, D values of the network's output.
LongTexts = Literal["truncate", "windows"]
"""What becomes of a text with more pieces than the network reads: its beginning, or all of it."""


@dataclass(frozen=True, kw_only=True)
class Windows:
    """The windows of N texts, one text after another. A text that fits is one window."""

    rows: list[list[int]]  # W rows of word-piece ids, each at most `room` long
    first: NDArray[np.intp]  # (N,) the place of a text's first window
    weights: NDArray[np.float64]  # (W,) share of its text's pieces that a window newly covers


def window_starts(pieces: int, *, room: int) -> list[int]:
    """Where the windows of a text begin: every half window, the last one flush with the end.

    Args:
        pieces: word pieces of the text.
        room: word pieces of a window.
    """
    if pieces <= room:
        return [0]
    stride = (room + 1) // 2
    return [*range(0, pieces - room, stride), pieces - room]


def cut_windows(word_piece_ids: Sequence[Sequence[int]], *, room: int) -> Windows:
    """Cut texts into windows, all those of a long text equally long.

    A window's weight is the share of its text's pieces that no earlier window holds, so that the
    weights of a text sum to one.

    Args:
        word_piece_ids: (N texts) ids without [CLS] and [SEP].
        room: word pieces of a window at most.
    """
    rows: list[list[int]] = []
    first = np.empty(len(word_piece_ids), np.intp)  # (N,)
    weights: list[float] = []
    for place, ids in enumerate(word_piece_ids):
        first[place] = len(rows)
        covered = 0
        for start in window_starts(len(ids), room=room):
            end = min(start + room, len(ids))
            rows.append(list(ids[start:end]))
            weights.append((end - covered) / max(1, len(ids)))
            covered = end
    return Windows(rows=rows, first=first, weights=np.asarray(weights, np.float64))


def merge_windows(
    values: NDArray[np.float32], windows: Windows, *, normalize: bool
) -> NDArray[np.float32]:
    """The windows' outputs averaged by their weights, text by text.

    Args:
        values: (W, D) the network's output for `windows.rows`.
        windows: from `cut_windows`.
        normalize: bring the average to unit length, for a network whose outputs have it.

    Returns:
        (N, D); the output of a text that is one window comes back to the bit.
    """
    merged = values[windows.first]  # (N, D)
    ends = np.append(windows.first[1:], len(windows.rows))
    for place in np.flatnonzero(ends - windows.first > 1):
        part = slice(windows.first[place], ends[place])
        mean = windows.weights[part] @ values[part].astype(np.float64)  # (D,)
        length = float(np.linalg.norm(mean)) if normalize else 1.0
        merged[place] = mean / (length or 1.0)
    return merged
