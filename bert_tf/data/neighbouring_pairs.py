"""Pairs of texts that stood beside each other: what embeddings can learn from without labels.

The two parts of a document tell of the same thing in different words (Logeswaran and Lee 2018;
Lee, Chang and Toutanova 2019, the inverse cloze task).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate

from bert_tf.data.corpus import Document

MIN_CHARACTERS = 5  # letters or digits: a shorter part says too little to be recognised by
_CLAUSE = re.compile(r"[^，；、,;~～]+[，；、,;~～]*")
_CHARACTER = re.compile(r"\w")


def neighbouring_pairs(document: Document, *, cuts: int = 1) -> Iterator[tuple[str, str]]:
    """Cut a document in two, in up to `cuts` ways.

    It is cut where sentences end, nearest the middle first; a single sentence where its clauses
    end. A document of which nothing can be cut off gives no pair.
    """
    parts = document.sentences
    if len(parts) == 1:
        parts = _CLAUSE.findall(parts[0])
    sizes = [len(_CHARACTER.findall(part)) for part in parts]
    ends = list(accumulate(sizes))
    possible = [
        place
        for place in range(1, len(parts))
        if MIN_CHARACTERS <= ends[place - 1] <= ends[-1] - MIN_CHARACTERS
    ]
    possible.sort(key=lambda place: (abs(2 * ends[place - 1] - ends[-1]), place))
    for place in possible[:cuts]:
        yield _joined(parts[:place]), _joined(parts[place:])


def _joined(parts: Sequence[str]) -> str:
    return " ".join(part.strip() for part in parts)
