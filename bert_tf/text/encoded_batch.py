"""Word-piece ids of several texts, put together as the arrays an encoder reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

# Axis letters: B texts in the batch, T tokens in the longest of them.


@dataclass(frozen=True, kw_only=True)
class EncodedBatch:
    """The three inputs of the encoder, each int32 of shape (B, T)."""

    token_ids: NDArray[np.int32]  # (B, T)
    segment_ids: NDArray[np.int32]  # (B, T) all 0 for single texts
    padding_mask: NDArray[np.int32]  # (B, T) 1 = a real token, 0 = padding

    def as_inputs(self) -> dict[str, NDArray[np.int32]]:
        """The arrays by the names that models and bundles use."""
        return {
            "token_ids": self.token_ids,
            "segment_ids": self.segment_ids,
            "padding_mask": self.padding_mask,
        }


def assemble_batch(
    word_piece_ids: Sequence[Sequence[int]],
    *,
    cls_id: int,
    sep_id: int,
    pad_id: int,
    max_length: int,
    pad_to: int | None = None,
) -> EncodedBatch:
    """Frame each list of word-piece ids with [CLS] and [SEP], cut it, pad to the longest.

    Args:
        word_piece_ids: one list of ids a text, without special tokens.
        cls_id: the id of [CLS].
        sep_id: the id of [SEP].
        pad_id: the id of [PAD].
        max_length: tokens a row may have, [CLS] and [SEP] counted; the rest is cut off.
        pad_to: make rows exactly this long instead of as long as the longest text.

    Raises:
        ValueError: if max_length leaves no room, or a row is longer than `pad_to`.
    """
    if max_length < 2:
        raise ValueError(f"max_length must be at least 2, received {max_length}.")
    room = max_length - 2
    lengths = [min(len(ids), room) + 2 for ids in word_piece_ids]
    longest = max(lengths, default=2)
    width = longest if pad_to is None else pad_to
    if width < longest:
        raise ValueError(f"pad_to must be at least {longest}, received {pad_to}.")
    token_ids = np.full((len(lengths), width), pad_id, np.int32)  # (B, T)
    for row, (ids, length) in enumerate(zip(word_piece_ids, lengths, strict=True)):
        token_ids[row, 0] = cls_id
        token_ids[row, 1 : length - 1] = ids[:room]
        token_ids[row, length - 1] = sep_id
    positions = np.arange(width, dtype=np.int32)
    padding_mask = (positions < np.asarray(lengths, np.int32)[:, None]).astype(np.int32)
    return EncodedBatch(
        token_ids=token_ids,
        segment_ids=np.zeros_like(token_ids),
        padding_mask=padding_mask,
    )
