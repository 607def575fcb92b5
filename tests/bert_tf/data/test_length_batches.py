import numpy as np
import pytest

from bert_tf.data.length_batches import length_batches, padded_length


def test_every_text_once_and_the_same_again() -> None:
    lengths = np.random.default_rng(0).integers(3, 90, 1003).tolist()
    batches = length_batches(lengths, batch_size=16, seed=3, epoch=2)
    assert sorted(np.concatenate(batches).tolist()) == list(range(1003))
    again = length_batches(lengths, batch_size=16, seed=3, epoch=2)
    assert all((a == b).all() for a, b in zip(batches, again, strict=True))
    other = length_batches(lengths, batch_size=16, seed=3, epoch=3)
    assert any(a.tolist() != b.tolist() for a, b in zip(batches, other, strict=True))


def test_batches_hold_texts_of_similar_length() -> None:
    lengths = np.random.default_rng(0).integers(3, 90, 2000)
    batches = length_batches(lengths.tolist(), batch_size=16, seed=0, epoch=0)
    computed = sum(len(batch) * lengths[batch].max() for batch in batches)
    assert computed < 1.1 * lengths.sum()  # random batches would compute 1.8 times as much


@pytest.mark.parametrize(("longest", "expected"), [(1, 8), (8, 8), (9, 16), (250, 255), (255, 255)])
def test_padded_length(longest: int, expected: int) -> None:
    assert padded_length(longest, multiple=8, max_length=255) == expected
