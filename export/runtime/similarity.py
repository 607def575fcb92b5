"""How near vectors are to one another, and the nearest lines of an input of any size."""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from export.runtime.results import Embeddings

# Axis letters: N and M texts, Q queries, D width of the vectors.
_ROWS = 1024  # compared at once in double precision


@dataclass(frozen=True, kw_only=True)
class NearLine:
    """A line and how near it is to a query."""

    similarity: float  # cosine
    index: int  # of the line in the input, from 0
    text: str  # the line


def cosine_similarity(
    first: NDArray[np.float32], second: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Cosines of vectors; a zero vector is at 0 from all.

    Args:
        first: (N, D).
        second: (M, D).

    Returns:
        (N, M), rounded from double precision, so that equal pairs of vectors give equal figures.
    """
    cosines = np.empty((len(first), len(second)), np.float32)
    other = _unit(second).T  # (D, M)
    for start in range(0, len(first), _ROWS):
        part = slice(start, start + _ROWS)
        cosines[part] = np.clip(_unit(first[part]) @ other, -1.0, 1.0)
    return cosines


def _unit(vectors: NDArray[np.float32]) -> NDArray[np.float64]:
    lengths = np.linalg.norm(vectors.astype(np.float64), axis=1, keepdims=True)  # (N, 1)
    return vectors / np.where(lengths > 0, lengths, 1.0)


class NearestLines:
    """The nearest lines to each of some queries, of lines that are added chunk by chunk.

    Owns a heap a query; memory does not depend on how many lines were added.
    """

    def __init__(self, queries: Embeddings, *, top: int) -> None:
        """Nothing is near yet.

        Args:
            queries: of Q texts that are not blank.
            top: how many lines are kept for each.

        Raises:
            ValueError: for a blank query, or if `top` is not positive.
        """
        if top < 1:
            raise ValueError(f"At least one line must be asked for, received {top}.")
        blank = np.flatnonzero(queries.tokens == 0)
        if len(blank):
            raise ValueError(
                f"Query {blank[0] + 1} of {len(queries.tokens)} is blank and is near to nothing; "
                "give it a word."
            )
        self._queries, self._top = queries.vectors, top
        # the smallest first, and of equal ones the later line
        self._heaps: list[list[tuple[float, int, str]]] = [[] for _ in queries.vectors]

    def add(self, texts: Sequence[str], vectors: Embeddings, *, first: int) -> None:
        """Look at more lines; blank ones are near to nothing and never kept.

        Args:
            texts: the lines.
            vectors: of the same lines.
            first: index of the first line in the input.
        """
        lines = np.flatnonzero(vectors.tokens > 0)
        cosines = cosine_similarity(self._queries, vectors.vectors[lines])  # (Q, lines)
        for heap, row in zip(self._heaps, cosines, strict=True):
            # stable, so of equal lines the earlier ones
            for place in np.argsort(-row, kind="stable")[: self._top].tolist():
                line = int(lines[place])
                entry = (float(row[place]), -(first + line), texts[line])
                if len(heap) < self._top:
                    heapq.heappush(heap, entry)
                elif entry > heap[0]:
                    heapq.heapreplace(heap, entry)
                else:
                    break

    def nearest(self) -> list[list[NearLine]]:
        """For each query at most `top` lines, the nearest first, of equal ones the earlier."""
        return [
            [NearLine(similarity=near, index=-place, text=text) for near, place, text in ranked]
            for ranked in (sorted(heap, reverse=True) for heap in self._heaps)
        ]
