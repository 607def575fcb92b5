import keras
import numpy as np
import pytest

from bert_tf.layers.byte_dropout import ByteDropout


def test_the_share_dropped_and_the_expectation_are_right() -> None:
    values = np.asarray(ByteDropout(0.1, seed=1)(np.ones((400, 500), np.float32), training=True))
    dropped = float((values == 0).mean())
    assert dropped == pytest.approx(26 / 256, abs=0.003)
    assert float(values.mean()) == pytest.approx(1.0, abs=0.004)
    assert len(np.unique(values)) == 2


def test_draws_differ_from_call_to_call_and_repeat_with_the_seed() -> None:
    ones = np.ones((7, 13), np.float32)
    first = ByteDropout(0.5, seed=3)
    again = ByteDropout(0.5, seed=3)
    one, two = np.asarray(first(ones, training=True)), np.asarray(first(ones, training=True))
    assert (one != two).any()
    np.testing.assert_array_equal(one, np.asarray(again(ones, training=True)))


def test_nothing_happens_outside_of_training_or_at_rate_zero() -> None:
    ones = np.ones((3, 5), np.float32)
    np.testing.assert_array_equal(np.asarray(ByteDropout(0.5)(ones, training=False)), ones)
    np.testing.assert_array_equal(np.asarray(ByteDropout(0.0)(ones, training=True)), ones)


def test_config_round_trip_and_bad_rate() -> None:
    layer = ByteDropout.from_config(ByteDropout(0.25, name="d").get_config())
    assert layer.rate == 0.25
    assert isinstance(
        keras.saving.deserialize_keras_object(keras.saving.serialize_keras_object(layer)),
        ByteDropout,
    )
    with pytest.raises(ValueError, match="rate must be in"):
        ByteDropout(1.0)
