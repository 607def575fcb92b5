"""How often a corpus needs each piece of a vocabulary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import normalizers, pre_tokenizers

from bert_tf.text.tokenizer import (
    CONTINUATION_PREFIX,
    MAX_CHARACTERS_PER_WORD,
    BertTokenizer,
    valid_texts,
)

# Axis letters: V tokens of the vocabulary.

Progress = Callable[[int, int], None]  # told how many texts are done, and how many there are
TEXTS_AT_ONCE = 4096


@dataclass(frozen=True, kw_only=True, eq=False)
class PieceCounts:
    """What the texts of a corpus are cut into."""

    matched: NDArray[np.int64]  # (V,) how often each piece, or [UNK], stands in the texts
    before_unknown: NDArray[np.int64]  # (V,) how often a word matched it and became [UNK] later
    characters: frozenset[str]  # that occur in the texts, folded as the tokenizer folds them

    @property
    def needed(self) -> NDArray[np.int64]:
        """How often a text needs each piece to be cut as it is, (V,)."""
        return self.matched + self.before_unknown


def count_pieces(
    tokenizer: BertTokenizer, texts: Sequence[str], *, progress: Progress | None = None
) -> PieceCounts:
    """Count the pieces of texts, also those in front of what makes a word unknown.

    The latter count because WordPiece is greedy: a word that is `[UNK]` since nothing goes on
    behind the long piece it begins with might be cut into shorter ones if that piece were gone.

    Args:
        tokenizer: with the whole vocabulary.
        texts: of a corpus; copies count as often as they occur.
        progress: called after some thousand texts.
    """
    matched = np.zeros(tokenizer.vocabulary_size, np.int64)  # (V,)
    before_unknown = np.zeros_like(matched)  # (V,)
    unknown_words = _UnknownWords(tokenizer)
    for start, some in slices(texts):
        rows = tokenizer.token_ids(some)
        flat = np.fromiter((item for row in rows for item in row), np.int64)
        matched += np.bincount(flat, minlength=len(matched))
        for text, row in zip(some, rows, strict=True):
            if tokenizer.unk_id in row:
                for piece, count in unknown_words.pieces_before(text).items():
                    before_unknown[piece] += count
        if progress is not None:
            progress(start + len(some), len(texts))
    known = (tokenizer.vocabulary[index] for index in np.flatnonzero(matched))
    characters = {character for piece in known for character in piece}
    return PieceCounts(
        matched=matched,
        before_unknown=before_unknown,
        characters=frozenset(characters | unknown_words.characters),
    )


def slices(texts: Sequence[str]) -> Iterator[tuple[int, Sequence[str]]]:
    """Some thousand texts at a time, with the place of the first."""
    for start in range(0, len(texts), TEXTS_AT_ONCE):
        yield start, texts[start : start + TEXTS_AT_ONCE]


class _UnknownWords:
    """The pieces that words match before they turn out to be unknown; each word looked at once."""

    def __init__(self, tokenizer: BertTokenizer) -> None:
        self._ids = {token: index for index, token in enumerate(tokenizer.vocabulary)}
        self._normalizer = normalizers.BertNormalizer(
            clean_text=True, handle_chinese_chars=True, **tokenizer.settings()
        )
        self._pre_tokenizer = pre_tokenizers.BertPreTokenizer()
        self._found: dict[str, tuple[int, ...]] = {}
        self.characters: set[str] = set()  # of all texts looked at

    def pieces_before(self, text: str) -> Counter[int]:
        """For a text with unknown words, how often each piece is matched in vain."""
        folded = self._normalizer.normalize_str(valid_texts([text])[0])
        self.characters.update(folded)
        counts: Counter[int] = Counter()
        for word, _ in self._pre_tokenizer.pre_tokenize_str(folded):
            if word not in self._found:
                self._found[word] = tuple(self._matched_in_vain(word))
            counts.update(self._found[word])
        return counts

    def _matched_in_vain(self, word: str) -> Iterable[int]:
        """Greedy longest match (Wu et al. 2016); nothing if it reaches the end of the word."""
        if len(word) > MAX_CHARACTERS_PER_WORD:  # unknown whatever the vocabulary
            return []
        pieces: list[int] = []
        start = 0
        while start < len(word):
            prefix = CONTINUATION_PREFIX if start else ""
            for end in range(len(word), start, -1):
                piece = self._ids.get(prefix + word[start:end])
                if piece is not None:
                    pieces.append(piece)
                    start = end
                    break
            else:
                return pieces
        return []
