"""A batch learned again with moved word vectors, against the same done by hand."""

import dataclasses
from typing import Any

import keras
import numpy as np
import pytest
import tensorflow as tf

from bert_tf.training.adversary import Adversary
from bert_tf.training.fine_tuning import FineTuning
from bert_tf.training.finetune import make_loop
from bert_tf.training.finetune_settings import FinetuneSettings
from bert_tf.training.optimizer import make_optimizer
from bert_tf.training.tasks.classification import Classification
from bert_tf.training.train_step import make_train_step

SETTINGS = FinetuneSettings(
    epochs=4, batch_size=8, learning_rate=1e-2, clip_norm=1.0, patience=0, adversarial_norm=0.5
)
LABELS = {"labels": ("bad", "good"), "label_values": (-1.0, 1.0)}


@pytest.fixture
def tuning(tiny_model, opinions) -> FineTuning:
    model = tiny_model("classification", dropout=0.0, **LABELS)
    return FineTuning(Classification(), model, opinions(64, 1), opinions(24, 2), SETTINGS)


def table_of(tuning: FineTuning) -> keras.Variable:
    return tuning.model.backbone.embeddings.word_table


def plain_gradients(tuning: FineTuning, batch: Any) -> tuple[float, list[np.ndarray]]:
    variables = tuning.model.trainable_variables
    with tf.GradientTape() as tape:
        loss, _ = tuning.loss(batch)
    found = tape.gradient(loss, [v.value for v in variables], unconnected_gradients="zero")
    return float(loss), [np.asarray(tf.convert_to_tensor(gradient)) for gradient in found]


@pytest.mark.parametrize("xla", [False, True])
def test_the_second_gradient_is_that_of_the_moved_words(tuning, xla: bool) -> None:
    model, table = tuning.model, table_of(tuning)
    variables = model.trainable_variables
    place = next(at for at, variable in enumerate(variables) if variable is table)
    arrays = tuning.batch(0)
    batch = {name: tf.constant(array) for name, array in arrays.items()}
    before = np.array(table)
    first, gradients = plain_gradients(tuning, batch)
    move = 0.5 * gradients[place] / np.linalg.norm(gradients[place])
    table.assign(before + move)
    second, harder = plain_gradients(tuning, batch)
    table.assign(before)
    assert second > first

    optimizer = make_optimizer(variables, learning_rate=0.0, warmup_steps=0, total_steps=10)
    step = make_train_step(tuning, optimizer, xla=xla, adversary=Adversary(table, 0.5))
    measured = step(arrays)
    assert measured["loss"] == pytest.approx(first, rel=1e-5)
    assert measured["adversarial_loss"] == pytest.approx(second, rel=1e-5)
    sums = [one + other for one, other in zip(gradients, harder, strict=True)]
    norm = np.sqrt(sum(np.square(each).sum() for each in sums))
    assert measured["gradient_norm"] == pytest.approx(norm, rel=1e-4)
    np.testing.assert_array_equal(np.array(table), before)  # read moved, never written


def test_a_run_with_an_adversary_learns(tuning, tmp_path) -> None:
    result = make_loop(tuning, tmp_path, quiet=True).run()
    assert result.evaluations[32].value == 1.0


def test_without_a_gradient_nothing_moves(tuning) -> None:
    table = table_of(tuning)
    adversary = Adversary(table, 0.5)
    nowhere = adversary.move([tf.zeros(table.shape)], [table])
    np.testing.assert_array_equal(nowhere, np.zeros(table.shape))


def test_what_cannot_be_moved_is_refused(tuning) -> None:
    other = tuning.model.trainable_variables[-1]
    with pytest.raises(ValueError, match="frozen"):
        Adversary(table_of(tuning), 0.5).move([tf.zeros(other.shape)], [other])
    with pytest.raises(ValueError, match="norm must be positive"):
        Adversary(table_of(tuning), 0.0)
    with pytest.raises(ValueError, match="adversarial_norm must be 0"):
        dataclasses.replace(SETTINGS, freeze_embeddings=True)


@pytest.mark.parametrize("wrong", [np.inf, np.nan])
def test_a_gradient_that_overflew_moves_nothing(tuning, wrong: float) -> None:
    """float16 skips such a step; its loss must stay a number."""
    table = table_of(tuning)
    gradient = np.ones(table.shape, np.float32)
    gradient[0, 0] = wrong
    nowhere = Adversary(table, 0.5).move([tf.constant(gradient)], [table])
    np.testing.assert_array_equal(nowhere, np.zeros(table.shape))
