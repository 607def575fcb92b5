import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bert_tf.data.packing import pack


@given(st.lists(st.integers(1, 32), max_size=60), st.integers(1, 5))
def test_every_sequence_is_in_one_row_that_holds_it(lengths: list[int], most: int) -> None:
    rows = pack(lengths, capacity=32, max_per_row=most)
    assert sorted(index for row in rows for index in row) == list(range(len(lengths)))
    assert all(sum(lengths[index] for index in row) <= 32 for row in rows)
    assert all(1 <= len(row) <= most for row in rows)


def test_little_is_left_empty() -> None:
    lengths = np.random.default_rng(1).integers(5, 100, 2000).tolist()
    rows = pack(lengths, capacity=128, max_per_row=16)
    assert sum(lengths) / (128 * len(rows)) > 0.98


def test_one_a_row_is_no_packing() -> None:
    assert len(pack([3, 4, 5], capacity=32, max_per_row=1)) == 3


@pytest.mark.parametrize("lengths", [[0, 3], [33]])
def test_an_impossible_sequence_is_refused(lengths: list[int]) -> None:
    with pytest.raises(ValueError, match="1 to 32 tokens"):
        pack(lengths, capacity=32, max_per_row=4)
