"""The shipped sample judged in the terminal, for places without a window. No Qt here."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Sequence
from typing import TextIO

from desktop_app.corpus.verdict import ClassificationLike
from desktop_app.sample_text import SampleLanguage, sample_corpus
from desktop_app.text_cells import text_cells
from export.runtime.bundle_family import bundles_by_language

_LABEL, _SHARE, _VALENCE = "label", "share", "valence"
_SAMPLES: tuple[SampleLanguage, ...] = ("en", "zh")


def report_sample(bundle: str | None, output: TextIO) -> None:
    """Judge the shipped samples and print a table for each.

    Args:
        bundle: judges the sample of its language, the English one where there is none; None:
            every shipped bundle for sentiment that has a sample.
        output: where the tables go.

    Raises:
        BundleError: if a bundle is refused.
        ValueError: for a bundle of embeddings, which judges nothing.
        OSError: if it cannot be read.
    """
    if bundle is not None:
        _report(bundle, output)
        return
    shipped = bundles_by_language("sentiment")
    names = [shipped[language] for language in _SAMPLES if language in shipped]
    for place, name in enumerate(names or ["sentiment-en"]):
        output.write("\n" if place else "")
        _report(name, output)


def _report(bundle: str, output: TextIO) -> None:
    from export.runtime.engine import Engine
    from export.runtime.proof import prove

    with Engine(prove(bundle)) as engine:
        name, language = engine.metadata.name, engine.metadata.language
        if engine.metadata.task != "classification":
            raise ValueError(
                f"{name} gives embeddings; the table needs a classification bundle. Open one, "
                "for example sentiment-en."
            )
        sample: SampleLanguage = "zh" if language.startswith("zh") else "en"
        texts = sample_corpus(sample).splitlines()
        answers = engine.classify(texts)
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
    wide = max([len(_LABEL), *(text_cells(label) for label in labels)])
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
        room = max(width - indent, 30) * len(text) // max(text_cells(text), 1)
        words = textwrap.wrap(text, max(room, 1)) or [""]
        lines.append(f"{_padded(label, wide)}  {share}  {valence}{words[0]}")
        lines += [" " * indent + more for more in words[1:]]
    return "\n".join(lines) + "\n"


def _padded(text: str, width: int) -> str:
    return text + " " * (width - text_cells(text))
