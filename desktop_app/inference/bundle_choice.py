"""Which bundle a page works with: that of the text's language, or one chosen by hand. No Qt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from desktop_app.corpus.route import Route
from export.runtime.text_language import TextLanguage, detect_language

PIECES_READ = 200  # of a text; more do not change the answer
_CHARACTER_WEIGHT = 3  # a Chinese character says as much as so many letters


class BundleChoice:
    """The choice in force on one page."""

    def __init__(self, by_language: Mapping[str, str]) -> None:
        """By language.

        Args:
            by_language: language to shipped bundle, the first one to begin with.
        """
        self._by_language = dict(by_language)
        self._added: tuple[str, ...] = ()
        self._opened: list[str] = []
        self.fixed: str | None = None  # the bundle chosen by hand

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that some shipped bundle reads."""
        return tuple(self._by_language)

    @property
    def shipped(self) -> tuple[str, ...]:
        """The bundles to choose from by language."""
        return tuple(self._by_language.values())

    @property
    def bundles(self) -> tuple[str, ...]:
        """All bundles to choose from: shipped, added, and those opened by hand last."""
        return (*self.shipped, *self._added, *self._opened)

    @property
    def first(self) -> str | None:
        """What to open before there is any text."""
        return self.fixed or next(iter(self.bundles), None)

    def offer(self, added: Sequence[str]) -> None:
        """Offer these added bundles; one that is no longer there is no longer fixed.

        Args:
            added: paths.
        """
        gone = set(self._added) - set(added)
        self._added = tuple(added)
        self._opened = [each for each in self._opened if each not in {*added, *gone}]
        if self.fixed in gone:
            self.fixed = None

    def fix(self, bundle: str | None) -> None:
        """Judge everything with this bundle from here on; None: by language again."""
        if bundle is not None and bundle not in self.bundles:
            self._opened.append(bundle)
        self.fixed = bundle

    def route(self, pieces: Sequence[str]) -> Route:
        """Where a text goes: to the bundle of the language that most of it is in.

        Args:
            pieces: the sentences or lines of the text; a mixture in one piece is told badly.
        """
        if self.fixed is not None:
            return Route(bundle=self.fixed)
        found = _main_language(pieces[:PIECES_READ])
        bundle = self._by_language.get(found.code) if found.code is not None else None
        return Route(bundle=bundle, language=found.code, basis=found.basis)


def _main_language(pieces: Sequence[str]) -> TextLanguage:
    weights: Counter[str | None] = Counter()
    largest: dict[str | None, tuple[int, TextLanguage]] = {}
    for piece in pieces:
        found = detect_language(piece)
        weight = len(piece) * (_CHARACTER_WEIGHT if found.basis == "characters" else 1)
        if found.basis == "no words":
            weight = 0
        weights[found.code] += weight
        largest[found.code] = max(
            largest.get(found.code, (-1, found)), (weight, found), key=lambda pair: pair[0]
        )
    if not weights:
        return TextLanguage(code=None, basis="no words")
    return largest[weights.most_common(1)[0][0]][1]
