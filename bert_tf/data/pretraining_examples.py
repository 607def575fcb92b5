"""What one pre-training example is made of: one or two stretches of a tokenized corpus."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bert_tf.data.token_shards import TokenShards

NO_PAIR = -1  # `is_next` of an example that has one stretch only
_SHORT_SHARE = 0.1  # of the examples are cut to a random length (Devlin et al. 2018, A.2)


@dataclass(frozen=True, kw_only=True)
class PretrainingExamples:
    """Examples as places in the corpus; N examples."""

    first: NDArray[np.int64]  # (N, 2) tokens [start, end) of the first stretch
    second: NDArray[np.int64]  # (N, 2) of the second; start = end where there is none
    is_next: NDArray[np.int8]  # (N,) 1 = the second follows the first, 0 = it does not, -1 = none

    def __len__(self) -> int:
        return len(self.is_next)

    @property
    def lengths(self) -> NDArray[np.int64]:
        """Tokens of each example with its [CLS] and [SEP], (N,)."""
        pieces = (self.first[:, 1] - self.first[:, 0]) + (self.second[:, 1] - self.second[:, 0])
        return pieces + 2 + (self.is_next != NO_PAIR)


def make_examples(
    shards: TokenShards,
    documents: NDArray[np.int64],
    *,
    max_length: int,
    next_sentence: bool,
    rng: np.random.Generator,
) -> PretrainingExamples:
    """Cut documents into examples of up to `max_length` tokens.

    Sentences are put together until the length is reached. With `next_sentence` a stretch of
    two sentences or more is cut in two at a random sentence; half of the second parts are
    replaced by sentences of another document, and what was replaced comes again in the next
    example (Devlin et al. 2018, section 3.1, task 2). A stretch of one sentence has no pair:
    there nothing can be told from the order.

    Args:
        shards: the corpus.
        documents: numbers of the documents to use, in this order.
        max_length: tokens of an example with [CLS] and [SEP].
        next_sentence: whether to make pairs.
        rng: decides lengths, cuts and strangers.
    """
    maker = _Maker(shards, documents, max_length, next_sentence, rng)
    for document in documents:
        maker.add(int(document))
    rows = np.asarray(maker.rows, np.int64).reshape(-1, 5)
    return PretrainingExamples(
        first=rows[:, 0:2], second=rows[:, 2:4], is_next=rows[:, 4].astype(np.int8)
    )


class _Maker:
    def __init__(
        self,
        shards: TokenShards,
        documents: NDArray[np.int64],
        max_length: int,
        pairs: bool,
        rng: np.random.Generator,
    ) -> None:
        self.rows: list[tuple[int, int, int, int, int]] = []
        self._sentences = shards.sentence_offsets
        self._documents = shards.document_offsets
        self._strangers = documents
        self._pairs, self._rng = pairs, rng
        self._room = max_length - (3 if pairs else 2)

    def add(self, document: int) -> None:
        """All examples of one document."""
        first, end = self._documents[document], self._documents[document + 1]
        bounds = np.asarray(self._sentences[first : end + 1])  # tokens
        at = 0
        while at < len(bounds) - 1:
            at = self._add_one(bounds, at, document)

    def _add_one(self, bounds: NDArray[np.int64], at: int, document: int) -> int:
        """One example from the sentence `at` on; returns the sentence that the next begins with."""
        target = self._room
        if self._rng.random() < _SHORT_SHARE:
            target = int(self._rng.integers(min(5, target), target + 1))
        end = int(np.searchsorted(bounds, bounds[at] + target, side="right")) - 1
        end = max(at + 1, end)  # whole sentences that fit, at least one
        if self._pairs and end - at > 1:
            return self._add_pair(bounds, at, end, target, document)
        for start in range(int(bounds[at]), int(bounds[end]), self._room):  # a long sentence
            stop = min(start + self._room, int(bounds[end]))
            self.rows.append((start, stop, stop, stop, NO_PAIR))
        return end

    def _add_pair(
        self, bounds: NDArray[np.int64], at: int, end: int, target: int, document: int
    ) -> int:
        cut = int(self._rng.integers(at + 1, end))
        start, middle, stop = (int(bounds[index]) for index in (at, cut, end))
        stranger = self._stranger(document) if self._rng.random() < 0.5 else None
        if stranger is None:
            self.rows.append((start, middle, middle, stop, 1))
            return end
        begin, limit = stranger
        room = max(1, target - (middle - start))
        self.rows.append((start, middle, begin, min(limit, begin + room), 0))
        return cut

    def _stranger(self, document: int) -> tuple[int, int] | None:
        """Tokens from a random sentence to the end of a random other document."""
        if len(self._strangers) < 2:
            return None
        other = document
        while other == document:
            other = int(self._rng.choice(self._strangers))
        first, end = int(self._documents[other]), int(self._documents[other + 1])
        sentence = int(self._rng.integers(first, end))
        return int(self._sentences[sentence]), int(self._sentences[end])
