"""Batches of packed and masked rows; each depends on its number and the settings alone."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from bert_tf.data.masking import mask_tokens
from bert_tf.data.packing import pack
from bert_tf.data.pretraining_examples import NO_PAIR, PretrainingExamples, make_examples
from bert_tf.data.token_shards import TokenShards

STRETCH_DOCUMENTS = 20_000  # documents whose examples are packed together

# Axis letters: R rows a batch, L tokens a row, P guesses a row, Q sequences a row.


@dataclass(frozen=True, kw_only=True)
class PretrainingBatchSettings:
    """What a batch looks like."""

    rows: int = 16  # R
    length: int = 128  # L
    mask_rate: float = 0.15  # share of tokens to guess
    whole_words: bool = False  # hide whole words
    next_sentence: bool = True  # pairs of sentences, half of them strangers
    pack: bool = True  # several sequences a row
    max_sequences: int = 8  # Q, sequences a row when packed
    seed: int = 1  # of order, pairs and masks

    def __post_init__(self) -> None:
        if self.rows < 1 or self.max_sequences < 1:
            raise ValueError(
                f"rows and max_sequences must be at least 1, received {self.rows} and "
                f"{self.max_sequences}."
            )
        if self.length < 8:
            raise ValueError(f"length must be at least 8 tokens, received {self.length}.")
        if not 0.0 < self.mask_rate < 1.0:
            raise ValueError(f"mask_rate must be in (0, 1), received {self.mask_rate}.")


class PretrainingBatches:
    """An endless row of batches over some documents of a corpus.

    The documents of an epoch come in an order of their own, a stretch at a time: examples are
    cut, packed into rows, and the rows are shuffled.
    """

    def __init__(
        self,
        shards: TokenShards,
        documents: NDArray[np.int64],
        settings: PretrainingBatchSettings,
    ) -> None:
        """Lay out batches.

        Raises:
            ValueError: if there is no document, too little text for one batch, or no [MASK].
        """
        if not len(documents):
            raise ValueError("Pre-training needs at least one document, received none.")
        self._shards, self._documents, self.settings = shards, documents, settings
        self._tokenizer = shards.tokenizer
        if self._tokenizer.mask_id is None:
            raise ValueError("The vocabulary has no [MASK]; a masked language model needs it.")
        specials = {
            self._tokenizer.pad_id,
            self._tokenizer.unk_id,
            self._tokenizer.cls_id,
            self._tokenizer.sep_id,
            self._tokenizer.mask_id,
        }
        everything = np.arange(self._tokenizer.vocabulary_size, dtype=np.int32)
        self._ordinary_ids = everything[~np.isin(everything, list(specials))]
        self._ends: list[int] = []  # batches up to and with each stretch
        self._plan = lru_cache(maxsize=2)(self._make_plan)

    def batch(self, step: int) -> dict[str, NDArray[np.generic]]:
        """The batch of a step, counted from 0; see `_assemble` for its arrays."""
        while not self._ends or self._ends[-1] <= step:
            self._measure(len(self._ends))
        stretch = bisect_right(self._ends, step)
        examples, rows = self._plan(stretch)
        at = (step - (self._ends[stretch - 1] if stretch else 0)) * self.settings.rows
        rng = np.random.default_rng([self.settings.seed, 1, step])
        return self._assemble(examples, rows[at : at + self.settings.rows], rng)

    @property
    def rows_of_first_stretch(self) -> int:
        """How many rows the first documents fill; at least 1."""
        return len(self._plan(0)[1])

    def _measure(self, stretch: int) -> None:
        _, rows = self._plan(stretch)
        batches = len(rows) // self.settings.rows
        before = self._ends[-1] if self._ends else 0
        # Each epoch cuts the documents anew: one may give less than a batch where others give more.
        if not batches and not before and stretch >= self._stretches:
            raise ValueError(
                f"The corpus gives {len(rows)} rows of {self.settings.length} tokens, fewer than "
                f"one batch of {self.settings.rows}. Lower the rows or the length."
            )
        self._ends.append(before + batches)

    @property
    def _stretches(self) -> int:
        """Stretches an epoch."""
        return -(-len(self._documents) // STRETCH_DOCUMENTS)

    def _make_plan(self, stretch: int) -> tuple[PretrainingExamples, list[list[int]]]:
        epoch, part = divmod(stretch, self._stretches)
        order = np.random.default_rng([self.settings.seed, 0, epoch]).permutation(self._documents)
        chosen = np.array_split(order, self._stretches)[part]
        rng = np.random.default_rng([self.settings.seed, 2, stretch])
        examples = make_examples(
            self._shards,
            chosen,
            max_length=self.settings.length,
            next_sentence=self.settings.next_sentence,
            rng=rng,
        )
        rows = pack(
            examples.lengths.tolist(),
            capacity=self.settings.length,
            max_per_row=self.settings.max_sequences if self.settings.pack else 1,
        )
        return examples, [rows[index] for index in rng.permutation(len(rows))]

    def _assemble(
        self, examples: PretrainingExamples, rows: list[list[int]], rng: np.random.Generator
    ) -> dict[str, NDArray[np.generic]]:
        """The arrays of a batch.

        Returns:
            token_ids, segment_ids, position_ids, sequence_ids, padding_mask: (R, L) int32;
            mask_positions, mask_labels: (R, P) int32; mask_weights: (R, P) float32, which sum
            to 1; and with next_sentence cls_positions, pair_labels: (R, Q) int32, 0 = the second
            text follows, 1 = a stranger, and pair_weights: (R, Q) float32, which sum to 1.
        """
        filled = _RowArrays(len(rows), self.settings)
        for row, members in enumerate(rows):
            for member in members:
                self._place(filled, row, examples, member)
        masked = mask_tokens(
            filled.token_ids,
            filled.maskable,
            rate=self.settings.mask_rate,
            mask_id=self._tokenizer.mask_id or 0,
            ordinary_ids=self._ordinary_ids,
            rng=rng,
            continues_word=filled.continues if self.settings.whole_words else None,
        )
        arrays: dict[str, NDArray[np.generic]] = {
            "token_ids": masked.token_ids,
            "segment_ids": filled.segment_ids,
            "position_ids": filled.position_ids,
            "sequence_ids": filled.sequence_ids,
            "padding_mask": (filled.sequence_ids > 0).astype(np.int32),
            "mask_positions": masked.positions,
            "mask_labels": masked.labels,
            "mask_weights": _shares(masked.is_real),
        }
        if self.settings.next_sentence:
            has_pair = filled.is_next != NO_PAIR
            arrays["cls_positions"] = filled.cls_positions
            arrays["pair_labels"] = (filled.is_next == 0).astype(np.int32)
            arrays["pair_weights"] = _shares(has_pair)
        return arrays

    def _place(
        self, filled: _RowArrays, row: int, examples: PretrainingExamples, member: int
    ) -> None:
        tokenizer, shards = self._tokenizer, self._shards
        framed = [(examples.first[member], 0)]
        if examples.is_next[member] != NO_PAIR:
            framed.append((examples.second[member], 1))
        filled.begin(row, tokenizer.cls_id, int(examples.is_next[member]))
        for (start, end), segment in framed:
            filled.add(
                row,
                shards.tokens[int(start) : int(end)],
                shards.continues_word[int(start) : int(end)],
                segment,
                tokenizer.sep_id,
            )


class _RowArrays:
    """Rows that are being filled from the left."""

    def __init__(self, rows: int, settings: PretrainingBatchSettings) -> None:
        shape = (rows, settings.length)
        sequences = settings.max_sequences if settings.pack else 1
        self.token_ids = np.zeros(shape, np.int32)
        self.segment_ids = np.zeros(shape, np.int32)
        self.position_ids = np.zeros(shape, np.int32)
        self.sequence_ids = np.zeros(shape, np.int32)
        self.maskable = np.zeros(shape, np.bool_)
        self.continues = np.zeros(shape, np.bool_)
        self.cls_positions = np.zeros((rows, sequences), np.int32)
        self.is_next = np.full((rows, sequences), NO_PAIR, np.int32)
        self._used = np.zeros(rows, np.int64)
        self._begun = np.zeros(rows, np.int64)
        self._starts = np.zeros(rows, np.int64)

    def begin(self, row: int, cls_id: int, is_next: int) -> None:
        """Put [CLS] of a new sequence."""
        number = int(self._begun[row])
        self._starts[row] = self._used[row]
        self.cls_positions[row, number] = self._used[row]
        self.is_next[row, number] = is_next
        self._begun[row] += 1
        self._append(row, np.asarray([cls_id]), 0)

    def add(
        self,
        row: int,
        ids: NDArray[np.generic],
        continues: NDArray[np.generic],
        segment: int,
        sep_id: int,
    ) -> None:
        """Append a stretch of text and [SEP]."""
        at = int(self._used[row])
        self.maskable[row, at : at + len(ids)] = True
        self.continues[row, at : at + len(ids)] = continues
        self.continues[row, at] = False
        self._append(row, ids, segment)
        self._append(row, np.asarray([sep_id]), segment)

    def _append(self, row: int, ids: NDArray[np.generic], segment: int) -> None:
        at, end = int(self._used[row]), int(self._used[row]) + len(ids)
        self.token_ids[row, at:end] = ids
        self.segment_ids[row, at:end] = segment
        self.position_ids[row, at:end] = np.arange(at, end) - self._starts[row]
        self.sequence_ids[row, at:end] = self._begun[row]
        self._used[row] = end


def _shares(chosen: NDArray[np.bool_]) -> NDArray[np.float32]:
    """Equal weights that sum to 1 over what is chosen; all 0 where nothing is."""
    return (chosen / max(1, int(chosen.sum()))).astype(np.float32)
