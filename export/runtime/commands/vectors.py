"""`bert-edge embed` and `similarity`: a vector for each line, and the lines nearest to a query."""

from __future__ import annotations

import os
from pathlib import Path
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
    note_on_tables,
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
    with reported():
        from export.runtime.bulk import similar_lines

        if bundle == AUTO:
            raise ValueError(ONE_BUNDLE)
        note_on_tables(source)
        decoded = [_decoded(query) for query in queries]
        engine = open_engine(bundle, threads)
        note = similar_lines(
            engine, decoded, source, target, top=top, errors=errors, long_texts=long_texts
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
    with reported():
        from export.runtime.bulk import embed_lines

        if bundle == AUTO:
            raise ValueError(ONE_BUNDLE)
        note_on_tables(source)
        form = _form_of(target) if form is None else form
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


def _decoded(query: str) -> str:
    """A text of the command line as UTF-8, whatever the locale took its bytes for.

    Raises:
        ValueError: if its bytes are no UTF-8.
    """
    try:
        return os.fsencode(query).decode("utf-8")
    except ValueError as error:
        raise ValueError(f"--query must be UTF-8, received {query!a}.") from error


def _form_of(target: str) -> Literal["npy", "jsonl"]:
    """The form that the ending of an output stands for."""
    ending = Path(target).suffix.lower()
    if ending == ".npy":
        return "npy"
    if ending in ("", ".json", ".jsonl", ".ndjson", ".txt"):
        return "jsonl"
    raise ValueError(
        f"{target} ends in {ending}, which is neither an array (.npy) nor JSON lines (.jsonl); "
        "name another --output, or say --format npy or jsonl."
    )
