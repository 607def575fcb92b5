"""From rows of a document to rows of results, a bounded number of them in memory."""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from hashlib import blake2b
from typing import TYPE_CHECKING

from desktop_app.analysis.judgement import WITHOUT_TEXT, Judgement, row_status
from desktop_app.documents.table_row import TableRow
from desktop_app.results.plain_text import encodable
from desktop_app.results.result_row import ResultRow, ResultTable
from desktop_app.results.uncertainty import UNCERTAIN_MARGIN, is_uncertain
from export.runtime.stop_request import raise_if_requested

if TYPE_CHECKING:
    from desktop_app.command.judge import Judge

_CHUNK_ROWS, _CHUNK_CHARACTERS = 2_048, 4_000_000  # that are judged together at most
_REMEMBERED = 50_000  # distinct texts whose judgement is kept: about 40 MB


class RowJudge:
    """Judges rows chunk by chunk; an equal text is judged once while it is remembered."""

    def __init__(
        self,
        judge: Judge,
        table: ResultTable,
        *,
        margin: float = UNCERTAIN_MARGIN,
        remembered: int = _REMEMBERED,
    ) -> None:
        """Nothing is judged yet.

        Args:
            judge: of the texts.
            table: head of the table; its labels are those of the judge's bundles.
            margin: below which a verdict is uncertain.
            remembered: distinct texts; the one not met for longest is forgotten first.
        """
        self._judge, self._table, self._margin = judge, table, margin
        self._place = table.columns.index(table.text_column)
        self._memory: OrderedDict[bytes, Judgement] = OrderedDict()
        self._remembered = remembered

    def rows(
        self, rows: Iterable[TableRow], progress: Callable[[int], None] | None = None
    ) -> Iterator[ResultRow]:
        """A result for each row, in order.

        Args:
            rows: of the document.
            progress: called with the number of rows judged.

        Raises:
            KeyboardInterrupt: if Ctrl-C was pressed.
            FloatingPointError: if a network gives no numbers.
        """
        done = 0
        for chunk in _chunks(rows):
            yield from self._judged(chunk, _within(progress, done, len(chunk)))
            done += len(chunk)
            if progress is not None:
                progress(done)
            raise_if_requested()

    def _judged(
        self, chunk: list[TableRow], progress: Callable[[int, int], None]
    ) -> Iterator[ResultRow]:
        texts = [self._text(row) for row in chunk]
        found: dict[str, Judgement] = {}
        new: list[str] = []
        for text in dict.fromkeys(text for text in texts if text is not None):
            known = self._memory.get(_key(text))
            if known is None:
                new.append(text)
            else:
                found[text] = known
        if new:
            answers = self._judge.judge(new, lambda done: progress(done, len(new)))
            found.update(zip(new, answers, strict=True))
        for text, judgement in found.items():
            self._remember(text, judgement)
        for row, maybe in zip(chunk, texts, strict=True):
            yield self._result(row, None if maybe is None else found[maybe])

    def _text(self, row: TableRow) -> str | None:
        if row.status in WITHOUT_TEXT:
            return None
        return encodable(row.cells[self._place]) if self._place < len(row.cells) else ""

    def _remember(self, text: str, judgement: Judgement) -> None:
        key = _key(text)
        self._memory[key] = judgement
        self._memory.move_to_end(key)
        if len(self._memory) > self._remembered:
            self._memory.popitem(last=False)

    def _result(self, row: TableRow, judgement: Judgement | None) -> ResultRow:
        verdict = None if judgement is None else judgement.verdict
        scores: tuple[float, ...] = ()
        if verdict is not None:
            scores = tuple(verdict.scores.get(label, math.nan) for label in self._table.labels)
        return ResultRow(
            cells=row.cells,
            status=row_status(row.status, None if judgement is None else judgement.shown_status),
            label=None if verdict is None else verdict.label,
            scores=scores,
            valence=None if verdict is None else verdict.valence,
            language="" if judgement is None else judgement.language,
            uncertain=verdict is not None and is_uncertain(scores, self._margin),
        )


def _chunks(rows: Iterable[TableRow]) -> Iterator[list[TableRow]]:
    chunk: list[TableRow] = []
    characters = 0
    for row in rows:
        chunk.append(row)
        characters += sum(map(len, row.cells))
        if len(chunk) >= _CHUNK_ROWS or characters >= _CHUNK_CHARACTERS:
            yield chunk
            chunk, characters = [], 0
    if chunk:
        yield chunk


def _within(
    progress: Callable[[int], None] | None, before: int, rows: int
) -> Callable[[int, int], None]:
    """Progress within a chunk: so many of its new texts are judged."""

    def report(done: int, of: int) -> None:
        if progress is not None:
            progress(before + rows * done // of)

    return report


def _key(text: str) -> bytes:
    return blake2b(text.encode(), digest_size=16).digest()
