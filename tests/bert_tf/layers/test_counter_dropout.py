import numpy as np
import pytest
import tensorflow as tf

from bert_tf.layers.counter_dropout import CounterDropout, keep_mask


def test_drops_the_stated_share_and_keeps_the_expectation() -> None:
    values = np.asarray(CounterDropout(0.1, seed=1)(np.ones((400, 500), np.float32), training=True))
    dropped = values == 0.0
    assert dropped.mean() == pytest.approx(0.1, abs=0.003)  # 200,000 draws: sd .0007
    np.testing.assert_allclose(values[~dropped], 1.0 / 0.9, rtol=1e-6)
    assert dropped.mean(axis=0).std() < 0.02  # columns alike: sd of a mean of 400 is .015
    assert dropped.mean(axis=1).std() < 0.02


def test_masks_of_neighbouring_seeds_and_shifted_masks_are_independent() -> None:
    first = np.asarray(keep_mask([100_000], tf.constant([7, 0]), 0.5)).astype(float) - 0.5
    for seed in ([7, 1], [8, 0], [7, 2], [-7, 0]):
        second = np.asarray(keep_mask([100_000], tf.constant(seed), 0.5)).astype(float) - 0.5
        assert abs(np.mean(first * second) * 4) < 0.015
    for shift in (1, 2, 3, 32, 384):
        assert abs(np.mean(first[shift:] * first[:-shift]) * 4) < 0.015


def test_a_seed_repeats_the_same_masks_and_each_call_differs() -> None:
    ones = np.ones((64, 64), np.float32)
    first, again = CounterDropout(0.5, seed=3), CounterDropout(0.5, seed=3)
    a, b = np.asarray(first(ones, training=True)), np.asarray(first(ones, training=True))
    np.testing.assert_array_equal(a, np.asarray(again(ones, training=True)))
    assert (a != b).mean() > 0.4


def test_the_gradient_passes_only_through_what_was_kept() -> None:
    values = tf.ones((50, 40))
    layer = CounterDropout(0.25, seed=5)
    with tf.GradientTape() as tape:
        tape.watch(values)
        out = layer(values, training=True)
    np.testing.assert_allclose(np.asarray(tape.gradient(out, values)), np.asarray(out), rtol=1e-6)


def test_does_nothing_outside_of_training_or_at_rate_zero() -> None:
    ones = np.ones((4, 4), np.float32)
    np.testing.assert_array_equal(np.asarray(CounterDropout(0.5)(ones, training=False)), ones)
    np.testing.assert_array_equal(np.asarray(CounterDropout(0.0)(ones, training=True)), ones)


def test_config_round_trip_and_refused_rate() -> None:
    layer = CounterDropout.from_config(CounterDropout(0.25, name="d").get_config())
    assert (layer.rate, layer.name) == (0.25, "d")
    with pytest.raises(ValueError, match="rate must be in"):
        CounterDropout(1.0)
