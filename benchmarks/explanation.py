"""`python -m benchmarks.explanation`: whether explanations name the right words, and how fast.

Right: in how many polar sentences (test split, mean rating at least 1 from 0) deleting the
top-ranked word from the text changes the valence more than deleting a random other word, with
both shortened texts judged anew from their characters. Ties count as wrong; only words with a
letter or digit are drawn; sentences of fewer than two of them are left out.
Fast: milliseconds to explain a sentence of 20 words, one at a time, after a warm-up.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bert_tf.data.vader import RatedText, read_vader
from export.runtime.engine import Engine
from export.runtime.explanation import Explanation, WordInfluence

POLAR = 1.0  # of the mean rating, -4..+4
WORDS = 20  # of a timed sentence, as blanks divide them


def polar_texts(rated: Sequence[RatedText]) -> list[str]:
    """The texts of the test split that most people do not find neutral."""
    return [each.text for each in rated if each.split == "test" and abs(each.valence) >= POLAR]


def without(text: str, word: WordInfluence) -> str:
    """The text without a word's characters."""
    return text[: word.start] + text[word.end :]


def top_beats_random(engine: Engine, texts: Sequence[str], *, seed: int) -> list[bool]:
    """Whether losing its top word changes the valence more, for each text with a choice.

    Args:
        engine: of a bundle with valences.
        texts: polar ones.
        seed: of the draw of the other word.
    """
    draw = random.Random(seed)
    shortened: list[str] = []  # without the top word and without another one, by turns
    full: list[float] = []
    for text, explanation in zip(texts, engine.explain_many(texts), strict=True):
        others = _others(explanation)
        if others:
            shortened += [without(text, explanation.ranked[0]), without(text, draw.choice(others))]
            full.append(explanation.verdict.valence or 0.0)
    valences = [verdict.valence or 0.0 for verdict in engine.classify(shortened)]
    changes = np.abs(np.repeat(full, 2) - valences).reshape(-1, 2)  # (texts, top and other)
    won: list[bool] = (changes[:, 0] > changes[:, 1]).tolist()
    return won


def _others(explanation: Explanation) -> list[WordInfluence]:
    """The words that may be drawn against the top one."""
    return [
        word
        for word in explanation.ranked[1:]
        if not word.truncated and any(map(str.isalnum, word.text))
    ]


def explain_milliseconds(engine: Engine, texts: Sequence[str]) -> NDArray[np.float64]:
    """What each text takes alone, after a warm-up: time, and time of all processors, (N, 2)."""
    for text in texts[:20]:
        engine.explain(text)
    times = []
    for text in texts:
        start, used = time.perf_counter(), time.process_time()
        engine.explain(text)
        times.append((time.perf_counter() - start, time.process_time() - used))
    return 1000 * np.asarray(times, np.float64)


def main() -> None:
    """Print both figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--bundle", default="sentiment-en")
    parser.add_argument("--texts", type=int, help="polar sentences; all, if not given")
    parser.add_argument("--timed", type=int, default=100, help="sentences of 20 words")
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    rated = read_vader()
    polar = polar_texts(rated)
    random.Random(0).shuffle(polar)
    sentences = [each.text for each in rated if len(each.text.split()) == WORDS]
    with Engine.open(chosen.bundle) as engine:
        won = top_beats_random(engine, polar[: chosen.texts], seed=0)
        times = explain_milliseconds(engine, sentences[: chosen.timed])
    p50, p95 = np.percentile(times[:, 0], [50, 95])
    processor = float(np.median(times[:, 1]))
    figures = {
        "polar_sentences": len(won),
        "top_word_beats_random": round(float(np.mean(won)), 4),
        "sentences_of_20_words": len(times),
        "p50_ms": round(float(p50), 1),
        "p95_ms": round(float(p95), 1),
        "processor_p50_ms": round(processor, 1),
    }
    if chosen.json:
        print(json.dumps(figures, indent=2))
        return
    print(
        "deleting the top word changes the valence more than deleting a random other one: "
        f"{np.mean(won):.1%} of {len(won):,} polar test sentences"
    )
    print(
        f"a sentence of {WORDS} words is explained in {p50:.1f} ms (p50), {p95:.1f} ms (p95); "
        f"{processor:.1f} ms of processor time (p50); {len(times)} sentences"
    )


if __name__ == "__main__":
    main()
