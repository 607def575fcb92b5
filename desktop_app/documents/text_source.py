"""The lines of a text file in any encoding, streamed, with memory bounded."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from desktop_app.documents.document_error import DocumentError
from desktop_app.documents.encodings import EncodingGuess, guess_encoding, mark_of
from desktop_app.documents.opened_table import Reading
from desktop_app.documents.source_file import SourceFile

HEAD_BYTES = 1 << 18  # looked at to guess encoding, delimiter and header
PREVIEW_BYTES = 4 << 20  # read at most for a preview, with `HEAD_BYTES` and the probes
_CHUNK_BYTES = 1 << 18
_PROBES = 16  # places looked at in a file whose head is plain ASCII
_PROBE_BYTES = 1 << 15
MAX_LINE_CHARACTERS = 64 << 20  # the rest of a longer line is dropped and counted
_CHECK_BYTES = 64 << 20  # between two looks at whether the file changed
_CONTROLS = re.compile(r"[\x01-\x08\x0e-\x19\x1c-\x1f\ufffd]")
BINARY_HEADS = (  # of files that are no text, whatever they are called
    *(b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"PK\x03\x04", b"\x7fELF", b"SQLite format 3\0"),
    *(b"\x1f\x8b\x08", b"7z\xbc\xaf", b"Rar!", b"\xd0\xcf\x11\xe0", b"%PDF-"),
)
Line = tuple[str, int]  # without its end; characters that were dropped from it


class TextSource:
    """A text file with its encoding."""

    def __init__(self, reading: Reading) -> None:
        """Open the file and guess its encoding, unless the options name it.

        Raises:
            DocumentError: if it cannot be opened or is no text.
        """
        self.file = SourceFile(reading.path)
        self._pulse = reading.pulse
        self._limit = PREVIEW_BYTES if reading.head_only else None  # bytes
        try:
            head = self.file.read_at(0, HEAD_BYTES)
            self.guess = self._guess(head, reading.options.encoding)
            self.head = self._head_text(head)
        except DocumentError:
            self.file.close()
            raise
        self.carriage_returns = "\n" not in self.head and "\r" in self.head

    def read_whole(self) -> None:
        """Read to the end also for a preview: the text is of one piece, and small."""
        self._limit = None

    def head_lines(self) -> Iterator[Line]:
        """The lines of the head, without one that is cut off by its end."""
        return _lines(iter([self.head]), carriage_returns=self.carriage_returns)

    def lines(self) -> Iterator[Line]:
        """All lines; of a preview those of its first bytes.

        Raises:
            DocumentError: if the file changes meanwhile.
        """
        return _lines(self.chunks(), carriage_returns=self.carriage_returns)

    def chunks(self) -> Iterator[str]:
        """The text in pieces, without NUL characters.

        Raises:
            DocumentError: if the file changes meanwhile.
        """
        decoder = codecs.getincrementaldecoder(self.guess.encoding)("replace")
        offset, checked = self.guess.mark_bytes, 0
        end = self.file.size if self._limit is None else min(self.file.size, self._limit)
        while offset < end:
            self._pulse(None)
            data = self.file.read_at(offset, min(_CHUNK_BYTES, end - offset))
            offset += len(data)
            if not data or offset - checked > _CHECK_BYTES:
                self.file.check_unchanged()
                checked = offset
            if not data:
                break
            yield decoder.decode(data).replace("\0", "")
        if end == self.file.size:
            yield decoder.decode(b"", True).replace("\0", "")
            self.file.check_unchanged()

    def _guess(self, head: bytes, encoding: str | None) -> EncodingGuess:
        marked = mark_of(head)
        if encoding is not None:
            same = marked is not None and codecs.lookup(encoding).name == marked.encoding
            mark = marked.mark_bytes if marked is not None and same else 0
            return EncodingGuess(encoding=encoding, mark_bytes=mark)
        if marked is None and head.startswith(BINARY_HEADS):
            raise _no_text(self.file)
        complete = len(head) == self.file.size
        if not complete and head.isascii() and b"\0" not in head:
            return self._probed()
        return guess_encoding(head, complete=complete)

    def _probed(self) -> EncodingGuess:
        """The encoding by the first place with something above ASCII in it."""
        step = max(1, self.file.size // _PROBES)
        for place in range(step // 2, self.file.size, step):
            probe = self.file.read_at(place, _PROBE_BYTES)
            start, end = probe.find(b"\n") + 1, probe.rfind(b"\n") + 1
            probe = probe[start:end]
            if not probe.isascii() and b"\0" not in probe:
                return guess_encoding(probe)
        return EncodingGuess(encoding="utf-8", certain=False)

    def _head_text(self, head: bytes) -> str:
        decoder = codecs.getincrementaldecoder(self.guess.encoding)("replace")
        complete = len(head) == self.file.size
        try:
            text = decoder.decode(head[self.guess.mark_bytes :], complete)
        except UnicodeError as error:  # "utf-16" without a mark under errors=replace
            raise DocumentError(
                f"{self.file.path} is not {self.guess.encoding} ({error}). Choose another one.",
                reason="options",
            ) from error
        controls = len(_CONTROLS.findall(text))
        if (controls > 64 and controls > 0.1 * len(text)) or (
            len(text) > 256 and text.count("\0") > 0.5 * len(text)
        ):
            raise _no_text(self.file)
        text = text.replace("\0", "")
        if complete:
            return text
        end = max(text.rfind("\n"), text.rfind("\r")) + 1
        return text[:end] if end else text


def _no_text(file: SourceFile) -> DocumentError:
    return DocumentError(
        f"{file.path} is not a text file, whatever its name says. Choose a table, a text, a Word "
        "document or a PDF."
    )


def _lines(chunks: Iterator[str], *, carriage_returns: bool) -> Iterator[Line]:
    end = "\r" if carriage_returns else "\n"
    parts: list[str] = []  # of a line whose end was not seen yet
    size = dropped = 0
    for chunk in chunks:
        pieces = chunk.split(end)
        for piece in pieces[:-1]:
            if parts:
                room = max(0, MAX_LINE_CHARACTERS - size)
                dropped += max(0, len(piece) - room)
                piece = "".join([*parts, piece[:room]])
                parts, size = [], 0
            yield _clean(piece), dropped
            dropped = 0
        rest = pieces[-1]
        room = max(0, MAX_LINE_CHARACTERS - size)
        dropped += max(0, len(rest) - room)
        if rest and room:
            parts.append(rest[:room])
            size += len(parts[-1])
    if parts:
        yield _clean("".join(parts)), dropped


def _clean(line: str) -> str:
    """Without the CR of CRLF, and without a byte order mark that joining files left inside."""
    if line.endswith("\r"):
        line = line[:-1]
    return line.lstrip("\ufeff") if line.startswith("\ufeff") else line
