"""Which words a verdict comes from: the text is judged again without each of them (occlusion)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bert_tf.text.tokenizer import BertTokenizer, WordPieces
from export.runtime.metadata import BundleMetadata
from export.runtime.results import Classification, Outputs, classifications
from export.runtime.words import find_words

# Axis letters: V variants of a text (itself, then without one word each), P its word pieces.
PIECES_PER_RUN = 1 << 15  # of the variants computed together; a few seconds of work
Run = Callable[[Sequence[Sequence[int]]], NDArray[np.float32]]


@dataclass(frozen=True, kw_only=True)
class WordInfluence:
    """A word and what the verdict owes to it: verdict of the text minus verdict without it."""

    text: str  # as it stands in the text
    start: int  # characters [start, end) of the text
    end: int
    influence: float  # on the probability of the label that the text got
    valence_influence: float | None  # on the valence; None where labels have no values
    truncated: bool  # beyond what the network reads, so both influences are zero


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """A verdict and the words of its text, in their order. A blank text has no words."""

    verdict: Classification
    words: tuple[WordInfluence, ...]

    @property
    def ranked(self) -> tuple[WordInfluence, ...]:
        """The words that moved the verdict most first: the valence, or else the probability."""
        return tuple(sorted(self.words, key=_strength, reverse=True))


@dataclass(frozen=True, kw_only=True)
class _Text:
    """A text ready to be computed."""

    text: str
    spans: list[tuple[int, int]]  # of its words, characters [start, end)
    tokens: int  # word pieces before truncation
    variants: list[list[int]]  # (V,) word-piece ids: all that is read, then without a word each


def explain_texts(
    texts: Sequence[str],
    *,
    tokenizer: BertTokenizer,
    metadata: BundleMetadata,
    run: Run,
    progress: Callable[[int], None] | None = None,
) -> list[Explanation]:
    """Explain the verdicts on texts; all variants of a text are computed together.

    The word pieces of a word are dropped from those of the text, nothing is tokenized twice. At
    most `max_length - 2` pieces of a text are read, so it has at most as many variants. Words
    beyond them have influence zero and are marked. Without its only word a text is blank: its
    probabilities and its valence count as zero.

    Args:
        texts: any strings, also blank ones.
        tokenizer: of the network.
        metadata: of a classification network.
        run: computes rows of word-piece ids into (rows, labels) probabilities.
        progress: called with the number of texts done.
    """
    room = metadata.max_length - 2
    explanations: list[Explanation] = []
    for group in _groups(_prepared(text, tokenizer, room) for text in texts):
        values = run([ids for each in group for ids in each.variants])  # (V of all, D)
        ends = np.cumsum([len(each.variants) for each in group])
        for each, part in zip(group, np.split(values, ends[:-1]), strict=True):
            explanations.append(_explanation(each, part, metadata))
        if progress is not None:
            progress(len(explanations))
    return explanations


def _groups(prepared: Iterator[_Text]) -> Iterator[list[_Text]]:
    group: list[_Text] = []
    pieces = 0
    for each in prepared:
        group.append(each)
        pieces += sum(map(len, each.variants))
        if pieces >= PIECES_PER_RUN:
            yield group
            group, pieces = [], 0
    if group:
        yield group


def _prepared(text: str, tokenizer: BertTokenizer, room: int) -> _Text:
    found = tokenizer.word_pieces(text)
    spans, owners = _words_of_pieces(text, found)
    ids, owners = np.asarray(found.token_ids[:room], np.int64), owners[:room]  # (P,) both
    variants = [ids.tolist()]
    variants += [ids[owners != word].tolist() for word in range(_words_read(owners))]
    return _Text(text=text, spans=spans, tokens=len(found.token_ids), variants=variants)


def _words_of_pieces(
    text: str, found: WordPieces
) -> tuple[list[tuple[int, int]], NDArray[np.intp]]:
    """The words that have pieces, as characters [start, end), and the word of each piece, (P,).

    Words that share a piece, as in a run of letters that became [UNK], are one.
    """
    if not found.token_ids:
        return [], np.empty(0, np.intp)
    words = np.asarray(find_words(text) or [(0, len(text))], np.intp)  # (words, 2)
    offsets = np.asarray(found.offsets, np.intp)  # (P, 2)
    last_characters = np.maximum(offsets[:, 1] - 1, offsets[:, 0])
    from_word, to_word = (
        np.maximum(words[:, 0].searchsorted(characters, "right") - 1, 0)
        for characters in (offsets[:, 0], last_characters)
    )  # (P,) both
    begins = np.ones(len(words), np.bool_)  # a word that does not hang on the one before it
    for piece in np.flatnonzero(to_word > from_word):
        begins[from_word[piece] + 1 : to_word[piece] + 1] = False
    merged = np.cumsum(begins) - 1  # (words,) the place of each among the merged ones
    starts = words[begins, 0]
    ends = words[np.append(np.flatnonzero(begins)[1:], len(words)) - 1, 1]
    kept, owners = np.unique(merged[from_word], return_inverse=True)
    return list(zip(starts[kept].tolist(), ends[kept].tolist(), strict=True)), owners


def _words_read(owners: NDArray[np.intp]) -> int:
    return int(owners.max()) + 1 if len(owners) else 0


def _explanation(text: _Text, values: NDArray[np.float32], metadata: BundleMetadata) -> Explanation:
    """Give the outputs of a text's variants, (V, D), their meaning."""
    outputs = Outputs(
        values=values[:1],
        tokens=np.asarray([text.tokens], np.int32),
        truncated=np.asarray([text.tokens > metadata.max_length - 2]),
    )
    changes = values[0].astype(np.float64) - values[1:]  # (V - 1, D)
    label = int(values[0].argmax())
    valences = None
    if metadata.label_values is not None:
        valences = changes @ np.asarray(metadata.label_values)  # (V - 1,)
    words = []
    for place, (start, end) in enumerate(text.spans):
        is_read = place < len(changes)
        valence = None
        if valences is not None:
            valence = float(valences[place]) if is_read else 0.0
        words.append(
            WordInfluence(
                text=text.text[start:end],
                start=start,
                end=end,
                influence=float(changes[place, label]) if is_read else 0.0,
                valence_influence=valence,
                truncated=not is_read,
            )
        )
    return Explanation(verdict=classifications(outputs, metadata)[0], words=tuple(words))


def _strength(word: WordInfluence) -> float:
    return abs(word.influence if word.valence_influence is None else word.valence_influence)
