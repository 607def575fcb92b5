"""The phrases that mark each class: words and pairs of them, or pieces of two to four characters.

A phrase is scored by the log-odds of being in a text of the class against the other classes, with
a prior that is as frequent as the phrase is overall, in standard deviations (Monroe, Colaresi and
Quinn 2008, "Fightin' Words", section 3.5.1). So what is merely rare does not come out on top.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desktop_app.results.stop_words import CHINESE, ENGLISH

# Axis letters: P phrases, L labels.
MAX_PHRASES = 200_000  # counted at the same time; about 40 MB
_MOST_COUNTS = 4_000_000  # phrases x labels
_MOST_WAITING = 100_000  # counts that are raised together
_READ = 2_000  # characters of a text
_PRIOR_SHARE = 0.1  # weight of the prior against what was counted
_LEAST = 3  # texts that a phrase must be in: twice is chance
_TELLING = 1.0  # a lower score is chance
_LETTER = "[^\\W_\u3400-\u4dbf\u4e00-\u9fff]"  # or digit, of a script that has words
_TOKENS = re.compile(
    f"[\u3400-\u4dbf\u4e00-\u9fff]+|(?!\\d){_LETTER}(?:(?:{_LETTER}|')*{_LETTER})?"
)
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")
_LONGEST = 4  # Han characters of a phrase


@dataclass(frozen=True, kw_only=True)
class Phrase:
    """A phrase that marks a class."""

    text: str
    score: float  # standard deviations above what the other classes would give
    texts: int  # of the class that have it
    other_texts: int  # of the other classes that have it


class PhraseCounter:
    """Counts in how many texts of each class a phrase is, in bounded memory.

    When there are too many phrases the rarest are forgotten, the same ones on every run, so that
    the counts of rare phrases are lower bounds; frequent ones are exact.
    """

    def __init__(self, num_labels: int, *, max_phrases: int = MAX_PHRASES) -> None:
        """Nothing is counted yet.

        Args:
            num_labels: codes are 0 to `num_labels - 1`.
            max_phrases: counted at the same time at most.
        """
        self._places: dict[str, int] = {}
        self._max_phrases = min(max_phrases, max(1_000, _MOST_COUNTS // max(num_labels, 1)))
        self._counts = np.zeros((self._max_phrases, num_labels), np.int32)  # (P, L)
        self._waiting: list[int] = []  # places in the flat counts, each to be raised by one

    def __len__(self) -> int:
        return len(self._places)

    def add(self, text: str, code: int) -> None:
        """Count a text of a class; a text without a verdict (a negative code) is left out."""
        if code < 0:
            return
        places, waiting, width = self._places, self._waiting, self._counts.shape[1]
        for phrase in dict.fromkeys(phrases_of(text)):  # a set has another order each run
            place = places.get(phrase)
            if place is None:
                if len(places) >= self._max_phrases:
                    self._forget()
                place = places[phrase] = len(places)
            waiting.append(place * width + code)
        if len(waiting) > _MOST_WAITING:
            self._raise_counts()

    def top(self, *, most: int = 10) -> tuple[tuple[Phrase, ...], ...]:
        """The phrases of each class, the most telling first; of equal ones by the alphabet.

        A piece of Chinese that is nearly always part of a longer one gives way to it.
        """
        self._raise_counts()
        names = list(self._places)
        enough = np.flatnonzero(self._counts[: len(names)].sum(axis=1) >= _LEAST)
        counts = self._counts[enough].astype(np.float64)  # (P, L)
        scores = _log_odds(counts)  # (P, L)
        found = []
        for label in range(counts.shape[1]):
            column = scores[:, label]
            telling = np.flatnonzero(column >= _TELLING)
            order = sorted(
                telling.tolist(), key=lambda place: (-column[place], names[enough[place]])
            )
            chosen: list[Phrase] = []
            for place in order[: 50 * most]:
                row = counts[place]
                phrase = Phrase(
                    text=names[enough[place]],
                    score=float(column[place]),
                    texts=int(row[label]),
                    other_texts=int(row.sum() - row[label]),
                )
                _choose(chosen, phrase)
            found.append(tuple(chosen[:most]))
        return tuple(found)

    def _raise_counts(self) -> None:
        """Many at once: one by one costs more than finding the phrases."""
        if self._waiting:
            flat = np.bincount(self._waiting, minlength=self._counts.size)
            self._counts += flat.reshape(self._counts.shape).astype(np.int32)
            self._waiting.clear()

    def _forget(self) -> None:
        """Keep the more frequent half."""
        self._raise_counts()
        totals = self._counts[: len(self._places)].sum(axis=1)
        keep = np.sort(np.argsort(-totals, kind="stable")[: self._max_phrases // 2])
        names = list(self._places)
        self._places.clear()
        self._places.update((names[place], number) for number, place in enumerate(keep.tolist()))
        kept = self._counts[keep]
        self._counts[:] = 0
        self._counts[: len(kept)] = kept


def phrases_of(text: str) -> Iterator[str]:
    """The phrases of a text: words, pairs of words beside each other, pieces of Han characters."""
    before = ""
    end = 0
    text = text[:_READ].replace("\u2019", "'")
    for found in _TOKENS.finditer(text):
        token = found.group()
        if _HAN.match(token):
            before = ""
            yield from _pieces(token)
            continue
        word = token.lower()
        said = word not in ENGLISH
        if said and len(word) > 1:
            yield word
        if before and text[end : found.start()] == " ":
            first = before not in ENGLISH
            if said and first:
                yield f"{before} {word}"
        before, end = word, found.end()


def _pieces(run: str) -> Iterator[str]:
    for size in range(2, _LONGEST + 1):
        for start in range(len(run) - size + 1):
            piece = run[start : start + size]
            if piece[0] not in CHINESE and piece[-1] not in CHINESE:
                yield piece


def _log_odds(counts: NDArray[np.float64]) -> NDArray[np.float64]:
    """Scores of P phrases for L classes, (P, L), in standard deviations."""
    if not len(counts) or counts.shape[1] < 2:
        return np.zeros_like(counts)
    overall = counts.sum(axis=1, keepdims=True)  # (P, 1)
    weight = _PRIOR_SHARE * overall.sum()
    prior = _PRIOR_SHARE * overall  # (P, 1), sums to the weight
    others = overall - counts
    inside, outside = counts.sum(axis=0), others.sum(axis=0)  # (L,)
    rest = np.maximum(inside + weight - counts - prior, 0.5)  # of a single phrase there is none
    other_rest = np.maximum(outside + weight - others - prior, 0.5)
    odds = np.log((counts + prior) / rest)
    other_odds = np.log((others + prior) / other_rest)
    variance = 1 / (counts + prior) + 1 / (others + prior)
    return np.asarray((odds - other_odds) / np.sqrt(variance))


def _choose(chosen: list[Phrase], phrase: Phrase) -> None:
    """Add a phrase, unless it says what one that is chosen says; the longer one stays."""
    alike = [place for place, other in enumerate(chosen) if _say_the_same(other, phrase)]
    if any(len(chosen[place].text) >= len(phrase.text) for place in alike):
        return
    place = alike[0] if alike else len(chosen)
    kept = [other for number, other in enumerate(chosen) if number not in alike]
    chosen[:] = [*kept[:place], phrase, *kept[place:]]


def _say_the_same(first: Phrase, second: Phrase) -> bool:
    inside, around = sorted((first.text, second.text), key=len)
    nearly_as_often = min(first.texts, second.texts) >= 0.7 * max(first.texts, second.texts)
    return nearly_as_often and _is_part(inside, around)


def _is_part(inside: str, around: str) -> bool:
    if _HAN.match(inside):
        return inside in around
    return f" {inside} " in f" {around} "
