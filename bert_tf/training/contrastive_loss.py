"""Losses that pull vectors of texts that belong together towards each other."""

from __future__ import annotations

import tensorflow as tf

# Axis letters: B texts in a batch, K candidates (B, or 2 B with hard negatives), H hidden units.


def in_batch_negatives(
    anchors: tf.Tensor, candidates: tf.Tensor, weights: tf.Tensor, *, temperature: float
) -> tf.Tensor:
    """Cross-entropy of each anchor's own candidate among all candidates of the batch.

    Henderson et al. (2017, section 4.4); with two passes of the same texts through dropout it
    is the unsupervised loss of Gao et al. (2021, equation 1).

    Args:
        anchors: unit vectors (B, H).
        candidates: unit vectors (K, H); the i-th belongs to the i-th anchor, those after the
            B-th to none.
        weights: what each anchor counts, (B,).
        temperature: what cosines are divided by.
    """
    logits = tf.matmul(anchors, candidates, transpose_b=True) / temperature  # (B, K)
    own = tf.range(tf.shape(anchors)[0])  # (B,)
    errors = tf.nn.sparse_softmax_cross_entropy_with_logits(own, logits)  # (B,)
    return tf.reduce_sum(weights * errors)


def cosine_error(
    first: tf.Tensor, second: tf.Tensor, scores: tf.Tensor, weights: tf.Tensor
) -> tf.Tensor:
    """The squared error of cosines (Reimers and Gurevych 2019, section 3, regression objective).

    Args:
        first: unit vectors (B, H).
        second: unit vectors (B, H).
        scores: what the cosine of each pair should be, (B,).
        weights: what each pair counts, (B,).
    """
    cosines = tf.reduce_sum(first * second, axis=-1)  # (B,)
    return tf.reduce_sum(weights * tf.square(cosines - scores))
