"""Bulk work chunk by chunk: reading, progress, what is told at the end."""

from __future__ import annotations

import contextlib
import sys
from collections import Counter
from collections.abc import Callable
from typing import IO, Any, Literal

from export.runtime.bulk_files import STANDARD, open_input, size_of
from export.runtime.engine import Progress
from export.runtime.language_router import Answer, LanguageRouter, Routed, not_judged_note
from export.runtime.progress_line import ProgressLine
from export.runtime.results import Classification
from export.runtime.resumable_output import Done, PartialOutput
from export.runtime.stop_request import raise_if_requested
from export.runtime.text_lines import CHUNK_LINES, read_chunks

Errors = Literal["strict", "replace"]


class LeftOut:
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
            notes.append(truncated_note(count, total, router.max_length(language)))
        return "\n".join(filter(None, notes))


def each_chunk(
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

    Raises:
        ValueError: if the file gets shorter meanwhile.
    """
    name = "standard input" if source == STANDARD else source
    earlier = partial.done if partial is not None else Done()
    done, truncated, before = earlier.texts, earlier.truncated, earlier.input_bytes
    with contextlib.ExitStack() as stack:
        stream = stack.enter_context(open_input(source))
        size = size_of(stream)
        line = stack.enter_context(
            ProgressLine(sys.stderr, total_bytes=size, texts_before=done, bytes_before=before)
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
            _require_whole(stream, name, size)  # before an answer to half a line is kept
            truncated += answer(chunk.texts, done, report)
            done += len(chunk.texts)
            before = chunk.bytes_read
            if partial is not None:
                partial.commit(texts=done, truncated=truncated, input_bytes=before)
            raise_if_requested()
        _require_whole(stream, name, size)
    return truncated, done


def _require_whole(stream: IO[bytes], name: str, size: int | None) -> None:
    """Refuse a file that lost its end since it was opened; one that grows is read on.

    Raises:
        ValueError: if it is shorter.
    """
    now = size_of(stream)
    if size is not None and now is not None and now < size:
        raise ValueError(
            f"{name} was cut from {size:,} to {now:,} bytes while it was read; what was written is "
            "not complete. Give a file that no other program shortens."
        )


def truncated_note(truncated: int, total: int, max_length: int) -> str:
    """Say how many of all texts were cut, by a network of `max_length` tokens; "" for none."""
    if not truncated:
        return ""
    return (
        f"{truncated:,} of {total:,} texts were longer than {max_length - 2} word pieces; only "
        "their beginning was read (marked as truncated)."
    )
