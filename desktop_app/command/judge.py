"""Who judges the texts of a table: one bundle for all, or the bundle of each text's language."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from desktop_app.analysis.bundle_routes import open_routes
from desktop_app.analysis.judgement import Judgement, judgement_of
from desktop_app.results.provenance import Provenance
from export.runtime.bundle import Bundle
from export.runtime.engine import Engine
from export.runtime.language_router import LanguageRouter
from export.runtime.native_notes import native_notes_hidden
from export.runtime.proof import prove
from export.runtime.text_language import detect_language
from export.runtime.windows import LongTexts

AUTO = "auto"


class Judge(Protocol):
    """Judges texts, equal ones alike."""

    @property
    def provenance(self) -> tuple[Provenance, ...]: ...
    def judge(self, texts: Sequence[str], progress: Callable[[int], None]) -> list[Judgement]: ...
    def close(self) -> None: ...


class OneBundle:
    """One bundle judges every text, whatever its language."""

    def __init__(self, bundle: str, *, long_texts: LongTexts, threads: int | None) -> None:
        """Open the bundle.

        Raises:
            BundleError: if it cannot be used.
            ValueError: if it classifies nothing.
        """
        routes, _ = open_routes(bundle)
        self._engine = _engine(prove(bundle), threads)
        self._long_texts = long_texts
        self.provenance = routes.provenance

    def judge(self, texts: Sequence[str], progress: Callable[[int], None]) -> list[Judgement]:
        """Judge all texts; the language is told, and decides nothing."""
        verdicts = self._engine.classify(texts, long_texts=self._long_texts, progress=progress)
        return [
            judgement_of(verdict, detect_language(text).code)
            for text, verdict in zip(texts, verdicts, strict=True)
        ]

    def close(self) -> None:
        """Free the interpreters."""
        self._engine.close()


class BundleOfLanguage:
    """The shipped bundle of each text's language; a text in another language is not judged."""

    def __init__(self, *, long_texts: LongTexts, threads: int | None) -> None:
        """Read all bundles; an interpreter is built when the first text for it comes.

        Raises:
            BundleError: if a bundle cannot be used or is named for another language, or there is
                none.
            ValueError: if one classifies nothing.
        """
        routes, opened = open_routes(None)
        self._router = LanguageRouter(routes.bundles, lambda name: _engine(opened[name], threads))
        self._long_texts = long_texts
        self.provenance = routes.provenance

    def judge(self, texts: Sequence[str], progress: Callable[[int], None]) -> list[Judgement]:
        """Judge the texts that there is a bundle for."""
        routed = self._router.classify(texts, long_texts=self._long_texts, progress=progress)
        return [
            Judgement(status=each.status, language=each.language or "", verdict=None)
            if each.verdict is None
            else judgement_of(each.verdict, each.language)
            for each in routed
        ]

    def close(self) -> None:
        """Free the interpreters."""
        self._router.close()


def open_judge(bundle: str, *, long_texts: LongTexts, threads: int | None) -> Judge:
    """The judge that is asked for.

    Args:
        bundle: a name, a path, or "auto": by the language of each text.
        long_texts: what becomes of texts beyond what a network reads.
        threads: processors to use; None: all.

    Raises:
        BundleError: if a bundle cannot be used.
        ValueError: if it classifies nothing.
    """
    if bundle == AUTO:
        return BundleOfLanguage(long_texts=long_texts, threads=threads)
    return OneBundle(bundle, long_texts=long_texts, threads=threads)


def _engine(bundle: Bundle, threads: int | None) -> Engine:
    with native_notes_hidden():
        return Engine(bundle, num_threads=threads, num_workers=threads)
