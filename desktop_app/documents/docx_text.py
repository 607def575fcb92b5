"""The paragraphs of a Word document; tables give one row for each paragraph of a cell."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from desktop_app.documents.document_error import DocumentError
from desktop_app.documents.opened_table import OpenedTable, Reading
from desktop_app.documents.row_shape import RowShape
from desktop_app.documents.source_file import SourceFile
from desktop_app.documents.zip_guard import UNPACK_ERRORS, damaged_part, open_zip, refuse_dtd

_PART = "word/document.xml"
_TEXT, _PARAGRAPH, _FALLBACK = "t", "p", "Fallback"
_BREAKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_MAX_DEPTH = 512
_WORD_SPACES = ("wordprocessingml", "markup-compatibility")


def open_docx(reading: Reading) -> OpenedTable:
    """Open a Word document.

    Raises:
        DocumentError: if it is damaged, a bomb, or no Word document.
    """
    source = SourceFile(reading.path)
    try:
        archive = open_zip(source.stream, reading.path)
        refuse_dtd(archive, reading.path)
        if _PART not in archive.namelist():
            raise DocumentError(f"{reading.path} has no part {_PART}: it is no Word document.")
    except BaseException:
        source.close()
        raise
    shape = RowShape(1, joint="", max_cell_characters=reading.options.max_cell_characters)

    return OpenedTable(
        kind="docx",
        columns=("text",),
        rows=(shape.row([text]) for text in _paragraphs(archive, source, reading)),
        size=source.size,
        modified_ns=source.modified_ns,
        close=source.close,
    )


def _paragraphs(archive: zipfile.ZipFile, source: SourceFile, reading: Reading) -> Iterator[str]:
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import iterparse

    walk = _Walk()
    try:
        with archive.open(_PART) as part:
            events = iterparse(part, events=("start", "end"), forbid_dtd=True)
            for number, (event, element) in enumerate(events):
                if number % 4096 == 0:
                    reading.pulse(None)
                if event == "start":
                    walk.start(element)
                elif (text := walk.end(element)) is not None:
                    yield text
        source.check_unchanged()
    except (DefusedXmlException, ParseError, *UNPACK_ERRORS) as error:
        if isinstance(error, DocumentError):
            raise
        raise damaged_part(reading.path, _PART, error) from error


class _Walk:
    """Collects the text of paragraphs, also of those inside others (text boxes)."""

    def __init__(self) -> None:
        self._open: list[list[str]] = []  # texts of the paragraphs that are not ended yet
        self._parents: list[Element] = []
        self._ignored = 0  # depth inside what repeats something for old programs

    def start(self, element: Element) -> None:
        name = _name(element)
        self._parents.append(element)
        if len(self._parents) > _MAX_DEPTH:
            raise ValueError(f"nested more than {_MAX_DEPTH} deep")
        self._ignored += name == _FALLBACK
        if name == _PARAGRAPH:
            self._open.append([])

    def end(self, element: Element) -> str | None:
        """The text of a paragraph that ends here and has one."""
        name, text = _name(element), None
        self._parents.pop()
        if name == _PARAGRAPH:
            text = "".join(self._open.pop()).strip() or None
        elif self._open and not self._ignored:
            if name == _TEXT and element.text:
                self._open[-1].append(element.text)
            elif name in _BREAKS:
                self._open[-1].append(_BREAKS[name])
        ignored = self._ignored > 0
        self._ignored -= name == _FALLBACK
        if self._parents:
            self._parents[-1].remove(element)  # memory stays bounded
        return None if ignored else text


def _name(element: Element) -> str:
    """The local name of what belongs to the text; "" for drawings and formulas."""
    space, _, name = element.tag.rpartition("}")
    return name if any(word in space for word in _WORD_SPACES) else ""
