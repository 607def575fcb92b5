"""One row sentence by sentence, and what each verdict owes to each word."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

from bert_tf.text.sentences import Sentence, split_sentences
from desktop_app.analysis.bundle_routes import BundleRoutes
from desktop_app.analysis.worker_shelf import WorkerShelf
from desktop_app.corpus.route import Route, language_differs
from desktop_app.workers.worker_start import StartedWorker
from export.runtime.explanation import Explanation
from export.runtime.text_language import detect_language

MOST_SENTENCES, MOST_CHARACTERS = 40, 6_000  # of a row: each is computed as often as it has words


@dataclass(frozen=True, kw_only=True)
class SentenceExplanation:
    """A sentence of a row."""

    sentence: Sentence
    # places of words count from the sentence's start; None: without letters, in another language
    # than the bundle's, or behind the first `MOST_SENTENCES` and `MOST_CHARACTERS`
    explanation: Explanation | None


class RowExplainer:
    """Explains one row at a time; a newer wish makes an older one void. One thread uses it."""

    def __init__(self, shelf: WorkerShelf, post: Callable[[Callable[[], None]], None]) -> None:
        """Args:
        shelf: of the workers.
        post: runs a call on the thread that uses this, later.
        """
        self._shelf, self._post = shelf, post
        self._wish = 0

    def explain(
        self,
        text: str,
        language: str,
        routes: BundleRoutes,
        *,
        explained: Callable[[tuple[SentenceExplanation, ...]], None],
        failed: Callable[[BaseException], None],
    ) -> None:
        """Begin; one of the two is called, unless a newer wish comes first.

        Args:
            text: of the row.
            language: that it was judged in; "": it was not.
            routes: the bundles.
            explained: called with all sentences of the text in order.
            failed: called with the error.
        """
        self._wish += 1
        wish = self._wish
        sentences = split_sentences(text)
        language = language or detect_language(text).code or ""
        bundle = routes.bundle_for(language)
        asked: list[Sentence] = []
        if bundle is not None:
            by_language = None if routes.chosen else language
            asked = _first([each for each in sentences if _fits(each, by_language)])

        def answered(future: Future[Any]) -> None:
            if wish != self._wish:
                return
            error = future.exception()
            if error is not None:
                failed(error)
                return
            known = dict(zip(asked, future.result(), strict=True))
            explained(
                tuple(
                    SentenceExplanation(sentence=each, explanation=known.get(each))
                    for each in sentences
                )
            )

        def opened(future: Future[StartedWorker]) -> None:
            if wish != self._wish:
                return
            error = future.exception()
            if error is not None:
                failed(error)
                return
            texts = [each.text for each in asked]
            answer = future.result().worker.submit("explain", texts)
            answer.add_done_callback(lambda done: self._post(lambda: answered(done)))

        if not asked or bundle is None:
            nothing: Future[Any] = Future()
            nothing.set_result([])
            answered(nothing)
            return
        self._shelf.open(bundle).add_done_callback(lambda done: self._post(lambda: opened(done)))

    def forget(self) -> None:
        """Nothing is wanted any more."""
        self._wish += 1


def _first(sentences: list[Sentence]) -> list[Sentence]:
    """Those that are computed in a few seconds, one at least."""
    left = MOST_CHARACTERS
    for count, sentence in enumerate(sentences[:MOST_SENTENCES]):
        left -= len(sentence.text)
        if left < 0:
            return sentences[: max(1, count)]
    return sentences[:MOST_SENTENCES]


def _fits(sentence: Sentence, language: str | None) -> bool:
    """Whether a sentence can be explained by the bundle of a language; None: of any."""
    text = sentence.text
    if not any(map(str.isalnum, text)):
        return False
    if language is None:
        return True
    return not language_differs(text, Route(bundle="", language=language, basis="words"))
