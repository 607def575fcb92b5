"""What the readers of documents say about a file, in the reader's language.

They speak plain English without Qt; the sentences that every day brings are known here, any other
one is shown as it is.
"""

from __future__ import annotations

import re

from PySide6.QtCore import QCoreApplication


def document_words(sentence: str) -> str:
    """A warning about a document as it is shown."""
    for pattern, words in zip(_PATTERNS, _words(), strict=True):
        found = pattern.fullmatch(sentence)
        if found is not None:
            for number, part in enumerate(found.groups(), start=1):
                words = words.replace(f"%{number}", part)
            return words
    return sentence


_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        r"The encoding (\S+) is a guess; check the characters\.",
        r"Some columns have the same name; they were numbered\.",
        r"Some columns have no name; they were given letters\.",
        r"(\S+) of the first (\S+) rows have more or fewer than (\S+) cells\.",
        r"Shown from (\S+) of (\S+) documents\.",
    )
)


def _words() -> tuple[str, ...]:
    """Beside `_PATTERNS`."""
    return (
        QCoreApplication.translate(
            "DocumentWords", "The encoding %1 is a guess; check the characters."
        ),
        QCoreApplication.translate(
            "DocumentWords", "Some columns have the same name; they were numbered."
        ),
        QCoreApplication.translate(
            "DocumentWords", "Some columns have no name; they were given letters."
        ),
        QCoreApplication.translate(
            "DocumentWords", "%1 of the first %2 rows have more or fewer than %3 cells."
        ),
        QCoreApplication.translate("DocumentWords", "Shown from %1 of %2 documents."),
    )
