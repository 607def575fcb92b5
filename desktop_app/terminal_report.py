"""The shipped sample judged in the terminal, for places without a window. No Qt here."""

from __future__ import annotations

import shutil
import textwrap
import unicodedata
from collections.abc import Sequence
from typing import TextIO

from desktop_app.corpus.verdict import ClassificationLike
from desktop_app.sample_text import sample_corpus

DEFAULT_BUNDLE = "sentiment-en"
_LABEL, _SHARE, _VALENCE = "label", "share", "valence"


def report_sample(bundle: str, output: TextIO) -> None:
    """Judge the shipped sample with a bundle and print a table.

    Raises:
        BundleError: if the bundle is refused.
        ValueError: for a bundle of embeddings, which judges nothing.
        OSError: if it cannot be read.
    """
    from export.runtime.engine import Engine

    texts = sample_corpus().splitlines()
    with Engine.open(bundle) as engine:
        if engine.metadata.task != "classification":
            raise ValueError(
                f"{engine.metadata.name} gives embeddings; the table needs a classification "
                "bundle. Open one, for example sentiment-en."
            )
        answers = engine.classify(texts)
        name = engine.metadata.name
    output.write(f"{len(texts)} texts of the shipped sample, judged by {name}:\n\n")
    output.write(table(texts, answers, width=shutil.get_terminal_size((100, 24)).columns))


def table(texts: Sequence[str], answers: Sequence[ClassificationLike], *, width: int) -> str:
    """Label, probability, valence where there is one, and text, in columns.

    Args:
        texts: one a row.
        answers: beside the texts.
        width: of the terminal; longer texts are wrapped.
    """
    labels = [answer.label or "-" for answer in answers]
    wide = max([len(_LABEL), *(_cells(label) for label in labels)])
    has_valence = any(answer.valence is not None for answer in answers)
    indent = wide + 2 + len(_SHARE) + 2 + (len(_VALENCE) + 2 if has_valence else 0)
    head = f"{_padded(_LABEL, wide)}  {_SHARE}  {_VALENCE + '  ' if has_valence else ''}text"
    lines = [head, "-" * min(width, 100)]
    for text, label, answer in zip(texts, labels, answers, strict=True):
        share = f"{answer.scores.get(label, 0.0):>{len(_SHARE)}.0%}"
        valence = ""
        if has_valence:
            shown = "-" if answer.valence is None else f"{answer.valence:+.1f}"
            valence = f"{shown:>{len(_VALENCE)}}  "
        words = textwrap.wrap(text, max(width - indent, 30)) or [""]
        lines.append(f"{_padded(label, wide)}  {share}  {valence}{words[0]}")
        lines += [" " * indent + more for more in words[1:]]
    return "\n".join(lines) + "\n"


def _cells(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _cells(text))
