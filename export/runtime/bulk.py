"""From a file of lines to a file of answers, chunk by chunk."""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Literal

from export.runtime.atomic_output import atomic_output
from export.runtime.engine import Engine, Progress
from export.runtime.language_router import LanguageRouter, not_judged_note
from export.runtime.output_lines import (
    NpyWriter,
    classification_lines,
    embedding_lines,
    routed_lines,
)
from export.runtime.progress_line import ProgressLine
from export.runtime.results import Embeddings
from export.runtime.stop_request import raise_if_requested
from export.runtime.text_lines import read_chunks

STANDARD = "-"
Errors = Literal["strict", "replace"]


def classify_lines(engine: Engine, source: str, target: str, *, errors: Errors = "strict") -> str:
    """Classify each line of `source` into a JSON line of `target`.

    Args:
        engine: of a classification bundle.
        source: a path, or "-" for standard input.
        target: a path, or "-" for standard output.
        errors: what to do with invalid UTF-8.

    Returns:
        A note for the user about truncated texts, or "".

    Raises:
        ValueError: for the wrong task or invalid text.
        OSError: for what cannot be read or written.
    """
    engine.require("classification")
    with _output(target) as stream:

        def answer(texts: list[str], first: int, progress: Progress) -> int:
            verdicts = engine.classify(texts, progress=progress)
            stream.write(classification_lines(verdicts, first=first))
            stream.flush()
            return sum(verdict.truncated for verdict in verdicts)

        truncated, total = _each_chunk(source, errors, answer)
    return _truncated_note(truncated, total, engine.metadata.max_length)


def classify_lines_by_language(
    router: LanguageRouter, source: str, target: str, *, errors: Errors = "strict"
) -> str:
    """Classify each line with the bundle of its language; a line out for each line in.

    Arguments, note and errors as for `classify_lines`.
    """
    truncated: Counter[str] = Counter()  # by language
    left_out: Counter[str | None] = Counter()
    with _output(target) as stream:

        def answer(texts: list[str], first: int, progress: Progress) -> int:
            routed = router.classify(texts, progress=progress)
            stream.write(routed_lines(routed, first=first))
            stream.flush()
            for each in routed:
                if each.verdict is None:
                    left_out.update([each.language] if each.status != "blank" else [])
                elif each.verdict.truncated and each.language is not None:
                    truncated[each.language] += 1
            return 0

        _, total = _each_chunk(source, errors, answer)
    notes = [not_judged_note(left_out, router.languages, total)]
    for language, count in truncated.items():
        notes.append(_truncated_note(count, total, router.max_length(language)))
    return "\n".join(filter(None, notes))


def embed_lines(
    engine: Engine,
    source: str,
    target: str,
    *,
    errors: Errors = "strict",
    form: Literal["npy", "jsonl"] = "npy",
) -> str:
    """Embed each line of `source`; arguments, note and errors as for `classify_lines`."""
    engine.require("embedding")
    if form == "npy" and target == STANDARD and sys.stdout.isatty():
        raise ValueError("An array is not for a terminal; pass --output FILE or --format jsonl.")
    with _output(target) as stream, _rows(stream, form, engine.metadata.output.dim) as write:

        def answer(texts: list[str], first: int, progress: Progress) -> int:
            vectors = engine.embed(texts, progress=progress)
            write(vectors, first)
            return int(vectors.truncated.sum())

        truncated, total = _each_chunk(source, errors, answer)
    return _truncated_note(truncated, total, engine.metadata.max_length)


def _each_chunk(
    source: str, errors: Errors, answer: Callable[[list[str], int, Progress], int]
) -> tuple[int, int]:
    """Read, and call `answer(texts, index of the first, progress)`; it counts the truncated.

    Returns:
        Texts truncated, and all texts.
    """
    name = "standard input" if source == STANDARD else source
    done = truncated = before = 0
    with _input(source) as stream, ProgressLine(sys.stderr, total_bytes=_size(stream)) as line:
        for chunk in read_chunks(stream, name=name, errors=errors):
            report = line.within_chunk(
                texts=done, bytes_read=before, more=len(chunk.texts), end=chunk.bytes_read
            )
            truncated += answer(chunk.texts, done, report)
            done += len(chunk.texts)
            before = chunk.bytes_read
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
def _rows(stream: IO[bytes], form: str, dim: int) -> Iterator[Callable[[Embeddings, int], None]]:
    """What writes vectors in this form."""
    if form == "jsonl":

        def write(vectors: Embeddings, first: int) -> None:
            stream.write(embedding_lines(vectors, first=first))
            stream.flush()

        yield write
        return
    with _seekable(stream) as file:
        writer = NpyWriter(file, dim=dim)
        yield lambda vectors, first: writer.write(vectors.vectors)
        writer.finish()


def _size(stream: IO[bytes]) -> int | None:
    with contextlib.suppress(OSError):
        status = os.fstat(stream.fileno())
        if stat.S_ISREG(status.st_mode):
            return status.st_size
    return None


@contextlib.contextmanager
def _input(source: str) -> Iterator[IO[bytes]]:
    if source == STANDARD:
        yield sys.stdin.buffer
        return
    try:
        stream = Path(source).open("rb")  # noqa: SIM115, an error here is about the name
    except OSError as error:
        raise OSError(f"Cannot read {source}: {error.strerror or error}.") from error
    with stream:
        yield stream


@contextlib.contextmanager
def _output(target: str) -> Iterator[IO[bytes]]:
    if target == STANDARD:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    with atomic_output(Path(target)) as stream:
        yield stream


@contextlib.contextmanager
def _seekable(stream: IO[bytes]) -> Iterator[IO[bytes]]:
    """The stream itself, or a temporary file that is copied to it at the end."""
    if stream.seekable() and stream is not sys.stdout.buffer:
        yield stream
        return
    with tempfile.TemporaryFile() as file:
        yield file
        file.seek(0)
        shutil.copyfileobj(file, stream)
