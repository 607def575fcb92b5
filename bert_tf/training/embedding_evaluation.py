"""How well vectors say which texts mean the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bert_tf.data.examples import Examples
from bert_tf.models.bert_embedder import BertEmbedder
from bert_tf.models.prediction import compile_once, length_ordered_outputs
from bert_tf.training.metrics import (
    alignment,
    own_partner_share,
    pearson_r,
    spearman,
    uniformity,
)
from bert_tf.training.report import markdown_table

MAX_TEXTS = 2000  # whose vectors are compared with each other for uniformity
BATCH = 64  # texts encoded at once

# Axis letters: N texts or pairs, H hidden units.


@dataclass(frozen=True, kw_only=True)
class EmbeddingReport:
    """What was measured; which figures there are depends on what the file holds."""

    count: int  # texts, or pairs
    metric: str  # what runs are compared by
    spearman: float | None = None  # scored pairs: ranks of cosines and of scores
    pearson_r: float | None = None  # scored pairs: cosines and scores
    own_partner: float | None = None  # pairs: share whose nearest of all partners is their own
    alignment: float | None = None  # mean squared distance of what belongs together
    uniformity: float | None = None  # log of the mean Gaussian potential; lower = more spread

    def value(self, metric: str) -> float:
        """One metric, higher is better; "alignment_uniformity" is their sum, its sign turned.

        Raises:
            ValueError: if the data cannot give it.
        """
        if metric == "alignment_uniformity":
            if self.alignment is not None and self.uniformity is not None:
                return -(self.alignment + self.uniformity)
        elif getattr(self, metric, None) is not None and metric in ("spearman", "own_partner"):
            return float(getattr(self, metric))
        raise ValueError(f"metric must be {self.metric} for this file, received {metric!r}.")

    def scalars(self) -> dict[str, float]:
        """Every figure that is one number, by name."""
        names = ("spearman", "pearson_r", "own_partner", "alignment", "uniformity")
        found = {name: getattr(self, name) for name in names}
        return {name: value for name, value in found.items() if value is not None}

    def tables(self, labels: Sequence[str]) -> str:
        """The figures in Markdown."""
        found = {name.replace("_", " "): [value] for name, value in self.scalars().items()}
        return markdown_table(["measure", "value"], found)


def evaluate_embedding(model: BertEmbedder, examples: Examples) -> EmbeddingReport:
    """Measure vectors on scored pairs, on pairs, or on texts alone.

    Scored pairs: Spearman's correlation of cosine and score (Reimers and Gurevych 2019). Pairs:
    how often a text's nearest among all partners is its own. Texts alone: alignment of
    two passes through dropout, and uniformity (Wang and Isola 2020).
    """
    if len(examples.texts) == 1:
        return _evaluate_texts(model, examples.texts[0])
    first, second = (_unit(model.encode(column)) for column in examples.texts[:2])
    if "scores" in examples.arrays:
        cosines, scores = (first * second).sum(axis=-1), examples.arrays["scores"]
        return EmbeddingReport(
            count=len(examples),
            metric="spearman",
            spearman=spearman(cosines, scores),
            pearson_r=pearson_r(cosines, scores),
        )
    return EmbeddingReport(
        count=len(examples),
        metric="own_partner",
        own_partner=own_partner_share(first, second),
        alignment=alignment(first, second),
        uniformity=uniformity(first[:MAX_TEXTS]),
    )


def _evaluate_texts(model: BertEmbedder, texts: list[str]) -> EmbeddingReport:
    texts = texts[:MAX_TEXTS]
    return EmbeddingReport(
        count=len(texts),
        metric="alignment_uniformity",
        alignment=alignment(_with_dropout(model, texts), _with_dropout(model, texts)),
        uniformity=uniformity(_unit(model.encode(texts))),
    )


def _with_dropout(model: BertEmbedder, texts: list[str]) -> NDArray[np.float64]:
    forward = compile_once(model, "dropout", lambda inputs: model(inputs, training=True))
    vectors = np.zeros((len(texts), model.output_dim), np.float32)  # (N, H)
    for rows, found, _ in length_ordered_outputs(model, texts, forward, batch_size=BATCH):
        vectors[rows] = found
    return _unit(vectors)


def _unit(vectors: NDArray[Any]) -> NDArray[np.float64]:
    vectors = np.asarray(vectors, np.float64)
    return vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-12)
