"""Which tokens a masked language model has to guess, drawn anew for every batch."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

# Axis letters: R rows, L tokens a row, P guesses a row.


@dataclass(frozen=True, kw_only=True)
class MaskedRows:
    """Rows with tokens hidden, and what was there."""

    token_ids: NDArray[np.int32]  # (R, L), with [MASK] and random tokens
    positions: NDArray[np.int32]  # (R, P) places in the row; 0 where there is nothing to guess
    labels: NDArray[np.int32]  # (R, P) the ids that were there
    is_real: NDArray[np.bool_]  # (R, P) whether there is something to guess


def mask_tokens(
    token_ids: NDArray[np.int32],
    maskable: NDArray[np.bool_],
    *,
    rate: float,
    mask_id: int,
    ordinary_ids: NDArray[np.int32],
    rng: np.random.Generator,
    continues_word: NDArray[np.bool_] | None = None,
) -> MaskedRows:
    """Choose tokens at `rate`; of them 80 % become [MASK], 10 % a random token, 10 % stay.

    Devlin et al. (2018), section 3.1, task 1. Every row gives the same number of places, so
    that the shapes never change; a row with less text leaves some of them unused.

    Args:
        token_ids: (R, L); not changed.
        maskable: (R, L), true where a token may be chosen.
        rate: share of the maskable tokens, 0 < rate < 1.
        mask_id: the id of [MASK].
        ordinary_ids: what a random token is drawn from.
        rng: draws.
        continues_word: (R, L), true where a token goes on with the word before it. Given, whole
            words are chosen together; a word that would pass the number is left out.
    """
    rows, length = token_ids.shape
    places = max(1, round(rate * length))
    keys = rng.random((rows, length))
    if continues_word is not None:
        keys = _key_of_word(keys, continues_word)
    keys = np.where(maskable, keys, 2.0)
    order = np.argsort(keys, axis=1, kind="stable")[:, : places + 1]  # (R, P + 1)
    wanted = np.maximum(1, np.round(rate * maskable.sum(axis=1))).astype(np.int64)  # (R,)
    wanted = np.minimum(wanted, np.minimum(places, maskable.sum(axis=1)))
    taken = np.arange(places)[None, :] < wanted[:, None]  # (R, P)
    if continues_word is not None:
        sorted_keys = np.take_along_axis(keys, order, axis=1)
        taken &= ~_cut_word(sorted_keys, wanted)
    positions = np.where(taken, order[:, :places], 0).astype(np.int32)
    labels = np.where(taken, np.take_along_axis(token_ids, positions, axis=1), 0)
    return MaskedRows(
        token_ids=_hidden(token_ids, positions, taken, mask_id, ordinary_ids, rng),
        positions=positions,
        labels=labels.astype(np.int32),
        is_real=taken,
    )


def _key_of_word(keys: NDArray[np.float64], continues: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Every token gets the key of the token that begins its word."""
    columns = np.arange(keys.shape[1])[None, :]
    begins = np.maximum.accumulate(np.where(continues, 0, columns), axis=1)
    return np.take_along_axis(keys, begins, axis=1)


def _cut_word(keys: NDArray[np.float64], wanted: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Where a word begins inside the wanted number and ends outside, unless it is the only one."""
    rows = np.arange(len(keys))
    last, following = keys[rows, np.maximum(wanted - 1, 0)], keys[rows, wanted]
    is_cut = (last == following) & (keys[:, 0] != last)
    return is_cut[:, None] & (keys[:, :-1] == last[:, None])


def _hidden(
    token_ids: NDArray[np.int32],
    positions: NDArray[np.int32],
    taken: NDArray[np.bool_],
    mask_id: int,
    ordinary_ids: NDArray[np.int32],
    rng: np.random.Generator,
) -> NDArray[np.int32]:
    fate = rng.random(positions.shape)
    strange = rng.choice(ordinary_ids, positions.shape)
    there = np.take_along_axis(token_ids, positions, axis=1)
    new = np.where(fate < 0.8, mask_id, np.where(fate < 0.9, strange, there))
    result = token_ids.copy()
    row, place = np.nonzero(taken)
    result[row, positions[row, place]] = new[row, place]
    return result
