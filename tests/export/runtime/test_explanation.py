"""Influences are differences of verdicts, words are the reader's, and the right ones are found."""

import dataclasses
import random

import numpy as np
import pytest

from benchmarks.explanation import polar_texts, top_beats_random
from export.runtime import explanation as explanation_module
from export.runtime.engine import Engine


def texts_of(explanation) -> list[str]:
    return [word.text for word in explanation.words]


def test_an_influence_is_the_verdict_minus_the_verdict_without_the_word(engine):
    text = "The plot was GREAT, but the films are boring!"
    explanation = engine.explain(text)
    full = engine.classify([text])[0]
    assert explanation.verdict == full
    assert texts_of(explanation) == text.replace(",", " ,").replace("!", " !").split()
    for word in explanation.words:
        assert text[word.start : word.end] == word.text
        without = engine.classify([text[: word.start] + text[word.end :]])[0]
        expected = full.scores[full.label] - without.scores[full.label]
        assert word.influence == pytest.approx(expected, abs=1e-6)
        assert word.valence_influence == pytest.approx(full.valence - without.valence, abs=1e-5)
        assert not word.truncated
    assert len({round(word.influence, 6) for word in explanation.words}) > 5


def test_the_strongest_word_comes_first_whatever_its_sign(engine):
    ranked = engine.explain("not good but very boring").ranked
    strengths = [abs(word.valence_influence) for word in ranked]
    assert strengths == sorted(strengths, reverse=True)
    assert len({word.valence_influence > 0 for word in ranked}) == 2


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("caf\u00e9, good\u0301 x", ["caf\u00e9", ",", "good\u0301", "x"]),
        ("😀 good😀film 很好", ["😀", "good😀film", "很", "好"]),  # good😀film is one [UNK]
        ("zz good\x00film", ["zz", "good\x00film"]),
        ("good \ud800\u200b film", ["good", "film"]),  # what the tokenizer drops is no word
        ("unlikely films", ["unlikely", "films"]),  # several pieces each
        ("good,bad yes", ["good", ",", "bad", "yes"]),
    ],
)
def test_words_have_their_characters_in_any_text(engine, text, words):
    explanation = engine.explain(text)
    assert texts_of(explanation) == words
    assert all(text[word.start : word.end] == word.text for word in explanation.words)


def test_a_word_of_several_pieces_goes_as_a_whole(engine):
    explanation = engine.explain("unlikely good")
    good = engine.classify(["good"])[0]
    expected = explanation.verdict.valence - good.valence
    assert explanation.words[0].valence_influence == pytest.approx(expected, abs=1e-6)


def test_words_beyond_the_limit_are_marked_and_have_no_influence(engine):
    text = "good bad " * 6 + "film unlikely awful " * 3  # 14 pieces are read
    explanation = engine.explain(text)
    assert explanation.verdict == engine.classify([text])[0]
    assert explanation.verdict.truncated
    marks = [word.truncated for word in explanation.words]
    assert marks == [False] * 14 + [True] * 7  # "unlikely" is read in part
    for word in explanation.words[14:]:
        assert (word.influence, word.valence_influence) == (0, 0)
    assert texts_of(explanation) == text.split()
    read_in_part = explanation.words[13]
    kept = engine.classify([" ".join(text.split()[:13])])[0]
    expected = explanation.verdict.valence - kept.valence
    assert read_in_part.valence_influence == pytest.approx(expected, abs=1e-5)


def test_the_work_on_a_long_text_is_bounded(engine, monkeypatch):
    sizes = []
    run = engine.run_ids
    monkeypatch.setattr(engine, "run_ids", lambda rows: sizes.append(len(rows)) or run(rows))
    assert len(engine.explain("good bad film " * 5_000).words) == 15_000
    assert len(engine.explain("!" * 100_000).words) == 1
    assert sizes == [1 + 14, 1 + 1]


@pytest.mark.parametrize("text", ["", " \t", "\u200b", "\ud800"])
def test_a_blank_text_has_no_words(engine, text):
    explanation = engine.explain(text)
    assert explanation.words == explanation.ranked == ()
    assert explanation.verdict.label is None


def test_an_only_word_has_all_the_influence(engine):
    explanation = engine.explain("awful")
    verdict = explanation.verdict
    assert explanation.words[0].influence == pytest.approx(verdict.scores[verdict.label])
    assert explanation.words[0].valence_influence == pytest.approx(verdict.valence, abs=1e-6)


def test_many_texts_get_the_answers_they_get_alone(engine, monkeypatch):
    monkeypatch.setattr(explanation_module, "PIECES_PER_RUN", 2_000)
    draw = random.Random(4)
    words = ["good", "bad", "the", "film", "unlikely", "很", "!", "awful"]
    texts = [" ".join(draw.choices(words, k=draw.randrange(20))) for _ in range(250)]
    done: list[int] = []
    together = engine.explain_many(texts, progress=done.append)
    assert together == [engine.explain(text) for text in texts]
    assert len(done) > 5  # in parts, so that memory is bounded
    assert done == sorted(done)
    assert done[-1] == len(texts)
    assert engine.explain_many([]) == []


def test_a_text_is_tokenized_once_and_computed_in_one_call(engine, monkeypatch):
    tokenized, computed = [], []
    tokenizer, run = engine.bundle.tokenizer, engine.run_ids
    find = tokenizer.word_pieces
    monkeypatch.setattr(tokenizer, "word_pieces", lambda text: tokenized.append(text) or find(text))
    monkeypatch.setattr(tokenizer, "token_ids", None)
    monkeypatch.setattr(engine, "run_ids", lambda rows: computed.append(len(rows)) or run(rows))
    engine.explain("the film was good")
    assert (tokenized, computed) == (["the film was good"], [5])


def test_labels_without_values_have_no_valence(classifier, tmp_path):
    path = tmp_path / "topics.tflite"
    metadata = dataclasses.replace(classifier.metadata, label_values=None)
    path.write_bytes(classifier.seal(metadata=metadata))
    with Engine.open(path) as engine:
        explanation = engine.explain("a great film")
    assert [word.valence_influence for word in explanation.words] == [None] * 3
    strengths = [abs(word.influence) for word in explanation.ranked]
    assert strengths == sorted(strengths, reverse=True)
    assert strengths[0] > 0


def test_an_embedding_bundle_explains_nothing(embedder_path):
    with Engine.open(embedder_path) as engine, pytest.raises(ValueError, match="use `embed`"):
        engine.explain("good")


def test_losing_the_top_word_changes_polar_sentences_more_than_losing_another(rated_texts):
    texts = polar_texts(rated_texts)
    random.Random(1).shuffle(texts)
    with Engine.open("sentiment-en") as engine:
        won = top_beats_random(engine, texts[:60], seed=1)
    assert len(won) >= 55
    assert np.mean(won) >= 0.9
