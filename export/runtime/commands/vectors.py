"""`bert-edge embed` and `similarity`: a vector for each line, and the lines nearest to a query."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from export.runtime.commands.conventions import (
    AUTO,
    ONE_BUNDLE,
    BundleOption,
    ErrorsOption,
    InputOption,
    LongOption,
    OutputOption,
    ResumeOption,
    ThreadsOption,
    open_engine,
    reported,
    say,
)


def similarity(
    queries: Annotated[
        list[str], typer.Option("--query", metavar="TEXT", help="May be given several times.")
    ],
    bundle: BundleOption = "embedding-en",
    source: InputOption = "-",
    target: OutputOption = "-",
    top: Annotated[int, typer.Option("--top", min=1, help="Lines to show for each query.")] = 10,
    errors: ErrorsOption = "strict",
    long_texts: LongOption = "truncate",
    threads: ThreadsOption = None,
) -> None:
    """Find the lines nearest in meaning to each query: JSON lines, the nearest first."""
    from export.runtime.bulk import similar_lines

    with reported():
        if bundle == AUTO:
            raise ValueError(ONE_BUNDLE)
        engine = open_engine(bundle, threads)
        note = similar_lines(
            engine, queries, source, target, top=top, errors=errors, long_texts=long_texts
        )
        say(note)


def embed(
    bundle: BundleOption = "embedding-en",
    source: InputOption = "-",
    target: OutputOption = "-",
    errors: ErrorsOption = "strict",
    long_texts: LongOption = "truncate",
    resume: ResumeOption = False,
    threads: ThreadsOption = None,
    form: Annotated[
        Literal["npy", "jsonl"] | None,
        typer.Option("--format", help="If not given: npy for a .npy file, else jsonl."),
    ] = None,
) -> None:
    """Turn each line into a vector: a float32 .npy array (lines, width), or JSON lines."""
    from export.runtime.bulk import embed_lines

    with reported():
        if bundle == AUTO:
            raise ValueError(ONE_BUNDLE)
        if form is None:
            form = "npy" if target.lower().endswith(".npy") else "jsonl"
        engine = open_engine(bundle, threads)
        note = embed_lines(
            engine,
            source,
            target,
            errors=errors,
            long_texts=long_texts,
            form=form,
            resume=resume,
        )
        say(note)
