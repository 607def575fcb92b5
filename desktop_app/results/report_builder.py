"""Gathers a report while rows go by, in memory that does not grow with them."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from desktop_app.results.column_watch import ColumnWatch
from desktop_app.results.group_counter import NOT_JUDGED
from desktop_app.results.report import Example, Report
from desktop_app.results.result_columns import source_cells
from desktop_app.results.result_row import ResultRow, ResultTable
from desktop_app.results.summary import Bucket, Distribution
from desktop_app.results.top_phrases import PhraseCounter

_CHUNK, _CHUNK_CHARACTERS = 1_024, 4_000_000  # rows that are counted together at most
EXAMPLES, PHRASES = 5, 10  # of each class
_EXAMPLE_LENGTH = 400  # characters
_MOST_STATUSES = 100


class ReportBuilder:
    """Counts everything a report says; a label that a person gave counts before the network's."""

    def __init__(
        self,
        table: ResultTable,
        *,
        by: Sequence[str] | None = None,
        over_time: Sequence[str] | None = None,
        bucket: Bucket | None = None,
        texts: bool = True,
    ) -> None:
        """Nothing is counted yet.

        Args:
            table: head of the table.
            by: as for `ColumnWatch`, the next two too.
            over_time: names of columns with dates.
            bucket: of time.
            texts: look for phrases and examples, which costs most of the time.

        Raises:
            ResultError: if a column is named that is not there.
        """
        self._table = table
        self._watch = ColumnWatch(table, by=by, over_time=over_time, bucket=bucket)
        self._codes = {label: code for code, label in enumerate(table.labels)}
        self._text = table.columns.index(table.text_column)
        self._counts = np.zeros(len(table.labels), np.int64)  # (L,)
        self._rows = self._uncertain = self._corrected = self._rated = 0
        self._valences = 0.0
        self._statuses: Counter[str] = Counter()
        self._languages: Counter[str] = Counter()
        self._with_texts = texts
        self._phrases = PhraseCounter(len(table.labels))
        self._examples = [_Best() for _ in table.labels]

    def passing(self, rows: Iterable[ResultRow]) -> Iterator[ResultRow]:
        """The rows as they come, each counted on its way."""
        waiting: list[ResultRow] = []
        characters = 0
        for row in rows:
            waiting.append(row)
            characters += sum(map(len, row.cells))
            if len(waiting) >= _CHUNK or characters >= _CHUNK_CHARACTERS:
                self.add(waiting)
                waiting, characters = [], 0
            yield row
        self.add(waiting)

    def add(self, rows: Sequence[ResultRow]) -> None:
        """Count rows."""
        if not rows:
            return
        cells = [source_cells(self._table, row) for row in rows]
        codes = np.fromiter(map(self._code, rows), np.intp, len(rows))  # (N,)
        valences = np.array(
            [np.nan if row.valence is None else row.valence for row in rows], np.float64
        )  # (N,)
        self._rows += len(rows)
        self._counts += np.bincount(codes[codes >= 0], minlength=len(self._counts))
        known = valences[np.isfinite(valences)]
        self._valences, self._rated = self._valences + float(known.sum()), self._rated + len(known)
        self._watch.add(cells, codes, valences)
        for row, code, row_cells in zip(rows, codes.tolist(), cells, strict=True):
            self._count(row, code, row_cells[self._text])

    def report(self, *, title: str, created: str, warnings: Sequence[str] = ()) -> Report:
        """What has been counted.

        Args:
            title: what was analysed.
            created: date and time, ISO 8601.
            warnings: about the source, for people.
        """
        judged = int(self._counts.sum())
        return Report(
            title=title,
            created=created,
            table=self._table,
            rows=self._rows,
            corrected=self._corrected,
            distribution=Distribution(
                labels=self._table.labels,
                counts=tuple(self._counts.tolist()),
                not_judged=self._rows - judged,
                uncertain=self._uncertain,
                mean_valence=self._valences / self._rated if self._rated else None,
                rated=self._rated,
            ),
            statuses=tuple(self._statuses.most_common()),
            languages=tuple(self._languages.most_common()),
            by_column=self._watch.by_column(),
            over_time=self._watch.over_time(),
            phrases=self._phrases.top(most=PHRASES),
            examples=tuple(best.examples() for best in self._examples),
            warnings=tuple(warnings),
        )

    def _code(self, row: ResultRow) -> int:
        code = self._codes.get(row.final_label) if row.final_label is not None else None
        if code is None and row.label is not None:  # a person's word that is no label here
            code = self._codes.get(row.label)
        return NOT_JUDGED if code is None else code

    def _count(self, row: ResultRow, code: int, text: str) -> None:
        known = row.status in self._statuses or len(self._statuses) < _MOST_STATUSES
        self._statuses[row.status if known else "other"] += 1
        self._languages[row.language] += 1
        self._corrected += row.corrected is not None and row.corrected != row.label
        self._uncertain += row.uncertain and row.label is not None
        if not self._with_texts:
            return
        self._phrases.add(text, code)
        if code >= 0 and code < len(row.scores) and row.final_label == row.label:
            self._examples[code].offer(row, row.scores[code], text)


class _Best:
    """The rows of one class that the network is surest of; of equal ones the first to come."""

    def __init__(self) -> None:
        self._heap: list[tuple[float, int, Example]] = []
        self._seen = 0

    def offer(self, row: ResultRow, confidence: float, text: str) -> None:
        self._seen += 1
        if len(self._heap) == EXAMPLES and confidence <= self._heap[0][0]:
            return
        shown = " ".join(text.split())
        if len(shown) > _EXAMPLE_LENGTH:
            shown = shown[: _EXAMPLE_LENGTH - 1] + "…"
        if any(each.text == shown for _, _, each in self._heap):
            return
        example = Example(
            text=shown, confidence=confidence, valence=row.valence, language=row.language
        )
        entry = (confidence, -self._seen, example)
        if len(self._heap) < EXAMPLES:
            heapq.heappush(self._heap, entry)
        else:
            heapq.heapreplace(self._heap, entry)

    def examples(self) -> tuple[Example, ...]:
        ordered = sorted(self._heap, key=lambda entry: (-entry[0], -entry[1]))
        return tuple(example for _, _, example in ordered)
