"""A progress line for what reads long files: documents, rate and time left."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from types import TracebackType
from typing import TypeVar

from rich.progress import DownloadColumn

from bert_tf.data.corpus import Corpus
from bert_tf.progress_bar import PLAIN_INTERVAL, make_bar, say_plainly

REFRESH_SECONDS = 0.2
_Item = TypeVar("_Item")


class ReadingProgress:
    """Shows on standard error how far a corpus was read; plain lines where no terminal is."""

    def __init__(self, corpus: Corpus, *, quiet: bool = False) -> None:
        self._corpus = corpus
        self._bar, self._plain = make_bar(quiet=quiet, count=DownloadColumn())
        self._interval = PLAIN_INTERVAL if self._plain else REFRESH_SECONDS
        self._task = self._bar.add_task("", total=corpus.total_bytes, rate="")

    def __enter__(self) -> ReadingProgress:
        self._bar.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._bar.stop()

    def over(self, items: Iterable[_Item], *, description: str, unit: str) -> Iterator[_Item]:
        """The items, which come from the corpus, with the line kept up to date."""
        self._bar.reset(self._task, description=description, total=self._corpus.total_bytes)
        start = last = time.monotonic()
        for count, item in enumerate(items, start=1):
            yield item
            now = time.monotonic()
            if now - last >= self._interval:
                last = now
                self._show(description, f"{count / (now - start):,.0f} {unit}/s", now - start)
        self._bar.update(self._task, completed=self._corpus.total_bytes)

    def _show(self, description: str, rate: str, seconds: float) -> None:
        done, total = self._corpus.bytes_read, self._corpus.total_bytes
        self._bar.update(self._task, completed=done, rate=rate)
        if self._plain and done:
            left = seconds * (total - done) / done
            line = f"{description}: {done / total:.0%}  {rate}  {left / 60:.0f} min left"
            say_plainly(line)
