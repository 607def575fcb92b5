import numpy as np
import pytest

from bert_tf.data.masking import MaskedRows, mask_tokens

MASK, ORDINARY = 4, np.arange(5, 1000, dtype=np.int32)


def masked(rate: float = 0.15, continues: np.ndarray | None = None, seed: int = 1) -> MaskedRows:
    rng = np.random.default_rng(9)
    ids = rng.integers(5, 1000, (300, 64)).astype(np.int32)
    maskable = np.ones((300, 64), bool)
    maskable[:, 0] = maskable[:, 50:] = False
    return mask_tokens(
        ids,
        maskable,
        rate=rate,
        mask_id=MASK,
        ordinary_ids=ORDINARY,
        rng=np.random.default_rng(seed),
        continues_word=continues,
    )


def original() -> np.ndarray:
    return np.random.default_rng(9).integers(5, 1000, (300, 64)).astype(np.int32)


def test_the_share_and_the_three_fates() -> None:
    rows = masked()
    assert rows.is_real.sum(axis=1).tolist() == [round(0.15 * 49)] * 300
    new = np.take_along_axis(rows.token_ids, rows.positions, 1)[rows.is_real]
    old = rows.labels[rows.is_real]
    assert (new == MASK).mean() == pytest.approx(0.8, abs=0.03)
    assert (new == old).mean() == pytest.approx(0.1, abs=0.02)
    np.testing.assert_array_equal(
        np.take_along_axis(original(), rows.positions, 1)[rows.is_real], old
    )


def test_only_what_may_be_is_hidden_and_no_place_twice() -> None:
    rows = masked()
    changed = rows.token_ids != original()
    assert not changed[:, 0].any() and not changed[:, 50:].any()
    for places, real in zip(rows.positions, rows.is_real, strict=True):
        assert len(set(places[real])) == real.sum()


def test_places_are_spread_evenly_and_follow_the_seed() -> None:
    rows = masked(rate=0.4)
    counts = np.bincount(rows.positions[rows.is_real], minlength=64)[1:50]
    assert counts.min() > 0.6 * counts.mean()
    np.testing.assert_array_equal(masked().positions, masked().positions)
    assert (masked(seed=2).positions != masked().positions).any()


def test_whole_words_are_hidden_together() -> None:
    continues = np.zeros((300, 64), bool)
    continues[:, 2:50:3] = continues[:, 3:50:3] = True  # words of three: 1-3, 4-6, ...
    rows = masked(continues=continues)
    assert rows.is_real.sum() > 0
    for places, real in zip(rows.positions, rows.is_real, strict=True):
        words = (places[real & (places < 49)] - 1) // 3
        assert all(count == 3 for count in np.bincount(words)[np.unique(words)])


def test_a_row_with_nothing_to_hide_asks_nothing() -> None:
    rows = mask_tokens(
        np.full((2, 8), 7, np.int32),
        np.zeros((2, 8), bool),
        rate=0.2,
        mask_id=MASK,
        ordinary_ids=ORDINARY,
        rng=np.random.default_rng(1),
    )
    assert not rows.is_real.any()
    assert (rows.token_ids == 7).all()
