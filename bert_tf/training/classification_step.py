"""One optimizer step of a classifier, as a compiled function."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import keras
import tensorflow as tf

from bert_tf.models.bert_classifier import BertClassifier
from bert_tf.training.optimizer import fused_update

# Axis letters: B texts, T tokens, C classes.

_IDS = tf.TensorSpec((None, None), tf.int32)  # (B, T): one trace serves every shape


def classification_loss(
    logits: Any,
    targets: Any,
    values: Any,
    label_values: Sequence[float] | None,
    value_loss_weight: float,
) -> Any:
    """Cross-entropy against a distribution, plus the error of the expectation.

    Args:
        logits: (B, C).
        targets: (B, C), the share of raters a class, or one-hot.
        values: (B,), what the expectation of `label_values` should be; read only if the
            weight is not 0.
        label_values: (C,) or None.
        value_loss_weight: the weight of the squared error beside the cross-entropy.
    """
    loss = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(targets, logits))
    if label_values is not None and value_loss_weight:
        scale = tf.constant(label_values, tf.float32)  # (C,)
        expectation = tf.linalg.matvec(tf.nn.softmax(logits), scale)  # (B,)
        loss += value_loss_weight * tf.reduce_mean(tf.square(expectation - values))
    return loss


def make_classification_step(
    model: BertClassifier,
    optimizer: keras.optimizers.Optimizer,
    *,
    value_loss_weight: float,
) -> Callable[..., Any]:
    """A function (token_ids, segment_ids, padding_mask, targets, values) -> loss."""
    variables = list(model.trainable_variables)
    update = fused_update(optimizer, variables)
    label_values = model.task.label_values

    @tf.function(
        input_signature=[
            _IDS,
            _IDS,
            _IDS,
            tf.TensorSpec((None, None), tf.float32),
            tf.TensorSpec((None,), tf.float32),
        ],
        autograph=False,
    )
    def step(token_ids: Any, segment_ids: Any, padding_mask: Any, targets: Any, values: Any) -> Any:
        inputs = {
            "token_ids": token_ids,
            "segment_ids": segment_ids,
            "padding_mask": padding_mask,
        }
        with tf.GradientTape() as tape:
            logits = model(inputs, training=True)
            loss = classification_loss(logits, targets, values, label_values, value_loss_weight)
        update(tape.gradient(loss, variables))
        return loss

    return step
