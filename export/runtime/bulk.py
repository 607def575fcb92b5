"""From a file of lines to a file of answers, chunk by chunk."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import IO, Literal

import numpy as np

from bert_tf.text.tokenizer import valid_texts
from export.runtime.bulk_chunks import Errors, LeftOut, each_chunk, truncated_note
from export.runtime.bulk_files import STANDARD, job_of, open_place, seekable
from export.runtime.engine import Engine, Progress
from export.runtime.language_router import LanguageRouter
from export.runtime.output_lines import (
    NPY_HEADER_BYTES,
    NpyWriter,
    classification_lines,
    embedding_lines,
    explanation_lines,
    near_lines,
    routed_explanation_lines,
    routed_lines,
)
from export.runtime.results import Embeddings
from export.runtime.similarity import NearestLines
from export.runtime.windows import LongTexts

EXPLAINED_LINES = 64  # explained together: each is computed as often as it has words


def classify_lines(
    engine: Engine,
    source: str,
    target: str,
    *,
    errors: Errors = "strict",
    long_texts: LongTexts = "truncate",
    resume: bool = False,
) -> str:
    """Classify each line of `source` into a JSON line of `target`.

    Args:
        engine: of a classification bundle.
        source: a path, or "-" for standard input.
        target: a path, or "-" for standard output.
        errors: what to do with invalid UTF-8.
        long_texts: what to do with a text of more pieces than the network reads.
        resume: go on with what an earlier run of the same left, and leave the same if killed.

    Returns:
        A note for the user about truncated texts, or "".

    Raises:
        ValueError: for the wrong task or invalid text.
        OSError: for what cannot be read or written.
    """
    engine.require("classification")
    options = {"errors": errors, "long_texts": long_texts}
    job = None
    if resume:
        bundles = {"bundle": engine.bundle.sha256}
        job = job_of("classify", bundles, source, target, options)
    with open_place(source, target, job) as (stream, partial):

        def answer(texts: list[str], first: int, progress: Progress) -> int:
            verdicts = engine.classify(texts, long_texts=long_texts, progress=progress)
            stream.write(classification_lines(verdicts, first=first))
            stream.flush()
            return sum(verdict.truncated for verdict in verdicts)

        truncated, total = each_chunk(source, errors, answer, partial)
    return truncated_note(truncated, total, engine.metadata.max_length)


def classify_lines_by_language(
    router: LanguageRouter,
    source: str,
    target: str,
    *,
    errors: Errors = "strict",
    long_texts: LongTexts = "truncate",
    resume_with: Mapping[str, str] | None = None,
) -> str:
    """Classify each line with the bundle of its language; a line out for each line in.

    Arguments, note and errors as for `classify_lines`. To resume, `resume_with` holds the sha256
    of each language's bundle.
    """
    options = {"errors": errors, "long_texts": long_texts}
    job = None
    if resume_with is not None:
        job = job_of("classify", resume_with, source, target, options)
    with open_place(source, target, job) as (stream, partial):
        left_out = LeftOut({} if partial is None else partial.memory)

        def answer(texts: list[str], first: int, progress: Progress) -> int:
            routed = router.classify(texts, long_texts=long_texts, progress=progress)
            stream.write(routed_lines(routed, first=first))
            stream.flush()
            for each in routed:
                left_out.count(each, each.verdict)
            return 0

        _, total = each_chunk(source, errors, answer, partial)
    return left_out.note(router, total)


def explain_lines(
    engine: Engine,
    source: str,
    target: str,
    *,
    errors: Errors = "strict",
    resume: bool = False,
) -> str:
    """Explain the verdict on each line; arguments, note and errors as for `classify_lines`.

    Of a text of more pieces than the network reads, the beginning is judged and explained.
    """
    engine.require("classification")
    job = None
    if resume:
        bundles = {"bundle": engine.bundle.sha256}
        job = job_of("explain", bundles, source, target, {"errors": errors})
    with open_place(source, target, job) as (stream, partial):

        def answer(texts: list[str], first: int, progress: Progress) -> int:
            explanations = engine.explain_many(texts, progress=progress)
            stream.write(explanation_lines(explanations, first=first))
            stream.flush()
            return sum(each.verdict.truncated for each in explanations)

        truncated, total = each_chunk(source, errors, answer, partial, chunk_lines=EXPLAINED_LINES)
    return truncated_note(truncated, total, engine.metadata.max_length)


def explain_lines_by_language(
    router: LanguageRouter,
    source: str,
    target: str,
    *,
    errors: Errors = "strict",
    resume_with: Mapping[str, str] | None = None,
) -> str:
    """Explain the verdict of the bundle of each line's language.

    Otherwise as `explain_lines`, and to resume as `classify_lines_by_language`.
    """
    job = None
    if resume_with is not None:
        job = job_of("explain", resume_with, source, target, {"errors": errors})
    with open_place(source, target, job) as (stream, partial):
        left_out = LeftOut({} if partial is None else partial.memory)

        def answer(texts: list[str], first: int, progress: Progress) -> int:
            routed = router.explain(texts, progress=progress)
            stream.write(routed_explanation_lines(routed, first=first))
            stream.flush()
            for each in routed:
                left_out.count(each, None if each.verdict is None else each.verdict.verdict)
            return 0

        _, total = each_chunk(source, errors, answer, partial, chunk_lines=EXPLAINED_LINES)
    return left_out.note(router, total)


def similar_lines(
    engine: Engine,
    queries: Sequence[str],
    source: str,
    target: str,
    *,
    top: int,
    errors: Errors = "strict",
    long_texts: LongTexts = "truncate",
) -> str:
    """Write the `top` lines of `source` that are nearest to each query, as JSON lines.

    Arguments, note and errors as for `classify_lines`, with an engine of an embedding bundle;
    queries may be long texts too.

    Raises:
        ValueError: also for a blank query.
    """
    engine.require("embedding")
    queries = valid_texts(queries)  # from a command line they can hold lone surrogates
    nearest = NearestLines(engine.embed(queries, long_texts=long_texts), top=top)
    with open_place(source, target) as (stream, _):

        def answer(texts: list[str], first: int, progress: Progress) -> int:
            vectors = engine.embed(texts, long_texts=long_texts, progress=progress)
            nearest.add(texts, vectors, first=first)
            return int(vectors.truncated.sum())

        truncated, total = each_chunk(source, errors, answer)
        for query, found in zip(queries, nearest.nearest(), strict=True):
            stream.write(near_lines(query, found))
    return truncated_note(truncated, total, engine.metadata.max_length)


def embed_lines(
    engine: Engine,
    source: str,
    target: str,
    *,
    errors: Errors = "strict",
    long_texts: LongTexts = "truncate",
    form: Literal["npy", "jsonl"] = "npy",
    resume: bool = False,
) -> str:
    """Embed each line of `source`; arguments, note and errors as for `classify_lines`."""
    engine.require("embedding")
    if form == "npy" and target == STANDARD and sys.stdout.isatty():
        raise ValueError("An array is not for a terminal; pass --output FILE or --format jsonl.")
    options = {"errors": errors, "long_texts": long_texts, "format": form}
    job = None
    if resume:
        bundles = {"bundle": engine.bundle.sha256}
        job = job_of("embed", bundles, source, target, options)
    with contextlib.ExitStack() as stack:
        stream, partial = stack.enter_context(open_place(source, target, job))
        rows = partial.done.texts if partial is not None else 0
        write = stack.enter_context(_rows(stream, form, engine.metadata.output.dim, rows=rows))

        def answer(texts: list[str], first: int, progress: Progress) -> int:
            vectors = engine.embed(texts, long_texts=long_texts, progress=progress)
            write(vectors, first)
            return int(vectors.truncated.sum())

        truncated, total = each_chunk(source, errors, answer, partial)
    return truncated_note(truncated, total, engine.metadata.max_length)


@contextlib.contextmanager
def _rows(
    stream: IO[bytes], form: str, dim: int, *, rows: int = 0
) -> Iterator[Callable[[Embeddings, int], None]]:
    """What writes vectors in this form, behind `rows` that are there."""
    if form == "jsonl":

        def write(vectors: Embeddings, first: int) -> None:
            stream.write(embedding_lines(vectors, first=first))
            stream.flush()

        yield write
        return
    with seekable(stream) as file:
        if rows:
            if file.tell() != NPY_HEADER_BYTES + 4 * dim * rows:
                raise ValueError(
                    f"The partial output does not hold {rows:,} vectors; delete it to begin anew."
                )
            file.seek(0)
        writer = NpyWriter(file, dim=dim)
        if rows:
            writer.write(np.empty((rows, 0), np.float32))  # counts them and writes nothing
            file.seek(0, os.SEEK_END)
        yield lambda vectors, first: writer.write(vectors.vectors)
        writer.finish()
