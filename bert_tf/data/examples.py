"""Texts with what people said about them, whatever the task."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bert_tf.data.data_error import DataError
from bert_tf.data.split import split_of


@dataclass(frozen=True, kw_only=True)
class Examples:
    """N examples; everything runs along them."""

    texts: tuple[list[str], ...]  # one list a text column, each of N texts
    arrays: dict[str, NDArray[np.float32]] = field(default_factory=dict)  # (N, ...) targets
    groups: list[str] | None = None  # (N,) names
    ids: list[str]  # (N,) the id column, or a hash of the texts

    def __len__(self) -> int:
        return len(self.ids)

    def select(self, rows: NDArray[np.int64]) -> Examples:
        """The examples at these rows, in this order."""
        return Examples(
            texts=tuple([column[row] for row in rows] for column in self.texts),
            arrays={name: array[rows] for name, array in self.arrays.items()},
            groups=None if self.groups is None else [self.groups[row] for row in rows],
            ids=[self.ids[row] for row in rows],
        )

    def followed_by(self, others: Examples) -> Examples:
        """These examples, then those of another file of the same task."""
        both = self.groups is not None and others.groups is not None
        return Examples(
            texts=tuple([*a, *b] for a, b in zip(self.texts, others.texts, strict=True)),
            arrays={
                name: np.concatenate([array, others.arrays[name]])
                for name, array in self.arrays.items()
            },
            groups=[*(self.groups or []), *(others.groups or [])] if both else None,
            ids=[*self.ids, *others.ids],
        )

    def count_in(self, others: Examples) -> int:
        """How many of these stand among the others too, letter case and spaces aside.

        Columns that only one of them has are not compared.
        """
        columns = min(len(self.texts), len(others.texts))
        known = set(others._plain_texts(columns))
        return sum(texts in known for texts in self._plain_texts(columns))

    def _plain_texts(self, columns: int) -> Iterator[tuple[str, ...]]:
        """The first texts of each example, as they are compared."""
        for row in zip(*self.texts[:columns], strict=True):
            yield tuple(" ".join(text.split()).casefold() for text in row)


def hold_back(examples: Examples, path: Path) -> tuple[Examples, Examples]:
    """Part the examples of a file into training and dev: about a tenth, by a hash of the text.

    Raises:
        DataError: if there are too few to part.
    """
    held = np.asarray([split_of(text) == "dev" for text in examples.texts[0]])
    if not held.any():  # a small file: every tenth text
        held = np.arange(len(examples)) % 10 == 0
    if held.all():
        raise DataError(f"{path} holds too few texts ({len(examples)}) to hold some back.")
    return examples.select(np.flatnonzero(~held)), examples.select(np.flatnonzero(held))
