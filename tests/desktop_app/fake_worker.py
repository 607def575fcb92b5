"""A worker without a process: answers by simple rules, when it is told to or at once."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import numpy as np

from export.runtime.errors import BundleError
from export.runtime.explanation import Explanation, WordInfluence
from export.runtime.results import Classification, Embeddings

FIVE = ("very negative", "negative", "neutral", "positive", "very positive")
FIVE_VALUES = (-4.0, -2.0, 0.0, 2.0, 4.0)
_GOOD = {"good", "love", "wonderful", "great", "worth", "bright", "spotless", "friendly", "joy",
         "quieter", "impressed", "quickly", "best", "delighted", "painless", "fun"}  # fmt: skip
_GOOD_LETTERS, _BAD_LETTERS = set("好喜爱满赞棒"), set("坏差烂糟失")  # for Chinese
_BAD = {"bad", "awful", "hate", "failed", "miserable", "broken", "late", "rude", "regret",
        "nobody", "crashes", "cheap", "lukewarm"}  # fmt: skip


def metadata(
    *,
    name: str = "fake",
    task: str = "classification",
    labels: Sequence[str] = FIVE,
    label_values: Sequence[float] | None = FIVE_VALUES,
    max_length: int = 64,
    language: str = "en",
) -> Any:
    """The fields of `BundleMetadata` that the window reads."""
    classes = tuple(labels) if task == "classification" else ()
    return SimpleNamespace(
        name=name,
        task=task,
        language=language,
        max_length=max_length,
        labels=classes,
        label_values=tuple(label_values) if label_values and classes else None,
        output=SimpleNamespace(dim=len(classes) or 32),
    )


@dataclass(eq=False)
class FakeWorker:
    """Counts what it was asked; with `manual` it answers only when `answer_next` is called."""

    bundle_metadata: Any = field(default_factory=metadata)
    manual: bool = False
    refusal: str | None = None  # the reason why its bundle is refused
    on_restart: Callable[[str], None] | None = None
    asked: list[tuple[str, list[str]]] = field(default_factory=list)
    closed: bool = False
    waiting: list[tuple[Future[Any], str, list[str]]] = field(default_factory=list)

    @property
    def ready(self) -> Future[Any]:
        """The metadata, or `BundleError`."""
        future: Future[Any] = Future()
        if self.refusal is not None:
            future.set_exception(BundleError(self.refusal))
        else:
            future.set_result(self.bundle_metadata)
        return future

    def submit(self, kind: str, texts: Sequence[str]) -> Future[Any]:
        """Take a request."""
        future: Future[Any] = Future()
        self.asked.append((kind, list(texts)))
        self.waiting.append((future, kind, list(texts)))
        if not self.manual:
            self.answer_next()
        return future

    def answer_next(self, error: Exception | None = None) -> None:
        """Answer the oldest open request, or let it fail."""
        future, kind, texts = self.waiting.pop(0)
        if error is not None:
            future.set_exception(error)
        elif kind == "classify":
            future.set_result([self._classification(text) for text in texts])
        elif kind == "explain":
            future.set_result([self._explanation(text) for text in texts])
        else:
            vectors = np.stack([_vector(text) for text in texts])
            cut = np.array([len(text.split()) > 62 for text in texts])
            future.set_result(
                Embeddings(vectors=vectors, tokens=np.ones(len(texts), np.int32), truncated=cut)
            )

    def close(self) -> None:
        """End."""
        self.closed = True

    def _explanation(self, text: str) -> Explanation:
        """A word owes what the verdict loses without it."""
        whole = self._classification(text)
        words = []
        for found in re.finditer(r"\S+", text):
            rest = self._classification(text[: found.start()] + text[found.end() :])
            words.append(
                WordInfluence(
                    text=found.group(),
                    start=found.start(),
                    end=found.end(),
                    influence=whole.scores[str(whole.label)] - rest.scores[str(whole.label)],
                    valence_influence=None,
                    truncated=False,
                )
            )
        return Explanation(verdict=whole, words=tuple(words))

    def _classification(self, text: str) -> Classification:
        meta = self.bundle_metadata
        words = {word.strip(".,!?").lower() for word in text.split()}
        mood = len(words & _GOOD) - len(words & _BAD)
        mood += len(set(text) & _GOOD_LETTERS) - len(set(text) & _BAD_LETTERS)
        count = len(meta.labels)
        centre = (count - 1) / 2 + 0.9 * mood
        logits = np.array([-((place - centre) ** 2) for place in range(count)])
        shares = np.exp(logits - logits.max())
        shares /= shares.sum()
        valence = None
        if meta.label_values is not None:
            valence = float(np.dot(shares, meta.label_values))
        return Classification(
            label=meta.labels[int(shares.argmax())],
            scores=dict(zip(meta.labels, shares.tolist(), strict=True)),
            valence=valence,
            tokens=len(text.split()),
            truncated=len(text.split()) > meta.max_length - 2,
        )


def _vector(text: str) -> Any:
    """Words hashed into 32 buckets: texts that share words are near to each other."""
    vector = np.zeros(32, np.float32)
    for word in text.lower().split():
        vector[hashlib.sha256(word.strip(".,!?").encode()).digest()[0] % 32] += 1.0
    return vector / max(float(np.linalg.norm(vector)), 1e-9)
