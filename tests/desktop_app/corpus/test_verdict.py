import pytest

from desktop_app.corpus.verdict import Verdict, overall_verdict


def verdict(good: float, tokens: int = 1, *, truncated: bool = False, valence=None) -> Verdict:
    scores = {"good": good, "bad": 1 - good}
    label = max(scores, key=scores.get)
    return Verdict(label=label, scores=scores, valence=valence, tokens=tokens, truncated=truncated)


def test_a_text_that_was_read_whole_is_judged_whole():
    whole = verdict(0.9)
    assert overall_verdict(whole, [verdict(0.1), None]) is whole


def test_a_longer_text_is_the_mean_of_its_sentences_by_word_pieces():
    whole = verdict(0.9, 400, truncated=True)
    overall = overall_verdict(
        whole, [verdict(1.0, 10, valence=4.0), verdict(0.0, 30, valence=-4.0), None]
    )
    assert overall.label == "bad"
    assert overall.scores["good"] == pytest.approx(0.25)
    assert overall.valence == pytest.approx(-2.0)
    assert (overall.basis, overall.tokens) == ("sentences", 400)


def test_without_scale_there_is_no_valence_and_without_sentences_nothing():
    assert overall_verdict(None, [verdict(1.0)]).valence is None
    assert overall_verdict(None, [None]) is None
    assert overall_verdict(None, [Verdict(label=None)]) is None
