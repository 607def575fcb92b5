"""Learning against the worst small move of the word vectors."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager

import keras
import tensorflow as tf


class Adversary:
    """Moves the word vectors in the direction in which the loss of a batch rises the most.

    Adversarial training of text classifiers (Miyato, Dai and Goodfellow 2017, section 3), with one
    move of the whole table of words for a batch instead of one for each text.
    """

    def __init__(self, word_table: keras.Variable, norm: float) -> None:
        """Say what is moved, and how far.

        Args:
            word_table: the vectors of the vocabulary, (V, H).
            norm: Euclidean length of a move, over the whole table.

        Raises:
            ValueError: if `norm` is not positive.
        """
        if not 0 < norm < float("inf"):
            raise ValueError(f"norm must be positive, received {norm}.")
        self._table, self._norm = word_table, norm

    def move(
        self, gradients: Sequence[tf.Tensor], variables: Sequence[keras.Variable]
    ) -> tf.Tensor:
        """The move, (V, H), given the gradient of each trained variable.

        Zeros where the gradient is 0, and where it is no number: such a step is skipped anyway if
        a loss scale made it so, and told of by its own gradient if not.
        """
        found = [g for g, v in zip(gradients, variables, strict=True) if v is self._table]
        if not found:
            raise ValueError("An adversary needs word vectors that learn; these are frozen.")
        gradient = tf.cast(found[0], tf.float32)
        length = tf.norm(gradient)
        move = tf.math.divide_no_nan(self._norm * gradient, length)
        return tf.where(tf.math.is_finite(length), move, 0.0)

    def moved(self, move: tf.Tensor) -> AbstractContextManager[object]:
        """While this is entered, the model reads moved word vectors; a tape sees the move."""
        table = self._table.value
        return keras.StatelessScope([(self._table, table + tf.cast(move, table.dtype))])
