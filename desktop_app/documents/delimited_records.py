"""Records of delimited text: cells between delimiters, in quotes where they must be.

What differs from the csv module: a quote that is never properly closed is a character like any
other, so that one stray quote does not swallow the rest of the file.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator

from desktop_app.documents.text_source import MAX_LINE_CHARACTERS, Line

_QUOTES = re.compile('"+')
_MAX_REREAD_LINES = 1_000  # joined by a quote, and taken apart again if the row does not fit
Record = tuple[list[str], int]  # cells; characters that were dropped


class DelimitedRecords:
    """Iterates over the records of lines; an empty line is a record without cells."""

    def __init__(
        self, lines: Iterator[Line], *, delimiter: str, max_cells: int, width: int | None = None
    ) -> None:
        r"""Read no line yet.

        Args:
            lines: without their ends.
            delimiter: one character, or "" for lines of one cell.
            max_cells: what follows stays undivided in one cell more.
            width: cells that a record should have, where that is known.
        """
        self._lines, self._delimiter = lines, delimiter
        self._max_cells, self.width = max_cells, width
        self._ahead: deque[Line] = deque()  # read already, to be read again

    def __iter__(self) -> Iterator[Record]:
        while (line := self._next()) is not None:
            text, dropped = line
            if "\r" in text and self._holds_records(text):
                self._ahead.extendleft((part, 0) for part in reversed(text.split("\r")))
                continue
            if not text:
                yield [], dropped
            elif '"' in text:
                yield self._quoted(text), dropped
            else:
                yield self._plain(text), dropped

    def _next(self) -> Line | None:
        return self._ahead.popleft() if self._ahead else next(self._lines, None)

    def _holds_records(self, text: str) -> bool:
        """Whether lone carriage returns divide a line into whole records."""
        if not self.width or self.width < 2 or '"' in text:
            return False
        return all(part.count(self._delimiter) + 1 == self.width for part in text.split("\r"))

    def _plain(self, text: str) -> list[str]:
        return text.split(self._delimiter, self._max_cells) if self._delimiter else [text]

    def _quoted(self, line: str) -> list[str]:
        taken: list[Line] = []  # lines that quotes joined to the first one
        cells, opened = self._parse(line, 0)
        text = line
        while opened >= 0:
            joined = self._closed(text[opened:], taken)
            if joined is None:
                start = self._after_literal(text, opened)
                cells.append(text[opened : start - 1] if start else text[opened:])
                more, opened = self._parse(text, start) if start else ([], -1)
            else:
                text = joined
                more, opened = self._parse(text, 0)
            cells += more
        if taken and self.width and len(cells) != self.width and len(taken) < _MAX_REREAD_LINES:
            literal = self._literal(line)
            if len(literal) == self.width:
                self._ahead.extendleft(reversed(taken))
                return literal
        return cells

    def _literal(self, line: str) -> list[str]:
        """The cells of one line where a quote that it does not close is a character."""
        cells, opened = self._parse(line, 0)
        while opened >= 0:
            start = self._after_literal(line, opened)
            cells.append(line[opened : start - 1] if start else line[opened:])
            more, opened = self._parse(line, start) if start else ([], -1)
            cells += more
        return cells

    def _after_literal(self, text: str, opened: int) -> int:
        """Where the cell after an unquoted one begins; 0: there is none."""
        return text.find(self._delimiter, opened) + 1 if self._delimiter else 0

    def _parse(self, text: str, at: int) -> tuple[list[str], int]:
        """Cells from a place on, and where a quote opens that is not closed; -1: nowhere."""
        cells: list[str] = []
        delimiter = self._delimiter
        while True:
            if len(cells) >= self._max_cells:
                return [*cells, text[at:]], -1
            if text.startswith('"', at):
                end = _closing(text, at + 1)
                if end < 0:
                    return cells, at
                after = end + 1
                if after == len(text):
                    return [*cells, text[at + 1 : end].replace('""', '"')], -1
                if delimiter and text.startswith(delimiter, after):
                    cells.append(text[at + 1 : end].replace('""', '"'))
                    at = after + 1
                    continue
            else:
                after = at  # of `"so" he said` everything is kept, the quotes as well
            stop = text.find(delimiter, after) if delimiter else -1
            if stop < 0:
                return [*cells, text[at:]], -1
            cells.append(text[at:stop])
            at = stop + 1

    def _closed(self, text: str, taken: list[Line]) -> str | None:
        """The text with the lines up to that which closes its quote; None: none does."""
        parts, read, size = [text], [], len(text)
        while size < MAX_LINE_CHARACTERS and (line := self._next()) is not None:
            read.append(line)
            parts.append(line[0])
            size += len(line[0]) + 1
            closing = _closing(line[0], 0)
            if closing >= 0:
                after = line[0][closing + 1 : closing + 2]
                if after and after != self._delimiter:
                    break
                taken += read
                return "\n".join(parts)
        self._ahead.extendleft(reversed(read))
        return None


def _closing(text: str, start: int) -> int:
    """Where a quoted cell ends: the last of an odd run of quotes; -1: nowhere."""
    for run in _QUOTES.finditer(text, start):
        if (run.end() - run.start()) % 2:
            return run.end() - 1
    return -1
