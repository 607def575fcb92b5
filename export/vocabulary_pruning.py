"""Which pieces of a vocabulary a corpus needs, and the tokenizer that has no others."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bert_tf.text.tokenizer import CONTINUATION_PREFIX, MASK, REQUIRED_TOKENS, BertTokenizer
from export.piece_counts import PieceCounts

# Axis letters: V tokens of the whole vocabulary, K tokens that are kept.

MAX_UNKNOWN = 0.5  # share of [UNK] among a corpus's pieces above which it is in another language
PieceIds = NDArray[np.int32]


@dataclass(frozen=True, kw_only=True)
class PruningRule:
    """What stays beside the special tokens and the single characters."""

    min_count: int = 1  # pieces that the corpus needs so often
    keep: int | None = None  # tokens at most, the most frequent first; None = no limit
    unseen_characters: bool = True  # also characters beyond ASCII that the corpus does not have

    def __post_init__(self) -> None:
        if self.min_count < 1:
            raise ValueError(f"min_count must be at least 1, received {self.min_count}.")
        if self.keep is not None and self.keep < 1:
            raise ValueError(f"keep must be at least 1, received {self.keep}.")


def choose_pieces(tokenizer: BertTokenizer, counts: PieceCounts, rule: PruningRule) -> PieceIds:
    """The ids that stay, ascending, (K,): the new id of a piece is its place among them.

    Special tokens stay, and every character, alone and with `##`, so that a word whose pieces
    are gone falls to shorter ones and not to `[UNK]`. A text whose pieces all stay is cut as
    before: the longest match at each place is still there, and nothing longer has appeared.

    Raises:
        ValueError: if `keep` has no room for what always stays.
    """
    always = _always_kept(tokenizer, counts, rule)  # (V,)
    needed = counts.needed  # (V,)
    wanted = np.flatnonzero((needed >= rule.min_count) & ~always)
    if rule.keep is not None:
        room = rule.keep - int(always.sum())
        if room < 0:
            raise ValueError(
                f"keep must be at least {always.sum()}, the special tokens and single characters "
                f"that always stay, received {rule.keep}."
            )
        wanted = wanted[np.argsort(-needed[wanted], kind="stable")][:room]  # ties: the lower id
    return np.union1d(np.flatnonzero(always), wanted).astype(np.int32)


def check_corpus(tokenizer: BertTokenizer, counts: PieceCounts, kept: PieceIds) -> None:
    """Refuse a corpus that a vocabulary was not made for.

    Raises:
        ValueError: if most of its pieces are unknown, or its words are spelt out by letters and
            nothing but single characters would stay.
    """
    total = int(counts.matched.sum())
    if total == 0:
        raise ValueError("The corpus has no text to choose pieces by; name a file with words.")
    unknown = counts.matched[tokenizer.unk_id] / total
    if unknown > MAX_UNKNOWN:
        raise ValueError(
            f"The vocabulary does not know this corpus: {unknown:.0%} of its pieces are [UNK]. "
            "Take texts in the language of the model."
        )
    vocabulary = tokenizer.vocabulary
    special = _special_ids(tokenizer)
    spelt = any(vocabulary[index].startswith(CONTINUATION_PREFIX)
                for index in np.flatnonzero(counts.matched))  # fmt: skip
    if spelt and all(index in special or _is_character(vocabulary[index]) for index in kept):
        raise ValueError(
            "Nothing but special tokens and single characters would stay. Take texts in the "
            "language of the model, or keep more pieces."
        )


def prune_tokenizer(tokenizer: BertTokenizer, kept: PieceIds) -> BertTokenizer:
    """The tokenizer with these pieces alone; the first of them has the id 0."""
    vocabulary = [tokenizer.vocabulary[index] for index in kept]
    return BertTokenizer(vocabulary, **tokenizer.settings())


def _always_kept(
    tokenizer: BertTokenizer, counts: PieceCounts, rule: PruningRule
) -> NDArray[np.bool_]:
    special = _special_ids(tokenizer)

    def stays(index: int, token: str) -> bool:
        if index in special:
            return True
        seen = rule.unseen_characters or token.isascii() or token[-1] in counts.characters
        return seen and _is_character(token)

    return np.array([stays(index, token) for index, token in enumerate(tokenizer.vocabulary)])


def _special_ids(tokenizer: BertTokenizer) -> frozenset[int]:
    names = {*REQUIRED_TOKENS, MASK}
    return frozenset(i for i, token in enumerate(tokenizer.vocabulary) if token in names)


def _is_character(token: str) -> bool:
    """Whether it is one character, alone or going on with a word."""
    return len(token) == 1 or len(token.removeprefix(CONTINUATION_PREFIX)) == 1
