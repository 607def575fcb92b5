"""Texts of several languages, each judged by the bundle of its language or by none."""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from export.runtime.engine import Engine, Progress
from export.runtime.errors import BundleError
from export.runtime.results import Classification
from export.runtime.text_language import detect_language

MAX_OPEN = 2  # engines; the one not used for longest makes room
Status = Literal["judged", "blank", "unknown language", "unsupported language"]


@dataclass(frozen=True, kw_only=True)
class RoutedVerdict:
    """What became of one text."""

    status: Status
    language: str | None  # BCP 47, as detected; None where it cannot be told
    bundle: str | None  # name of the bundle that judged
    verdict: Classification | None  # None unless judged


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
        self, texts: Sequence[str], *, progress: Progress | None = None
    ) -> list[RoutedVerdict]:
        """Judge texts, those of one language together.

        Args:
            texts: any strings, in any mixture.
            progress: called with the number of texts done.

        Raises:
            BundleError: if a bundle that is needed cannot be used.
        """
        codes = {text: detect_language(text).code for text in dict.fromkeys(texts)}
        places: dict[str | None, list[int]] = {}
        for place, text in enumerate(texts):
            places.setdefault(codes[text], []).append(place)
        routed: list[RoutedVerdict | None] = [None] * len(texts)
        done = 0
        for code, rows in places.items():
            group = [texts[row] for row in rows]
            if code in self._bundles:
                answers = self._judge(code, group, _from(done, progress))
            else:
                answers = [_not_judged(text, code) for text in group]
            for row, answer in zip(rows, answers, strict=True):
                routed[row] = answer
            done += len(rows)
        return [each for each in routed if each is not None]

    def max_length(self, language: str) -> int:
        """Tokens that the bundle of a language reads, [CLS] and [SEP] counted."""
        return self._engine(language).metadata.max_length

    def close(self) -> None:
        """Free the engines."""
        while self._engines:
            self._engines.popitem()[1].close()

    def _judge(
        self, language: str, texts: list[str], progress: Progress | None
    ) -> list[RoutedVerdict]:
        name = self._bundles[language]
        verdicts = self._engine(language).classify(texts, progress=progress)
        return [
            RoutedVerdict(status="judged", language=language, bundle=name, verdict=verdict)
            for verdict in verdicts
        ]

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


def _not_judged(text: str, code: str | None) -> RoutedVerdict:
    status: Status = "unsupported language" if code is not None else "unknown language"
    if not text.strip():
        status = "blank"
    return RoutedVerdict(status=status, language=code, bundle=None, verdict=None)


def _from(start: int, progress: Progress | None) -> Progress | None:
    return None if progress is None else lambda done: progress(start + done)
