"""Texts of several languages, each judged by the bundle of its language or by none."""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

from bert_tf.text.tokenizer import checked_texts
from export.runtime.engine import Engine, Progress
from export.runtime.errors import BundleError
from export.runtime.explanation import Explanation
from export.runtime.results import Classification
from export.runtime.text_language import detect_language, status_without_bundle
from export.runtime.windows import LongTexts

MAX_OPEN = 2  # engines; the one not used for longest makes room
Status = Literal["judged", "blank", "unknown language", "unsupported language"]
Answer = TypeVar("Answer")


@dataclass(frozen=True, kw_only=True)
class Routed(Generic[Answer]):
    """What became of one text."""

    status: Status
    language: str | None  # BCP 47, as detected; None where it cannot be told
    bundle: str | None  # name of the bundle that judged
    verdict: Answer | None  # None unless judged


RoutedVerdict = Routed[Classification]
RoutedExplanation = Routed[Explanation]


class LanguageRouter:
    """Opens the bundle of a language when the first text of that language comes."""

    def __init__(self, bundles: Mapping[str, str], open_engine: Callable[[str], Engine]) -> None:
        """Nothing is opened yet.

        Args:
            bundles: language to name, as `bundles_by_language` gives them.
            open_engine: makes the Engine of a name.

        Raises:
            BundleError: if there is no bundle at all.
        """
        if not bundles:
            raise BundleError(
                "This installation has no shipped bundles to choose from; name a file with "
                "--bundle."
            )
        self._bundles = dict(bundles)
        self._open_engine = open_engine
        self._engines: OrderedDict[str, Engine] = OrderedDict()  # language to Engine, latest last

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that are judged."""
        return tuple(self._bundles)

    def classify(
        self,
        texts: Sequence[str],
        *,
        long_texts: LongTexts = "truncate",
        progress: Progress | None = None,
    ) -> list[RoutedVerdict]:
        """Judge texts, those of one language together.

        Args:
            texts: any strings, in any mixture.
            long_texts: as in `Engine.classify`.
            progress: called with the number of texts done.

        Raises:
            BundleError: if a bundle that is needed cannot be used.
        """

        def ask(engine: Engine, group: list[str], report: Progress | None) -> list[Classification]:
            return engine.classify(group, long_texts=long_texts, progress=report)

        return self._routed(texts, ask, progress)

    def explain(
        self, texts: Sequence[str], *, progress: Progress | None = None
    ) -> list[RoutedExplanation]:
        """Judge texts with and without each of their words; otherwise as `classify`."""

        def ask(engine: Engine, group: list[str], report: Progress | None) -> list[Explanation]:
            return engine.explain_many(group, progress=report)

        return self._routed(texts, ask, progress)

    def max_length(self, language: str) -> int:
        """Tokens that the bundle of a language reads, [CLS] and [SEP] counted."""
        return self._engine(language).metadata.max_length

    def close(self) -> None:
        """Free the engines."""
        while self._engines:
            self._engines.popitem()[1].close()

    def _routed(
        self,
        texts: Sequence[str],
        ask: Callable[[Engine, list[str], Progress | None], list[Answer]],
        progress: Progress | None,
    ) -> list[Routed[Answer]]:
        """Put the texts of each language to its Engine."""
        texts = checked_texts(texts)
        codes = {text: detect_language(text).code for text in dict.fromkeys(texts)}
        places: dict[str | None, list[int]] = {}
        for place, text in enumerate(texts):
            places.setdefault(codes[text], []).append(place)
        routed: list[Routed[Answer] | None] = [None] * len(texts)
        done = 0
        for code, rows in places.items():
            group = [texts[row] for row in rows]
            if code in self._bundles:
                answers = ask(self._engine(code), group, _from(done, progress))
                for row, answer in zip(rows, answers, strict=True):
                    routed[row] = Routed(
                        status="judged", language=code, bundle=self._bundles[code], verdict=answer
                    )
            else:
                for row, text in zip(rows, group, strict=True):
                    status = status_without_bundle(text, code)
                    routed[row] = Routed(status=status, language=code, bundle=None, verdict=None)
            done += len(rows)
        return [each for each in routed if each is not None]

    def _engine(self, language: str) -> Engine:
        if language in self._engines:
            self._engines.move_to_end(language)
            return self._engines[language]
        while len(self._engines) >= MAX_OPEN:
            self._engines.popitem(last=False)[1].close()
        name = self._bundles[language]
        engine = self._open_engine(name)
        engine.require("classification")
        found = engine.metadata.language
        if found.lower().split("-")[0] != language:
            raise BundleError(
                f"{name!r} is named for the language {language!r} but made for {found!r}; rename "
                "the file, or name the bundle with --bundle."
            )
        self._engines[language] = engine
        return engine


def not_judged_note(counts: Counter[str | None], languages: Sequence[str], total: int) -> str:
    """Say how many texts were left without a verdict, and why.

    Args:
        counts: detected language (None = unknown) to number of texts that were not judged.
        languages: those with a bundle.
        total: all texts.
    """
    if not counts:
        return ""
    kinds = ", ".join(f"{count:,} {code or 'unknown'}" for code, count in counts.most_common(5))
    more = ", ..." if len(counts) > 5 else ""
    return (
        f"{sum(counts.values()):,} of {total:,} texts are in a language without a bundle "
        f"({kinds}{more}) and were not judged; there are bundles for {', '.join(languages)}. "
        "Name one with --bundle to judge every text with it."
    )


def _from(start: int, progress: Progress | None) -> Progress | None:
    return None if progress is None else lambda done: progress(start + done)
