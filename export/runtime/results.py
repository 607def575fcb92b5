"""What an Engine answers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from export.runtime.metadata import BundleMetadata

# Axis letters: N texts, D values of the network's output (labels, or embedding width).


@dataclass(frozen=True, kw_only=True)
class Outputs:
    """The network's output for N texts, in their order, before it is given a meaning."""

    values: NDArray[np.float32]  # (N, D) zero for a blank text
    tokens: NDArray[np.int32]  # (N,) word pieces before truncation, without [CLS] and [SEP]
    truncated: NDArray[np.bool_]  # (N,) the text was longer than the network reads


@dataclass(frozen=True, kw_only=True)
class Classification:
    """The verdict on one text. A blank text has no label, no scores and no valence."""

    label: str | None  # the most probable
    scores: dict[str, float]  # label to probability, in the order of the labels
    valence: float | None  # expectation of the labels' values; None where they have none
    tokens: int  # word pieces before truncation, without [CLS] and [SEP]
    truncated: bool  # only the first pieces were read


@dataclass(frozen=True, kw_only=True)
class Embeddings:
    """Vectors of N texts, in their order. A blank text has the zero vector."""

    vectors: NDArray[np.float32]  # (N, D)
    tokens: NDArray[np.int32]  # (N,)
    truncated: NDArray[np.bool_]  # (N,)


def classifications(outputs: Outputs, metadata: BundleMetadata) -> list[Classification]:
    """Give probabilities their labels.

    Args:
        outputs: of a classification network, D = number of labels.
        metadata: of the same network.
    """
    labels = metadata.labels
    best = outputs.values.argmax(axis=1) if len(outputs.values) else []
    valences = None
    if metadata.label_values is not None:
        valences = (outputs.values.astype(np.float64) @ np.asarray(metadata.label_values)).tolist()
    rows = zip(
        outputs.values.tolist(), outputs.tokens.tolist(), outputs.truncated.tolist(), strict=True
    )
    verdicts = []
    for index, (row, tokens, truncated) in enumerate(rows):
        blank = tokens == 0
        verdicts.append(
            Classification(
                label=None if blank else labels[best[index]],
                scores={} if blank else dict(zip(labels, row, strict=True)),
                valence=None if blank or valences is None else valences[index],
                tokens=tokens,
                truncated=truncated,
            )
        )
    return verdicts


def embeddings(outputs: Outputs) -> Embeddings:
    """Outputs of an embedding network under their name."""
    return Embeddings(vectors=outputs.values, tokens=outputs.tokens, truncated=outputs.truncated)


def outputs_to_bytes(outputs: Outputs) -> bytes:
    """The arrays one after another, little-endian."""
    return (
        outputs.values.astype("<f4").tobytes()
        + outputs.tokens.astype("<i4").tobytes()
        + outputs.truncated.astype("u1").tobytes()
    )


def outputs_from_bytes(content: bytes, *, rows: int, dim: int) -> Outputs:
    """The inverse of `outputs_to_bytes` for N = `rows`, D = `dim`."""
    size = 4 * rows * dim
    return Outputs(
        values=np.frombuffer(content[:size], "<f4").astype(np.float32).reshape(rows, dim),
        tokens=np.frombuffer(content[size : size + 4 * rows], "<i4").astype(np.int32),
        truncated=np.frombuffer(content[size + 4 * rows :], "u1").astype(np.bool_),
    )
