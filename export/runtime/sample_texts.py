"""Texts that look real, drawn from a bundle's own vocabulary."""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from bert_tf.text.tokenizer import CONTINUATION_PREFIX, BertTokenizer

MEDIAN_WORDS = 18  # of short real texts such as reviews and messages
SPREAD = 0.6  # standard deviation of the logarithm of their length
_NO_WORD = re.compile(r"\[.*\]")  # [CLS] and such, [unused7]


class SampleTexts:
    """Draws words as languages do, the frequent ones more often. Equal seeds, equal texts."""

    def __init__(self, tokenizer: BertTokenizer, *, seed: int = 0) -> None:
        """Choose the words.

        Args:
            tokenizer: of the bundle; vocabularies stand in order of frequency, more or less.
            seed: of the drawing.
        """
        self._tokenizer = tokenizer
        self._random = np.random.default_rng(seed)
        words = [
            (token, place)
            for place, token in enumerate(tokenizer.vocabulary)
            if not token.startswith(CONTINUATION_PREFIX) and not _NO_WORD.fullmatch(token)
        ]
        self._words = [token for token, _ in words] or ["[UNK]"]
        self._ids = np.array([place for _, place in words] or [tokenizer.unk_id], np.int32)

    def row(self, length: int) -> NDArray[np.int32]:
        """The ids of one text with [CLS] and [SEP], (1, length).

        Args:
            length: at least 2.
        """
        inside = self._ids[self._draw(length - 2)]
        framed = [self._tokenizer.cls_id, *inside.tolist(), self._tokenizer.sep_id]
        return np.array([framed], np.int32)

    def texts(self, count: int) -> list[str]:
        """That many texts, of lengths as varied as real ones.

        Args:
            count: how many.
        """
        lengths = self._random.lognormal(np.log(MEDIAN_WORDS), SPREAD, count).astype(int) + 1
        return [" ".join(self._words[i] for i in self._draw(length)) for length in lengths.tolist()]

    def mean_tokens(self, *, max_length: int, count: int = 500) -> float:
        """Tokens of such a text on average, [CLS] and [SEP] counted.

        Args:
            max_length: where texts are cut.
            count: how many to look at.
        """
        rows = self._tokenizer.token_ids(self.texts(count))
        return float(np.mean([min(len(row) + 2, max_length) for row in rows]))

    def _draw(self, count: int) -> NDArray[np.intp]:
        """Places of words, by Zipf's law: the logarithm of the place is uniform."""
        drawn = np.exp(self._random.uniform(0, np.log(len(self._words) + 1), count))
        return np.minimum(drawn.astype(np.intp) - 1, len(self._words) - 1)
