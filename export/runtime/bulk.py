"""From a file of lines to a file of answers, chunk by chunk."""

from __future__ import annotations

import contextlib
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import IO, Any, Literal

import numpy as np

from bert_tf.text.tokenizer import valid_texts
from export.runtime.bulk_files import (
    STANDARD,
    job_of,
    open_input,
    open_place,
    seekable,
    size_of,
)
from export.runtime.engine import Engine, Progress
from export.runtime.language_router import Answer, LanguageRouter, Routed, not_judged_note
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
from export.runtime.progress_line import ProgressLine
from export.runtime.results import Classification, Embeddings
from export.runtime.resumable_output import Done, PartialOutput
from export.runtime.similarity import NearestLines
from export.runtime.stop_request import raise_if_requested
from export.runtime.text_lines import CHUNK_LINES, read_chunks
from export.runtime.windows import LongTexts

EXPLAINED_LINES = 64  # explained together: each is computed as often as it has words
Errors = Literal["strict", "replace"]


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

        truncated, total = _each_chunk(source, errors, answer, partial)
    return _truncated_note(truncated, total, engine.metadata.max_length)


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
        left_out = _LeftOut({} if partial is None else partial.memory)

        def answer(texts: list[str], first: int, progress: Progress) -> int:
            routed = router.classify(texts, long_texts=long_texts, progress=progress)
            stream.write(routed_lines(routed, first=first))
            stream.flush()
            for each in routed:
                left_out.count(each, each.verdict)
            return 0

        _, total = _each_chunk(source, errors, answer, partial)
    return left_out.note(router, total)


def explain_lines(engine: Engine, source: str, target: str, *, errors: Errors = "strict") -> str:
    """Explain the verdict on each line; arguments, note and errors as for `classify_lines`."""
    engine.require("classification")
    with open_place(source, target) as (stream, _):

        def answer(texts: list[str], first: int, progress: Progress) -> int:
            explanations = engine.explain_many(texts, progress=progress)
            stream.write(explanation_lines(explanations, first=first))
            stream.flush()
            return sum(each.verdict.truncated for each in explanations)

        truncated, total = _each_chunk(source, errors, answer, chunk_lines=EXPLAINED_LINES)
    return _truncated_note(truncated, total, engine.metadata.max_length)


def explain_lines_by_language(
    router: LanguageRouter, source: str, target: str, *, errors: Errors = "strict"
) -> str:
    """Explain the verdict of the bundle of each line's language; otherwise as `classify_lines`."""
    left_out = _LeftOut()
    with open_place(source, target) as (stream, _):

        def answer(texts: list[str], first: int, progress: Progress) -> int:
            routed = router.explain(texts, progress=progress)
            stream.write(routed_explanation_lines(routed, first=first))
            stream.flush()
            for each in routed:
                left_out.count(each, None if each.verdict is None else each.verdict.verdict)
            return 0

        _, total = _each_chunk(source, errors, answer, chunk_lines=EXPLAINED_LINES)
    return left_out.note(router, total)


def similar_lines(
    engine: Engine,
    queries: Sequence[str],
    source: str,
    target: str,
    *,
    top: int,
    errors: Errors = "strict",
) -> str:
    """Write the `top` lines of `source` that are nearest to each query, as JSON lines.

    Arguments, note and errors as for `classify_lines`, with an engine of an embedding bundle.

    Raises:
        ValueError: also for a blank query.
    """
    engine.require("embedding")
    queries = valid_texts(queries)  # from a command line they can hold lone surrogates
    nearest = NearestLines(engine.embed(queries), top=top)
    with open_place(source, target) as (stream, _):

        def answer(texts: list[str], first: int, progress: Progress) -> int:
            vectors = engine.embed(texts, progress=progress)
            nearest.add(texts, vectors, first=first)
            return int(vectors.truncated.sum())

        truncated, total = _each_chunk(source, errors, answer)
        for query, found in zip(queries, nearest.nearest(), strict=True):
            stream.write(near_lines(query, found))
    return _truncated_note(truncated, total, engine.metadata.max_length)


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

        truncated, total = _each_chunk(source, errors, answer, partial)
    return _truncated_note(truncated, total, engine.metadata.max_length)


class _LeftOut:
    """Counts what the user should hear about texts that were sent to several bundles."""

    def __init__(self, memory: dict[str, Any] | None = None) -> None:
        """Count into JSON values, and go on from those that are there already."""
        memory = {} if memory is None else memory
        if not all(isinstance(counts, dict) for counts in memory.values()):
            raise ValueError("The state of the partial output is damaged; delete it to begin anew.")
        self._truncated: dict[str, int] = memory.setdefault("truncated", {})  # by language
        self._not_judged: dict[str, int] = memory.setdefault("not_judged", {})  # "" = unknown

    def count(self, each: Routed[Answer], verdict: Classification | None) -> None:
        """Look at one text."""
        if verdict is None:
            if each.status != "blank":
                language = each.language or ""
                self._not_judged[language] = self._not_judged.get(language, 0) + 1
        elif verdict.truncated and each.language is not None:
            self._truncated[each.language] = self._truncated.get(each.language, 0) + 1

    def note(self, router: LanguageRouter, total: int) -> str:
        """A line for each kind, of `total` texts."""
        not_judged = Counter({key or None: count for key, count in self._not_judged.items()})
        notes = [not_judged_note(not_judged, router.languages, total)]
        for language, count in self._truncated.items():
            notes.append(_truncated_note(count, total, router.max_length(language)))
        return "\n".join(filter(None, notes))


def _each_chunk(
    source: str,
    errors: Errors,
    answer: Callable[[list[str], int, Progress], int],
    partial: PartialOutput | None = None,
    *,
    chunk_lines: int = CHUNK_LINES,
) -> tuple[int, int]:
    """Read, and call `answer(texts, index of the first, progress)`; it counts the truncated.

    Args:
        source: a path, or "-" for standard input.
        errors: what to do with invalid UTF-8.
        answer: writes what becomes of some texts.
        partial: what is done already, told after each chunk how far it is.
        chunk_lines: texts that are answered together at most.

    Returns:
        Texts truncated, and all texts.
    """
    name = "standard input" if source == STANDARD else source
    earlier = partial.done if partial is not None else Done()
    done, truncated, before = earlier.texts, earlier.truncated, earlier.input_bytes
    with contextlib.ExitStack() as stack:
        stream = stack.enter_context(open_input(source))
        line = stack.enter_context(
            ProgressLine(
                sys.stderr, total_bytes=size_of(stream), texts_before=done, bytes_before=before
            )
        )
        if before:
            stream.seek(before)
        for chunk in read_chunks(
            stream,
            name=name,
            errors=errors,
            lines_before=done,
            bytes_before=before,
            chunk_lines=chunk_lines,
        ):
            report = line.within_chunk(
                texts=done, bytes_read=before, more=len(chunk.texts), end=chunk.bytes_read
            )
            truncated += answer(chunk.texts, done, report)
            done += len(chunk.texts)
            before = chunk.bytes_read
            if partial is not None:
                partial.commit(texts=done, truncated=truncated, input_bytes=before)
            raise_if_requested()
    return truncated, done


def _truncated_note(truncated: int, total: int, max_length: int) -> str:
    if not truncated:
        return ""
    return (
        f"{truncated:,} of {total:,} texts were longer than {max_length - 2} word pieces; only "
        "their beginning was read (marked as truncated)."
    )


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
