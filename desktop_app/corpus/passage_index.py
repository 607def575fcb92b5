"""The passages of one corpus with the vectors known so far, searchable at any moment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bert_tf.text.sentences import Sentence
from desktop_app.corpus.neighbours import VectorTable

_STALE_ROWS = 20_000  # vectors of deleted passages kept before the table is compacted


@dataclass(frozen=True, kw_only=True)
class Match:
    """A passage near the question."""

    passage: Sentence  # its first occurrence
    similarity: float  # cosine, -1 to 1
    occurrences: int  # how often the same words stand in the corpus
    truncated: bool  # the model read only its beginning


class PassageIndex:
    """Vectors by text: the same words are read once, and an edit costs only what is new."""

    def __init__(self) -> None:
        """No passages, no vectors."""
        self._first: dict[str, Sentence] = {}  # text -> first occurrence
        self._occurrences: dict[str, int] = {}
        self._row_of: dict[str, int] = {}  # text -> row of the table
        self._truncated: set[str] = set()
        self._table: VectorTable | None = None
        self._missing: list[str] = []
        self._text_of: list[str] = []  # row of the table -> text
        self._stale = False  # the table holds rows of passages that are gone

    @property
    def distinct(self) -> int:
        """Number of different passages."""
        return len(self._first)

    @property
    def known(self) -> int:
        """Number of different passages that have their vector."""
        return len(self._first) - len(self._missing)

    def set_passages(self, passages: Sequence[Sentence]) -> None:
        """Replace the corpus; vectors of passages that stay are kept."""
        self._first, self._occurrences = {}, {}
        for passage in passages:
            self._first.setdefault(passage.text, passage)
            self._occurrences[passage.text] = self._occurrences.get(passage.text, 0) + 1
        self._missing = [text for text in reversed(self._first) if text not in self._row_of]
        if len(self._row_of) > len(self._first) + _STALE_ROWS:
            self._compact()
        self._stale = any(text not in self._first for text in self._text_of)

    def next_missing(self, count: int) -> list[str]:
        """The next texts without a vector, in the order of the corpus."""
        return self._missing[: -count - 1 : -1]

    def add(
        self, texts: Sequence[str], vectors: NDArray[np.float32], truncated: Sequence[bool]
    ) -> None:
        """Store the vectors (N, D) of N texts."""
        if self._table is None:
            self._table = VectorTable(vectors.shape[1])
        start = len(self._table)
        self._table.append(vectors)
        self._row_of.update({text: start + offset for offset, text in enumerate(texts)})
        self._text_of += texts
        self._stale = self._stale or any(text not in self._first for text in texts)
        self._truncated.update(t for t, cut in zip(texts, truncated, strict=True) if cut)
        fresh = set(texts)
        while self._missing and self._missing[-1] in fresh:
            self._missing.pop()
        if any(text in fresh for text in self._missing):  # answers to an earlier corpus
            self._missing = [text for text in self._missing if text not in fresh]

    def forget_vectors(self) -> None:
        """Another network: nothing that was computed counts any more."""
        self._row_of.clear()
        self._text_of.clear()
        self._truncated.clear()
        self._table = None
        self._missing = list(reversed(self._first))

    def nearest(self, question: NDArray[np.float32], count: int) -> list[Match]:
        """The passages nearest to a question (D,), best first, among those known so far."""
        if self._table is None:
            return []
        among = self._present_rows() if self._stale else None
        found = self._table.nearest(question, count, among=among)
        return [self._match(self._text_of[near.index], near.similarity) for near in found]

    def _present_rows(self) -> NDArray[np.int64]:
        rows = (self._row_of[text] for text in self._first if text in self._row_of)
        return np.fromiter(rows, dtype=np.int64)

    def _match(self, text: str, similarity: float) -> Match:
        return Match(
            passage=self._first[text],
            similarity=similarity,
            occurrences=self._occurrences[text],
            truncated=text in self._truncated,
        )

    def _compact(self) -> None:
        texts = [text for text in self._first if text in self._row_of]
        if self._table is not None:
            self._table = self._table.kept(self._present_rows())
        self._text_of = texts
        self._row_of = {text: row for row, text in enumerate(texts)}
        self._truncated &= set(texts)
