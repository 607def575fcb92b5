"""One vector a text from one vector a token."""

from __future__ import annotations

from keras import KerasTensor, ops

# Axis letters: B texts, T tokens, H hidden units.


def mean_pooling(hidden: KerasTensor, padding_mask: KerasTensor) -> KerasTensor:
    """The mean over real tokens, (B, H), of `hidden` (B, T, H) and a mask (B, T).

    The way of sentence-transformers (Reimers and Gurevych 2019, section 3).
    """
    weights = ops.cast(ops.expand_dims(padding_mask, -1), hidden.dtype)  # (B, T, 1)
    total = ops.sum(hidden * weights, axis=1)  # (B, H)
    return total / ops.maximum(ops.sum(weights, axis=1), 1.0)


def first_token(hidden: KerasTensor) -> KerasTensor:
    """The vector of [CLS], (B, H), of `hidden` (B, T, H)."""
    return hidden[:, 0, :]
