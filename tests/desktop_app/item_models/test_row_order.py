"""The quick order is the one that a stable sort gives."""

import time

import numpy as np
import pytest

from desktop_app.item_models.row_order import ordered_places


def stable(places, values, missing, descending):
    known = np.flatnonzero(~missing)
    signed = -values[known] if descending else values[known]
    ordered = known[np.argsort(signed, kind="stable")]
    return places[np.concatenate([ordered, np.flatnonzero(missing)])]


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("kind", ["few", "many", "ranks"])
def test_it_is_the_order_of_a_stable_sort(kind, descending):
    dice = np.random.default_rng(5)
    places = np.flatnonzero(dice.random(6_000) < 0.6).astype(np.int32)
    few = np.array([-np.inf, -3.5, -1e-42, -0.0, 0.0, 1e-42, 2.25, np.inf], np.float32)
    values = {
        "few": dice.choice(few, len(places)),
        "many": dice.normal(size=len(places)).astype(np.float32),
        "ranks": dice.integers(0, 2**31, len(places), dtype=np.int32),
    }[kind]
    missing = dice.random(len(places)) < 0.1
    if kind == "ranks":
        values[missing] = -1
    else:
        values[missing] = np.nan
    before = values.copy()
    found = ordered_places(places, values, missing, descending=descending)
    assert found.dtype == np.int32
    np.testing.assert_array_equal(found, stable(places, values, missing, descending))
    np.testing.assert_array_equal(values, before)


def test_ranks_beyond_what_a_float_holds_are_told_apart():
    values = np.array([2**24 + 1, 2**24, 2**24 + 2], np.int32)
    none = np.zeros(3, np.bool_)
    places = np.arange(3, dtype=np.int32)
    assert ordered_places(places, values, none, descending=False).tolist() == [1, 0, 2]


def test_a_million_numbers_in_a_moment():
    values = np.random.default_rng(1).random(1_000_000, np.float32)
    none = np.zeros(len(values), np.bool_)
    places = np.arange(len(values), dtype=np.int32)
    spent = []
    for _ in range(3):
        begun = time.process_time()
        found = ordered_places(places, values, none, descending=False)
        spent.append(time.process_time() - begun)
    assert (np.diff(values[found]) >= 0).all()
    assert min(spent) < 0.25
