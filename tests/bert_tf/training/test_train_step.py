"""A step over parts of a batch against a step over the whole of it."""

from collections.abc import Mapping

import keras
import numpy as np
import pytest
import tensorflow as tf

from bert_tf.training.optimizer import make_optimizer
from bert_tf.training.train_step import make_train_step, split_batch
from bert_tf.training.training_task import Batch


class LineTask:
    """Fit a plane; the loss is a weighted sum as every task's is."""

    unit = "rows"
    total_steps = 100
    evaluation_steps = ()

    def __init__(self, *, splittable: bool = True, dtype: str = "float32") -> None:
        keras.utils.set_random_seed(4)
        self.model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1, dtype=dtype)])
        self.splittable = splittable

    def batch(self, step: int) -> Batch:
        rng = np.random.default_rng(step)
        inputs = rng.normal(size=(8, 3)).astype(np.float32)
        targets = (inputs @ np.asarray([1.0, -2.0, 0.5], np.float32)).astype(np.float32)
        return {"inputs": inputs, "targets": targets, "weights": np.full(8, 1 / 8, np.float32)}

    def loss(self, batch: Mapping[str, tf.Tensor]) -> tuple[tf.Tensor, dict[str, tf.Tensor]]:
        found = tf.cast(self.model(batch["inputs"], training=True)[:, 0], tf.float32)
        error = tf.square(found - batch["targets"])
        total = tf.reduce_sum(error * batch["weights"])
        return total, {"worst": tf.reduce_sum(tf.abs(found) * batch["weights"])}

    def evaluate(self) -> None:
        return None

    def fingerprint(self) -> str:
        return "line"

    def units(self, batch: Batch) -> int:
        return len(batch["weights"])


def run(steps: int = 5, *, micro_batches: int = 1, xla: bool = False) -> tuple[list, np.ndarray]:
    task = LineTask()
    optimizer = make_optimizer(
        task.model.trainable_variables, learning_rate=0.05, warmup_steps=2, total_steps=100
    )
    step = make_train_step(task, optimizer, micro_batches=micro_batches, xla=xla)
    measured = [step(task.batch(number)) for number in range(steps)]
    return measured, np.concatenate([np.ravel(v) for v in task.model.trainable_variables])


@pytest.mark.parametrize(("micro_batches", "xla"), [(2, False), (3, False), (1, True), (4, True)])
def test_parts_of_a_batch_equal_the_whole(micro_batches: int, xla: bool) -> None:
    whole, weights = run()
    parts, same = run(micro_batches=micro_batches, xla=xla)
    np.testing.assert_allclose(same, weights, rtol=1e-5, atol=1e-6)
    for ours, expected in zip(parts, whole, strict=True):
        assert ours.keys() == expected.keys() == {"loss", "worst", "gradient_norm"}
        for name in ours:
            assert ours[name] == pytest.approx(expected[name], rel=1e-5)


def test_a_batch_with_fewer_rows_than_parts_still_runs() -> None:
    task = LineTask()
    optimizer = make_optimizer(
        task.model.trainable_variables, learning_rate=0.05, warmup_steps=2, total_steps=100
    )
    step = make_train_step(task, optimizer, micro_batches=4)
    full = task.batch(0)
    two = {name: array[:2] for name, array in full.items()}
    assert np.isfinite(step(two)["loss"])
    assert step(full)["loss"] > 0


def test_parts_without_a_row_are_filled_with_rows_of_no_weight() -> None:
    rows = {"ids": np.asarray([[5, 6]]), "weights": np.ones(1, np.float32)}
    first, second = split_batch(rows, 2)
    np.testing.assert_array_equal(first["ids"], [[5, 6]])
    np.testing.assert_array_equal(second["ids"], [[0, 0]])
    np.testing.assert_array_equal(second["weights"], [0.0])


def test_what_cannot_be_split_is_refused() -> None:
    task = LineTask(splittable=False)
    optimizer = make_optimizer(
        task.model.trainable_variables, learning_rate=0.1, warmup_steps=0, total_steps=10
    )
    with pytest.raises(ValueError, match="cannot be cut into 2 parts"):
        make_train_step(task, optimizer, micro_batches=2)
    with pytest.raises(ValueError, match="at least 1"):
        make_train_step(LineTask(), optimizer, micro_batches=0)


def test_a_scaled_loss_skips_a_step_that_overflowed_and_learns_the_rest() -> None:
    task = LineTask(dtype="mixed_float16")
    optimizer = make_optimizer(
        task.model.trainable_variables,
        learning_rate=0.2,
        warmup_steps=0,
        total_steps=100,
        scale_loss=True,
    )
    # TensorFlow keeps int32 on the host, where a step compiled for a GPU cannot read it
    assert all(variable.dtype != "int32" for variable in optimizer.variables)
    step = make_train_step(task, optimizer)
    before = [np.array(v) for v in task.model.trainable_variables]
    huge = {**task.batch(0), "targets": np.full(8, 3e4, np.float32)}  # gradients pass 65,504
    assert not np.isfinite(step(huge)["gradient_norm"])
    for old, variable in zip(before, task.model.trainable_variables, strict=True):
        np.testing.assert_array_equal(np.asarray(variable), old)
    assert optimizer.loss_scale is not None
    assert float(optimizer.loss_scale.value) == 2.0**14
    losses = [step(task.batch(number))["loss"] for number in range(40)]
    assert np.mean(losses[-5:]) < 0.1 * np.mean(losses[:5])
