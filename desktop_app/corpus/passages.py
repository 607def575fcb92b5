"""Cut a corpus into passages: the pieces that are compared with a question."""

from __future__ import annotations

import re
from typing import Literal, get_args

from bert_tf.text.sentences import Sentence, split_sentences

PassageUnit = Literal["line", "sentence"]

_LINE_WITH_CONTENT = re.compile(r"[^\n]*\S[^\n]*")


def split_passages(text: str, unit: PassageUnit) -> list[Sentence]:
    """The passages of a text in order, each with its offsets.

    Args:
        text: the corpus; lines end at a line feed.
        unit: "line" takes every line that is not blank, "sentence" cuts lines further.

    Raises:
        ValueError: for another unit.
    """
    if unit == "sentence":
        return split_sentences(text)
    if unit != "line":
        raise ValueError(f"unit must be one of {', '.join(get_args(PassageUnit))}, got {unit!r}.")
    passages = []
    for match in _LINE_WITH_CONTENT.finditer(text):
        line = match.group()
        start = match.start() + len(line) - len(line.lstrip())
        stripped = line.strip()
        passages.append(Sentence(start, start + len(stripped), stripped))
    return passages


def suggested_unit(text: str) -> PassageUnit:
    """Lines where nearly every line is one short entry, sentences for running prose."""
    lines = [line for line in text[:100_000].split("\n") if line.strip()]
    if len(lines) < 3:
        return "sentence"
    sentences = len(split_sentences("\n".join(lines)))
    return "line" if sentences <= 1.5 * len(lines) else "sentence"
