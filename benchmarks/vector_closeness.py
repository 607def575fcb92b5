"""How near vectors are to others of the same texts, and how steady an engine's vectors are."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.embedding_peer import MAX_LENGTH, Rows, RunBatch, Vectors
from bert_tf.text.tokenizer import BertTokenizer

STEADY_TEXTS = 500  # that are put into company
LONG = 80  # tokens of the text beside which others are padded
COMPANY = 8  # texts of equal length in a batch


def cosines(one: Vectors, other: Vectors) -> NDArray[np.float64]:
    """The cosine of each row (N, H) with the row of the same place, (N,)."""
    first, second = one.astype(np.float64), other.astype(np.float64)
    norms = np.linalg.norm(first, axis=1) * np.linalg.norm(second, axis=1)
    return np.einsum("nh,nh->n", first, second) / norms


def closeness(reference: Vectors, vectors: Vectors) -> dict[str, float]:
    """Cosines to float32."""
    found = cosines(reference, vectors)
    return {
        "cosine_mean": float(found.mean()),
        "cosine_p0.1": float(np.percentile(found, 0.1)),
        "cosine_min": float(found.min()),
    }


def steadiness(
    rows: Rows, run: RunBatch, tokenizer: BertTokenizer, *, texts: int = STEADY_TEXTS
) -> dict[str, float]:
    """What company and padding do to a vector.

    Args:
        rows: word-piece ids without [CLS] and [SEP].
        run: embeds one batch.
        tokenizer: makes the batches.
        texts: how many are looked at.
    """
    short = [row for row in rows if 0 < len(row) <= LONG - 2]
    chosen = short[:: max(1, len(short) // texts)][:texts]
    by_length: dict[int, list[Any]] = {}
    for row in short:
        by_length.setdefault(len(row), []).append(row)
    long_row = [piece for row in rows for piece in row][: LONG - 2]
    moved, equal = [], 0
    for row in chosen:
        alone = run(tokenizer.assemble([row], max_length=MAX_LENGTH))[0]
        own_length = [row, *by_length[len(row)][:COMPANY]]
        among = run(tokenizer.assemble(own_length, max_length=MAX_LENGTH))[0]
        padded = run(tokenizer.assemble([row, long_row], max_length=MAX_LENGTH))[0]
        equal += int(np.array_equal(alone, among))
        moved.append(1 - float(cosines(alone[None], padded[None])[0]))
    return {
        "own_length_bit_equal": equal / len(chosen),
        "padding_max": max(moved),
        "padding_share_1e-6": float(np.mean(np.array(moved) <= 1e-6)),
    }
