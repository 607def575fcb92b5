import json

import pytest

from export.runtime.explanation import Explanation, WordInfluence
from export.runtime.explanation_bytes import explanations_from_bytes, explanations_to_bytes
from export.runtime.results import Classification


def explanation(text, valence):
    word = WordInfluence(
        text=text, start=0, end=len(text), influence=0.25, valence_influence=valence, truncated=True
    )
    verdict = Classification(
        label="good", scores={"bad": 0.1, "good": 0.9}, valence=valence, tokens=3, truncated=False
    )
    return Explanation(verdict=verdict, words=(word, word))


def test_nothing_is_lost_on_the_way():
    blank = Explanation(
        verdict=Classification(label=None, scores={}, valence=None, tokens=0, truncated=False),
        words=(),
    )
    sent = [explanation("好 \ud83d", 1.5), explanation("x", None), blank]
    assert explanations_from_bytes(explanations_to_bytes(sent)) == sent


@pytest.mark.parametrize("content", [b"", b"7", b"[{}]", b'[{"words": [[1]]}]'])
def test_nonsense_is_refused(content):
    with pytest.raises((ValueError, LookupError, TypeError, json.JSONDecodeError)):
        explanations_from_bytes(content)
