"""A line on the terminal that says how far the work is; written by hand, it costs no import."""

from __future__ import annotations

import time
from collections.abc import Callable
from types import TracebackType
from typing import Self, TextIO

_SECONDS_BETWEEN = 0.2


class ProgressLine:
    """Share done, texts, rate and time left, rewritten in place; silent unless a terminal."""

    def __init__(
        self,
        stream: TextIO,
        *,
        total_bytes: int | None,
        texts_before: int = 0,
        bytes_before: int = 0,
    ) -> None:
        """Begin to count the time.

        Args:
            stream: usually standard error.
            total_bytes: size of the input; None where it is not known, as for a pipe.
            texts_before: texts that an earlier run answered; they count for no speed.
            bytes_before: bytes of the input that they are.
        """
        self._texts_before, self._bytes_before = texts_before, bytes_before
        self._stream = stream
        self._total = total_bytes
        self._shown = stream.isatty()
        self._start = self._last = time.monotonic()

    def update(self, *, texts: int, bytes_read: int) -> None:
        """Say how much has been done.

        Args:
            texts: texts answered.
            bytes_read: bytes of the input that they are.
        """
        now = time.monotonic()
        if self._shown and now - self._last >= _SECONDS_BETWEEN:
            self._last = now
            elapsed = now - self._start
            line = describe(
                texts,
                bytes_read,
                self._total,
                elapsed,
                texts_before=self._texts_before,
                bytes_before=self._bytes_before,
            )
            self._stream.write(f"\r\x1b[2K{line}")
            self._stream.flush()

    def within_chunk(
        self, *, texts: int, bytes_read: int, more: int, end: int
    ) -> Callable[[int], None]:
        """What to call with the number of texts done of a chunk.

        Args:
            texts: texts answered before the chunk.
            bytes_read: bytes of the input before the chunk.
            more: texts in the chunk.
            end: bytes of the input at the end of the chunk.
        """

        def update(done: int) -> None:
            share = (end - bytes_read) * done // more
            self.update(texts=texts + done, bytes_read=bytes_read + share)

        return update

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._shown:
            self._stream.write("\r\x1b[2K")
            self._stream.flush()


def describe(
    texts: int,
    bytes_read: int,
    total_bytes: int | None,
    elapsed: float,
    *,
    texts_before: int = 0,
    bytes_before: int = 0,
) -> str:
    """For example ``" 42 %  12,345 texts  950/s  0:17 left"``.

    Args:
        texts: texts answered.
        bytes_read: bytes of the input that they are.
        total_bytes: size of the input, None = unknown.
        elapsed: seconds.
        texts_before: texts that were answered before these seconds.
        bytes_before: bytes of the input that they are.
    """
    line = f"{texts:,} texts  {(texts - texts_before) / max(elapsed, 1e-6):,.0f}/s"
    if not total_bytes or bytes_read <= bytes_before:
        return line
    share = min(1.0, bytes_read / total_bytes)
    left = round(elapsed * max(0, total_bytes - bytes_read) / (bytes_read - bytes_before))
    return f"{share:4.0%}  {line}  {left // 60}:{left % 60:02} left"
