import numpy as np
import pytest

from bert_tf.config import BertConfig
from bert_tf.layers.sinusoid_table import sinusoid_table


def test_it_has_the_formula_and_the_deviation() -> None:
    table = sinusoid_table(512, 64, deviation=0.02)
    assert table.shape == (512, 64) and table.dtype == np.float32
    place, pair = 37, 5
    angle = place / 10_000 ** (2 * pair / 64)
    scale = 0.02 * np.sqrt(2.0)
    np.testing.assert_allclose(
        table[place, 2 * pair : 2 * pair + 2], [scale * np.sin(angle), scale * np.cos(angle)], 1e-5
    )
    np.testing.assert_allclose(np.sqrt((table**2).mean()), 0.02, rtol=1e-3)


def test_neighbours_are_one_rotation_apart_everywhere() -> None:
    table = sinusoid_table(200, 32, deviation=np.sqrt(0.5)).reshape(200, 16, 2)
    waves = table[..., 1] + 1j * table[..., 0]  # cosine and sine of each rate
    step = waves[1] / waves[0]
    np.testing.assert_allclose(waves[1:], waves[:-1] * step, atol=1e-5)


def test_an_odd_width_is_refused() -> None:
    with pytest.raises(ValueError, match="width must be even, received 5"):
        sinusoid_table(4, 5, deviation=0.02)


def test_a_new_encoder_begins_with_it(tmp_path) -> None:
    from bert_tf.training.pretrain import new_backbone

    config = BertConfig.named("tiny", vocabulary_size=50)
    tables = [
        np.asarray(new_backbone(config, sinusoidal_positions=wanted).embeddings.position_table)
        for wanted in (True, False)
    ]
    expected = sinusoid_table(*tables[0].shape, deviation=config.initializer_range)
    np.testing.assert_array_equal(tables[0], expected)
    assert np.abs(tables[1] - expected).max() > 0.01
