"""A message of a room without Qt, in the reader's language.

Those rooms speak plain English: some of their sentences come from another process, some lie in
project files. So a sentence is known again by its words around what changes, and said anew; one
that is not known is shown as it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from desktop_app.messages.document_sentences import DOCUMENT_SENTENCES
from desktop_app.messages.fragments import DOCUMENT_FRAGMENTS, SYSTEM_FRAGMENTS
from desktop_app.messages.model_sentences import MODEL_SENTENCES
from desktop_app.messages.project_sentences import PROJECT_SENTENCES
from desktop_app.messages.result_sentences import PLACE_FRAGMENTS, RESULT_SENTENCES
from desktop_app.messages.session_sentences import SESSION_SENTENCES

SENTENCES = tuple(
    map(
        str,
        (
            *DOCUMENT_SENTENCES,
            *PROJECT_SENTENCES,
            *RESULT_SENTENCES,
            *SESSION_SENTENCES,
            *MODEL_SENTENCES,
        ),
    )
)
FRAGMENTS = tuple(map(str, (*PLACE_FRAGMENTS, *SYSTEM_FRAGMENTS, *DOCUMENT_FRAGMENTS)))
_JOINT = str(QT_TRANSLATE_NOOP("Messages", "; "))
_COUNTED = str(QT_TRANSLATE_NOOP("Messages", "%1 %2"))  # a number, and things that are known
_LABELLED = str(QT_TRANSLATE_NOOP("Messages", "%1: %2"))  # a name, and what is known of it
_PLACE = re.compile(r"%(\d)")
_NUMBER = re.compile(r"([\d,]+) (.+)", re.DOTALL)
_NAME = re.compile(r"([^:]+): (.+)", re.DOTALL)
_DEPTH = 3  # of sentences in sentences
_MOST_PIECES = 20  # of a list; a longer one is not taken apart
_translate = QCoreApplication.translate


def message_words(message: str) -> str:
    """A message, a warning or a note on a row as it is shown."""
    return _words(message, _DEPTH)


def _words(message: str, depth: int) -> str:
    """What stands at the places of a sentence may be a sentence again, so many times."""
    known = _known(message, _SENTENCES, depth)
    if known is not None:
        return known
    named = _NAME.fullmatch(message)  # a file, and what is said of it
    said_of = None if named is None else _known(named[2], _SENTENCES, depth)
    if named is not None and said_of is not None:
        return _filled(_LABELLED, [named[1], said_of])
    lines = message.split("\n")
    if 1 < len(lines) <= _MOST_PIECES:
        return "\n".join(_words(line, depth) for line in lines)
    pieces = message.split("; ", _MOST_PIECES)
    said = [_fragment(piece, depth) for piece in pieces]
    if None not in said:
        return _translate("Messages", _JOINT).join(filter(None, said))
    return _fragment(message, depth) or message


@dataclass(frozen=True, kw_only=True)
class _Template:
    """A text with places %1, %2... in this order."""

    text: str
    parts: tuple[str, ...]  # before, between and behind the places

    def fillings(self, message: str) -> list[str] | None:
        """What stands at the places of a message; None if it is another one.

        In one pass: a message may hold the words of a hostile file.
        """
        first, *others = self.parts
        if not others:
            return [] if message == first else None
        end = len(message) - len(others[-1])
        at = len(first)
        if not message.startswith(first) or at > end or not message.endswith(others[-1]):
            return None
        found = []
        for part in others[:-1]:
            place = message.find(part, at, end)
            if place < 0:
                return None
            found.append(message[at:place])
            at = place + len(part)
        return [*found, message[at:end]]


def _templates(texts: tuple[str, ...]) -> tuple[_Template, ...]:
    """Those with most words of their own first."""
    made = [_Template(text=text, parts=tuple(_PLACE.split(text)[::2])) for text in texts]
    return tuple(sorted(made, key=lambda each: -sum(map(len, each.parts))))


_SENTENCES, _FRAGMENTS = _templates(SENTENCES), _templates(FRAGMENTS)


def _known(message: str, templates: tuple[_Template, ...], depth: int) -> str | None:
    for template in templates if depth else ():
        found = template.fillings(message)
        if found is not None:
            return _filled(template.text, [_words(each, depth - 1) for each in found])
    return None


def _fragment(text: str, depth: int) -> str | None:
    known = _known(text, _FRAGMENTS, depth)
    if known is not None:
        return known
    for pattern, template in ((_NUMBER, _COUNTED), (_NAME, _LABELLED)):
        found = pattern.fullmatch(text)
        things = None if found is None else _known(found[2], _FRAGMENTS, depth)
        if found is not None and things is not None:
            return _filled(template, [found[1], things])
    return None


def _filled(template: str, fillings: list[str]) -> str:
    words = _translate("Messages", template)
    return _PLACE.sub(lambda place: fillings[int(place[1]) - 1], words)
