"""Batches: one length each, within the budget, nothing lost."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from export.runtime.batching import plan_batches


@given(lengths=st.lists(st.integers(2, 60), max_size=200), tokens_per_batch=st.integers(1, 300))
def test_every_row_once_in_a_batch_of_its_length(lengths, tokens_per_batch):
    batches = plan_batches(lengths, tokens_per_batch=tokens_per_batch)
    rows = [row for batch in batches for row in batch.rows.tolist()]
    assert sorted(rows) == list(range(len(lengths)))
    for batch in batches:
        assert {lengths[row] for row in batch.rows} == {batch.length}
        assert len(batch.rows) == 1 or len(batch.rows) * batch.length <= tokens_per_batch
    assert [batch.length for batch in batches] == sorted(lengths_of(batches), reverse=True)


def lengths_of(batches):
    return [batch.length for batch in batches]


def test_batches_of_a_length_are_evenly_large():
    sizes = [len(batch.rows) for batch in plan_batches([10] * 51, tokens_per_batch=500)]
    assert sizes == [26, 25]


def test_a_row_over_the_budget_is_a_batch_of_its_own():
    batches = plan_batches([300, 300], tokens_per_batch=256)
    assert [batch.rows.tolist() for batch in batches] == [[0], [1]]


def test_budget_must_be_positive():
    with pytest.raises(ValueError, match="received 0"):
        plan_batches([3], tokens_per_batch=0)


def test_rows_index_an_array():
    batch = plan_batches([3, 5], tokens_per_batch=10)[0]
    assert np.array(["a", "b"])[batch.rows].tolist() == ["b"]
