"""Where one text goes, and why."""

from __future__ import annotations

from dataclasses import dataclass

from export.runtime.text_language import Basis, detect_language


@dataclass(frozen=True, kw_only=True)
class Route:
    """The bundle that judges a text, or none."""

    bundle: str | None  # name or path; None: no bundle reads this language
    language: str | None = None  # BCP 47, as detected; None: unknown, or nobody asked
    basis: Basis | None = None  # None: the bundle was chosen by hand

    @property
    def by_hand(self) -> bool:
        """True when the language did not matter."""
        return self.basis is None


def language_differs(text: str, route: Route) -> bool:
    """True for a piece that is clearly in another language than the text it was routed with."""
    if route.by_hand:
        return False
    found = detect_language(text)
    return found.basis in ("characters", "words") and found.code != route.language
