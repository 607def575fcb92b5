"""Nearest neighbours by cosine: a plain scan over a growing table of unit vectors."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Neighbour:
    """One passage found near a question."""

    index: int  # row of the table
    similarity: float  # cosine, -1 to 1


class VectorTable:
    """Unit vectors in rows, appended batch by batch; blank texts stay zero and are never found."""

    def __init__(self, dim: int) -> None:
        """An empty table of vectors with `dim` components."""
        self._rows: NDArray[np.float32] = np.zeros((256, dim), dtype=np.float32)  # (capacity, D)
        self._count = 0
        self._filled: list[int] = []  # rows that are not all zero

    def __len__(self) -> int:
        return self._count

    def append(self, vectors: NDArray[np.float32]) -> None:
        """Add rows (N, D); they are scaled to unit length, all-zero rows excepted.

        Raises:
            ValueError: if the rows have another width.
        """
        if vectors.ndim != 2 or vectors.shape[1] != self._rows.shape[1]:
            raise ValueError(
                f"Expected rows of {self._rows.shape[1]} components, received {vectors.shape}."
            )
        needed = self._count + len(vectors)
        if needed > len(self._rows):
            grown = np.zeros((max(needed, 2 * len(self._rows)), self._rows.shape[1]), np.float32)
            grown[: self._count] = self._rows[: self._count]
            self._rows = grown
        self._rows[self._count : needed] = unit_rows(vectors)
        self._filled += (np.flatnonzero(vectors.any(axis=1)) + self._count).tolist()
        self._count = needed

    def nearest(
        self, question: NDArray[np.float32], count: int, *, among: NDArray[np.int64] | None = None
    ) -> list[Neighbour]:
        """The rows most similar to a vector (D,), best first; equals keep their order.

        Args:
            question: any length but zero; a zero vector is near to nothing.
            count: at most so many are returned.
            among: row numbers to look at, all of them if None.
        """
        rows = self._rows[: self._count]
        candidates = np.array(self._filled, dtype=np.int64) if among is None else among
        unit = unit_rows(question[None, :])[0]  # (D,)
        if count < 1 or len(candidates) == 0 or not unit.any():
            return []
        cosines = (rows @ unit)[candidates]  # (M,)
        if count < len(candidates):
            best = np.argpartition(-cosines, count - 1)[:count]
        else:
            best = np.arange(len(candidates))
        best = best[np.lexsort((candidates[best], -cosines[best]))]
        cosines = np.clip(cosines, -1.0, 1.0)
        return [Neighbour(int(candidates[row]), float(cosines[row])) for row in best]

    def kept(self, rows: NDArray[np.int64]) -> VectorTable:
        """A table of only these rows, renumbered from 0 in this order."""
        table = VectorTable(self._rows.shape[1])
        table.append(self._rows[rows])
        return table


def unit_rows(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Rows (N, D) scaled to length one; a row of zeros stays zero."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)  # (N, 1)
    return np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > 0)
