"""Plain text and Markdown: a table of one column."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from desktop_app.documents.opened_table import OpenedTable, Reading
from desktop_app.documents.row_shape import RowShape
from desktop_app.documents.table_row import TableRow
from desktop_app.documents.text_source import Line, TextSource

MAX_PARAGRAPH_LINES = 10_000  # a longer one is divided
_MARKS = (
    (re.compile(r"!\[([^\]]*)\]\([^)]*\)"), r"\1"),  # pictures
    (re.compile(r"\[([^\]]+)\]\([^)]*\)"), r"\1"),  # links
    (re.compile(r"(\*\*|__|~~|`)(?=\S)(.+?)(?<=\S)\1"), r"\2"),
    (re.compile(r"(?<![\w*])\*(?=\S)([^*]+?)(?<=\S)\*(?![\w*])"), r"\1"),
)
_BLOCK_START = re.compile(r"^\s{0,3}(#{1,6}\s+|[-*+]\s+|\d{1,9}[.)]\s+|>\s?)+")
_RULE = re.compile(r"^\s*([-*_=]\s*){3,}$|^\s*\|?(\s*:?-+:?\s*\|)+\s*:?-*:?\s*$")
_FENCE = re.compile(r"^\s*(```|~~~)")


def open_plain_text(reading: Reading) -> OpenedTable:
    """Open a text file: a row a line, or a paragraph if the options ask for it.

    Lines, because answers and reviews that were pasted into a file stand one a line, and because
    the command line reads files so. Empty lines separate; they are no rows.

    Raises:
        DocumentError: if it cannot be opened or is no text.
    """
    source = TextSource(reading)
    lines = source.lines()
    units = _paragraphs(lines) if reading.options.unit == "paragraph" else _filled(lines)
    return _opened("txt", source, units, reading)


def open_markdown(reading: Reading) -> OpenedTable:
    """Open a Markdown file: a row a paragraph, heading, list item or table row, without marks.

    Raises:
        DocumentError: if it cannot be opened or is no text.
    """
    source = TextSource(reading)
    return _opened("markdown", source, _blocks(source.lines()), reading)


def _opened(kind: str, source: TextSource, units: Iterator[Line], reading: Reading) -> OpenedTable:
    guess = source.guess
    shape = RowShape(
        1,
        joint="",
        max_cell_characters=reading.options.max_cell_characters,
        encoding=guess.encoding,
    )
    warning = f"The encoding {guess.encoding} is a guess; check the characters."
    return OpenedTable(
        kind="markdown" if kind == "markdown" else "txt",
        columns=("text",),
        rows=_rows(units, shape),
        encoding=guess.encoding,
        warnings=() if guess.certain else (warning,),
        size=source.file.size,
        modified_ns=source.file.modified_ns,
        close=source.file.close,
    )


def _rows(units: Iterator[Line], shape: RowShape) -> Iterator[TableRow]:
    return (shape.row([text], dropped) for text, dropped in units)


def _filled(lines: Iterator[Line]) -> Iterator[Line]:
    return (line for line in lines if line[0].strip() or line[1])


def _paragraphs(lines: Iterator[Line]) -> Iterator[Line]:
    parts: list[str] = []
    lost = 0
    for text, dropped in lines:
        lost += dropped
        if text.strip():
            parts.append(text.strip())
        if parts and (not text.strip() or lost or len(parts) >= MAX_PARAGRAPH_LINES):
            yield join_lines(parts), lost
            parts, lost = [], 0
    if parts:
        yield join_lines(parts), lost


def _blocks(lines: Iterator[Line]) -> Iterator[Line]:
    def divided() -> Iterator[Line]:
        fenced = False
        for text, dropped in lines:
            if _FENCE.match(text):
                fenced = not fenced
                yield "", 0
            elif fenced:
                yield text, dropped
            elif _RULE.match(text[:1_000]):
                yield "", 0
            elif text.lstrip().startswith("|"):
                yield from [("", 0), (text.strip().strip("|").replace("|", " "), dropped), ("", 0)]
            elif _BLOCK_START.match(text[:1_000]):
                yield "", 0
                yield _BLOCK_START.sub("", text, count=1), dropped
                if text.lstrip().startswith("#"):
                    yield "", 0
            else:
                yield text, dropped

    return ((_unmarked(text), dropped) for text, dropped in _paragraphs(divided()))


def _unmarked(text: str) -> str:
    if len(text) > 100_000:  # no document that was written by hand
        return text
    for mark, inner in _MARKS:
        text = mark.sub(inner, text)
    return text


def join_lines(parts: list[str]) -> str:
    """Lines of one paragraph as one text: a blank between them, but none between Chinese ones."""
    joined = parts[0]
    pieces = [joined]
    for before, part in pairwise(parts):
        wide = before[-1:] >= "\u2e80" and part[:1] >= "\u2e80"
        pieces.append(part if wide else f" {part}")
    return "".join(pieces)
