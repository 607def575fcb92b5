import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bert_tf.data.sharded_array import ShardedArray


@given(lengths=st.lists(st.integers(0, 6), min_size=1, max_size=6), data=st.data())
def test_reads_as_the_parts_end_to_end(lengths: list[int], data: st.DataObject) -> None:
    total = sum(lengths)
    whole = np.arange(total, dtype=np.uint16)
    array = ShardedArray(np.split(whole, np.cumsum(lengths)[:-1]))
    assert len(array) == total and array.dtype == np.uint16
    np.testing.assert_array_equal(array[:], whole)
    start, stop = data.draw(st.integers(-9, total + 3)), data.draw(st.integers(-9, total + 3))
    np.testing.assert_array_equal(array[start:stop], whole[start:stop])
    np.testing.assert_array_equal(array[start:], whole[start:])
    if total:
        assert array.max() == whole.max()
        places = np.asarray(data.draw(st.lists(st.integers(0, total - 1), max_size=8)), np.int64)
        np.testing.assert_array_equal(array[places.reshape(1, -1)], whole[places][None])


def test_a_stretch_of_one_part_is_no_copy() -> None:
    part = np.arange(5)
    array = ShardedArray([np.arange(3), part])
    assert np.shares_memory(array[4:6], part)
    assert array[4:6].tolist() == [1, 2]


def test_wrong_places_are_refused() -> None:
    array = ShardedArray([np.arange(2), np.arange(2)])
    for places in ([4], [-1]):
        with pytest.raises(IndexError, match=r"0\.\.3"):
            array[np.asarray(places)]
    with pytest.raises(ValueError, match="step must be 1"):
        array[::2]
    with pytest.raises(ValueError, match="at least one part"):
        ShardedArray([])
