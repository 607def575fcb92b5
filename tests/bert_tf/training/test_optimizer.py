"""AdamW and LAMB with decay, clipping and rates by layer, against their formulas."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from bert_tf.training.optimizer import WarmupLinearDecay, layer_rate_factors, make_optimizer


def variables() -> list[keras.Variable]:
    rng = np.random.default_rng(2)
    shapes = {"kernel": (4, 3), "bias": (3,)}
    return [
        keras.Variable(rng.normal(size=shape).astype(np.float32), name=name)
        for name, shape in shapes.items()
    ]


def gradients(step: int) -> list[np.ndarray]:
    rng = np.random.default_rng(100 + step)
    return [rng.normal(size=shape).astype(np.float32) for shape in ((4, 3), (3,))]


def adamw(weights: list[np.ndarray], steps: int, clip: float, decay: float) -> list[np.ndarray]:
    """Loshchilov and Hutter (2019), algorithm 2; corrected as Kingma and Ba (2015), section 2."""
    first, second = ([np.zeros_like(w) for w in weights] for _ in range(2))
    for step in range(steps):
        found = [g.astype(np.float64) for g in gradients(step)]
        norm = np.sqrt(sum((g**2).sum() for g in found))
        rate = 0.01 * min(1.0, (step + 1) / 2, (10 - step) / 8)
        for index, gradient in enumerate(found):
            gradient = gradient * min(1.0, clip / norm)
            first[index] = 0.9 * first[index] + 0.1 * gradient
            second[index] = 0.999 * second[index] + 0.001 * gradient**2
            corrected = np.sqrt(1 - 0.999 ** (step + 1)) / (1 - 0.9 ** (step + 1))
            shrunk = weights[index] * (1 - rate * (decay if index == 0 else 0.0))
            moved = corrected * first[index] / (np.sqrt(second[index]) + 1e-6)
            weights[index] = shrunk - rate * moved
    return weights


@pytest.mark.parametrize("clip", [0.5, 1e6])
def test_adamw_equals_its_formula(clip: float) -> None:
    trained = variables()
    expected = adamw([np.array(v, np.float64) for v in trained], 6, clip, 0.1)
    optimizer = make_optimizer(
        trained,
        learning_rate=0.01,
        warmup_steps=2,
        total_steps=10,
        weight_decay=0.1,
        clip_norm=clip,
    )
    for step in range(6):
        given = gradients(step)
        norm = optimizer.apply([tf.constant(g) for g in given])
        assert float(norm) == pytest.approx(np.sqrt(sum((g**2).sum() for g in given)), rel=1e-5)
    for variable, wanted in zip(trained, expected, strict=True):
        np.testing.assert_allclose(np.asarray(variable), wanted, rtol=2e-5, atol=2e-6)
    assert optimizer.learning_rate == pytest.approx(0.01 * 4 / 8)


def test_lamb_trusts_each_layer_by_its_norm() -> None:
    trained = variables()
    optimizer = make_optimizer(
        trained,
        learning_rate=0.01,
        warmup_steps=0,
        total_steps=1000,
        weight_decay=0.0,
        clip_norm=1e9,
        kind="lamb",
    )
    before = [np.array(v) for v in trained]
    optimizer.apply([tf.constant(g) for g in gradients(0)])
    for old, variable in zip(before, trained, strict=True):
        moved = np.linalg.norm(np.asarray(variable) - old)
        assert moved == pytest.approx(0.01 * np.linalg.norm(old), rel=1e-3)


def test_lower_layers_learn_more_slowly() -> None:
    paths = [
        "backbone/embeddings/word_table",
        "backbone/block_0/intermediate/kernel",
        "backbone/block_1/intermediate/kernel",
        "classifier/kernel",
    ]
    assert layer_rate_factors(paths, 0.5) == [0.125, 0.25, 0.5, 1.0]
    assert layer_rate_factors(paths, 1.0) == [1.0] * 4


def test_the_schedule_rises_and_falls() -> None:
    schedule = WarmupLinearDecay(2.0, warmup_steps=4, total_steps=12)
    rates = [float(schedule(step)) for step in (0, 3, 4, 8, 12, 20)]
    assert rates == pytest.approx([0.5, 2.0, 2.0, 1.0, 0.0, 0.0])
    assert WarmupLinearDecay(**schedule.get_config()).get_config() == schedule.get_config()


@pytest.mark.parametrize(("field", "value"), [("kind", "sgd"), ("layer_decay", 0.0)])
def test_unknown_choices_are_refused(field: str, value: object) -> None:
    with pytest.raises(ValueError, match="received"):
        make_optimizer(
            variables(), learning_rate=0.1, warmup_steps=0, total_steps=9, **{field: value}
        )
