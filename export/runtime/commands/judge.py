"""`bert-edge classify` and `explain`: a verdict for each line, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from export.runtime.commands.conventions import (
    AUTO,
    ErrorsOption,
    InputOption,
    LongOption,
    OutputOption,
    ResumeOption,
    RoutedBundleOption,
    ThreadsOption,
    note_on_tables,
    open_engine,
    reported,
    say,
    usable_threads,
)

if TYPE_CHECKING:
    from export.runtime.language_router import LanguageRouter


def classify(
    bundle: RoutedBundleOption = AUTO,
    source: InputOption = "-",
    target: OutputOption = "-",
    errors: ErrorsOption = "strict",
    long_texts: LongOption = "truncate",
    resume: ResumeOption = False,
    threads: ThreadsOption = None,
) -> None:
    """Judge each line: a JSON line each with label, scores and valence.

    Without --bundle each line goes to the bundle of its language, and says which; a line in a
    language without a bundle is kept and not judged.
    """
    with reported():
        from export.runtime.bulk import classify_lines, classify_lines_by_language

        note_on_tables(source)
        if bundle == AUTO:
            router = _router(threads)
            note = classify_lines_by_language(
                router,
                source,
                target,
                errors=errors,
                long_texts=long_texts,
                resume_with=_sentiment_hashes() if resume else None,
            )
        else:
            engine = open_engine(bundle, threads)
            note = classify_lines(
                engine, source, target, errors=errors, long_texts=long_texts, resume=resume
            )
        say(note)


def explain(
    bundle: RoutedBundleOption = AUTO,
    source: InputOption = "-",
    target: OutputOption = "-",
    errors: ErrorsOption = "strict",
    resume: ResumeOption = False,
    threads: ThreadsOption = None,
) -> None:
    """Judge each line and say what each word adds: the verdict minus that without the word.

    Bundles are chosen as by classify. Of a text over the limit the beginning is judged and
    explained; its other words are marked as truncated.
    """
    with reported():
        from export.runtime.bulk import explain_lines, explain_lines_by_language

        note_on_tables(source)
        if bundle == AUTO:
            router = _router(threads)
            note = explain_lines_by_language(
                router,
                source,
                target,
                errors=errors,
                resume_with=_sentiment_hashes() if resume else None,
            )
        else:
            engine = open_engine(bundle, threads)
            note = explain_lines(engine, source, target, errors=errors, resume=resume)
        say(note)


def _router(threads: int | None) -> LanguageRouter:
    from export.runtime import catalogue
    from export.runtime.bundle_family import bundles_by_language
    from export.runtime.language_router import LanguageRouter

    threads = usable_threads(threads)  # said once, not for each bundle
    bundles = bundles_by_language("sentiment", catalogue.SHIPPED)
    return LanguageRouter(bundles, lambda name: open_engine(name, threads))


def _sentiment_hashes() -> dict[str, str]:
    """Language to sha256 of the bundle that judges it."""
    from export.runtime import catalogue
    from export.runtime.bundle_family import bundles_by_language
    from export.runtime.file_hash import file_sha256

    names = bundles_by_language("sentiment", catalogue.SHIPPED)
    return {language: file_sha256(catalogue.find_bundle(name)) for language, name in names.items()}
