"""What a classification says about a text and about each of its sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

from bert_tf.text.sentences import Sentence
from desktop_app.corpus.route import Route

Basis = Literal["whole text", "sentences"]


class ClassificationLike(Protocol):
    """The part of the runtime's `Classification` that a verdict is made of."""

    @property
    def label(self) -> str | None: ...
    @property
    def scores(self) -> Mapping[str, float]: ...
    @property
    def valence(self) -> float | None: ...
    @property
    def tokens(self) -> int: ...
    @property
    def truncated(self) -> bool: ...


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """A label with the probability of every label, and where it falls on the scale."""

    label: str | None  # None for a text without any content, or in another language
    scores: Mapping[str, float] = field(default_factory=dict)  # label -> probability
    valence: float | None = None  # on the bundle's scale; None where it has none
    tokens: int = 0  # word pieces of the text, before any cut
    truncated: bool = False  # the model read only the beginning
    basis: Basis = "whole text"
    foreign: bool = False  # in another language than the bundle's, so it was not judged

    @property
    def confidence(self) -> float:
        """Probability of the chosen label, 0 where there is none."""
        return self.scores.get(self.label, 0.0) if self.label is not None else 0.0

    @classmethod
    def of(cls, answer: ClassificationLike) -> Verdict:
        """The verdict that one answer of the engine stands for."""
        return cls(
            label=answer.label,
            scores=answer.scores,
            valence=answer.valence,
            tokens=answer.tokens,
            truncated=answer.truncated,
        )


@dataclass(frozen=True, kw_only=True)
class Analysis:
    """A text cut into sentences with the verdicts known so far."""

    text: str
    sentences: Sequence[Sentence]
    verdicts: Sequence[Verdict | None]  # beside `sentences`; None while it is being read
    overall: Verdict | None = None
    route: Route | None = None  # None where there is no choice of bundles, or no text

    @property
    def unsupported(self) -> bool:
        """True when there is a text and no bundle for its language: nothing will be judged."""
        return self.route is not None and self.route.bundle is None

    @property
    def done(self) -> int:
        """How many sentences have their verdict."""
        return sum(verdict is not None for verdict in self.verdicts)

    @property
    def complete(self) -> bool:
        """True when nothing is missing."""
        return self.overall is not None and self.done == len(self.sentences)


def overall_verdict(whole: Verdict | None, sentences: Sequence[Verdict | None]) -> Verdict | None:
    """The verdict on a whole text.

    The model's own reading of the text where it could read all of it; otherwise the mean of the
    sentences, each weighted by its word pieces, so that the end counts as much as the beginning.

    Args:
        whole: the reading of the text in one piece, None where it was not asked for.
        sentences: the verdicts of its sentences; None for those still missing.

    Returns:
        None while there is nothing to judge by.
    """
    if whole is not None and not whole.truncated:
        return whole
    known = [verdict for verdict in sentences if verdict is not None and verdict.label is not None]
    if not known:
        return whole
    weights = [max(verdict.tokens, 1) for verdict in known]
    total = sum(weights)
    scores = {
        label: sum(w * v.scores.get(label, 0.0) for w, v in zip(weights, known, strict=True))
        / total
        for label in known[0].scores
    }
    valences = [verdict.valence for verdict in known]
    valence = None
    if all(value is not None for value in valences):
        valence = sum(w * (v or 0.0) for w, v in zip(weights, valences, strict=True)) / total
    return Verdict(
        label=max(scores, key=scores.__getitem__),
        scores=scores,
        valence=valence,
        tokens=whole.tokens if whole is not None else total,
        basis="sentences",
    )
