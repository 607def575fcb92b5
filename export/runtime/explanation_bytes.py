"""Explanations on their way between processes, as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence

from export.runtime.explanation import Explanation, WordInfluence
from export.runtime.results import Classification


def explanations_to_bytes(explanations: Sequence[Explanation]) -> bytes:
    """ASCII; texts may hold lone surrogates."""
    values = []
    for each in explanations:
        verdict = each.verdict
        words = [
            (
                word.text,
                word.start,
                word.end,
                word.influence,
                word.valence_influence,
                word.truncated,
            )
            for word in each.words
        ]
        values.append(
            {
                "label": verdict.label,
                "scores": verdict.scores,
                "valence": verdict.valence,
                "tokens": verdict.tokens,
                "truncated": verdict.truncated,
                "words": words,
            }
        )
    return json.dumps(values).encode("ascii")


def explanations_from_bytes(content: bytes) -> list[Explanation]:
    """The inverse of `explanations_to_bytes`.

    Raises:
        ValueError, LookupError, TypeError: for anything else.
    """
    explanations = []
    for values in json.loads(content):
        words = values.pop("words")
        explanations.append(
            Explanation(
                verdict=Classification(**values),
                words=tuple(
                    WordInfluence(
                        text=text,
                        start=start,
                        end=end,
                        influence=influence,
                        valence_influence=valence,
                        truncated=truncated,
                    )
                    for text, start, end, influence, valence, truncated in words
                ),
            )
        )
    return explanations
