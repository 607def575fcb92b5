"""Texts to learn language from, read document by document; files may be larger than memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Literal, get_args

from bert_tf.data.data_error import DataError
from bert_tf.data.data_lines import inner_suffix, read_data_lines
from bert_tf.data.table_reader import TABLE_DELIMITERS, Row, column, iterate_rows
from bert_tf.text.sentences import split_sentences

Layout = Literal["line", "sentences", "paragraphs"]
MAX_SENTENCE = 1 << 16  # characters; what runs on longer without an end is cut
MAX_DOCUMENT = 64 * 1024 * 1024  # characters; a document has to fit into memory


@dataclass(frozen=True, kw_only=True, slots=True)
class Document:
    """Sentences that follow one another."""

    sentences: list[str]  # none of them blank
    word_starts: list[list[int]] | None = None  # characters at which words begin, by sentence


@dataclass(frozen=True, kw_only=True)
class CorpusSettings:
    """How documents lie in the files."""

    # Text files: "line" is a document a line. In the other two a blank line ends a document, and
    # a line is a sentence ("sentences"), or sentences are cut where they end ("paragraphs").
    layout: Layout = "line"
    column: str = "text"  # tables: the column of a document's text
    words_column: str = "words"  # JSON lines: a list of words that joined are the text; may lack

    def __post_init__(self) -> None:
        if self.layout not in get_args(Layout):
            raise ValueError(
                f"layout must be one of {', '.join(get_args(Layout))}, received {self.layout!r}."
            )


class Corpus:
    """Documents of several files; every iteration reads them again from the start.

    Tables (.csv, .tsv, .jsonl, .ndjson) hold a document a row, any other file is plain text;
    .gz, .bz2 and .xz around them are opened.
    """

    def __init__(self, files: Sequence[Path], settings: CorpusSettings | None = None) -> None:
        """Check that the files are there; nothing is read yet.

        Raises:
            DataError: if there is no file, or one of them is missing.
        """
        self.files = [Path(file) for file in files]
        self.settings = settings or CorpusSettings()
        if not self.files:
            raise DataError("A corpus needs at least one file.")
        for file in self.files:
            if not file.is_file():
                raise DataError(f"{file} cannot be read: no such file.")
        self.total_bytes = sum(file.stat().st_size for file in self.files)
        self.bytes_read = 0  # of total_bytes, by the iteration that is under way

    def __iter__(self) -> Iterator[Document]:
        """The documents in the order of the files, blank ones left out.

        Raises:
            DataError: if a file is damaged, not UTF-8, lacks the column, or all are empty.
        """
        found = False
        before = 0
        for file in self.files:

            def note(position: int, before: int = before) -> None:
                self.bytes_read = before + position

            is_table = inner_suffix(file) in TABLE_DELIMITERS
            reader = self._table if is_table else self._text
            for document in reader(file, note):
                found = True
                yield document
            before += file.stat().st_size
        self.bytes_read = before
        if not found:
            names = ", ".join(map(str, self.files))
            raise DataError(f"The corpus holds no text: {names} are empty or blank.")

    def sentences(self) -> Iterator[str]:
        """All sentences, one after the other."""
        for document in self:
            yield from document.sentences

    def _text(self, file: Path, note: Callable[[int], None]) -> Iterator[Document]:
        lines = read_data_lines(file, on_bytes=note)
        if self.settings.layout == "line":
            for line in lines:
                yield from _document(line)
            return
        for block in _blocks(file, lines):
            if self.settings.layout == "sentences":
                stripped = (line.strip() for line in block)
                cut = [line[a:b] for line in stripped for a, b in _cut(0, len(line))]
                yield Document(sentences=cut)
            else:
                yield from _document("\n".join(block))

    def _table(self, file: Path, note: Callable[[int], None]) -> Iterator[Document]:
        for row in iterate_rows(file, on_bytes=note):
            text = column(file, row, self.settings.column)
            if text is None:
                continue
            if not isinstance(text, str):
                raise DataError(
                    f"{file}, line {row[0]}: column {self.settings.column!r} must hold text, "
                    f"received {text!r:.60}."
                )
            yield from _document(text, _words(file, row, text, self.settings.words_column))


def _blocks(file: Path, lines: Iterable[str]) -> Iterator[list[str]]:
    """Runs of lines between blank ones."""
    block: list[str] = []
    size = 0
    for line in lines:
        size += len(line) if line.strip() else 0
        if size > MAX_DOCUMENT:
            raise DataError(
                f"{file} holds a document of more than {MAX_DOCUMENT >> 20} million characters. "
                "Blank lines must divide documents; does it have a document a line?"
            )
        if line.strip():
            block.append(line)
        elif block:
            yield block
            block, size = [], 0
    if block:
        yield block


def _words(file: Path, row: Row, text: str, name: str) -> list[str] | None:
    words = row[1].get(name)
    if words is None or isinstance(words, str):
        return None
    if not (
        isinstance(words, list)
        and all(isinstance(word, str) and word for word in words)
        and "".join(words) == text
    ):
        raise DataError(
            f"{file}, line {row[0]}: {name!r} must be a list of words that joined are the text, "
            f"received {str(words)[:60]}."
        )
    return words


def _document(text: str, words: list[str] | None = None) -> Iterator[Document]:
    """One document, or none where there is nothing but blanks."""
    spans = [
        span for sentence in split_sentences(text) for span in _cut(sentence.start, sentence.end)
    ]
    if not spans:
        return
    sentences = [text[start:end] for start, end in spans]
    if words is None:
        yield Document(sentences=sentences)
        return
    starts = list(accumulate(map(len, words), initial=0))[:-1]
    yield Document(sentences=sentences, word_starts=_by_sentence(starts, spans))


def _cut(start: int, end: int) -> Iterator[tuple[int, int]]:
    """A span, in several where it is absurdly long: a tokenizer holds all of one in memory."""
    for first in range(start, end, MAX_SENTENCE):
        yield first, min(first + MAX_SENTENCE, end)


def _by_sentence(starts: list[int], spans: list[tuple[int, int]]) -> list[list[int]]:
    """The starts that fall into each span, counted from its own start."""
    result = []
    place = 0
    for begin, end in spans:
        while place < len(starts) and starts[place] < begin:
            place += 1
        inside = []
        while place < len(starts) and starts[place] < end:
            inside.append(starts[place] - begin)
            place += 1
        result.append(inside)
    return result
