"""How many multiplications and additions a training step has to make."""

from __future__ import annotations

from bert_tf.config import BertConfig


def training_flops(
    config: BertConfig, *, tokens: int, length: int, guesses: int = 0, pairs: int = 0
) -> float:
    """Floating-point operations of one step, forward and backward.

    Two for each weight of a matrix product forward and twice as many backward (Kaplan et al.
    2020, section 2.1), and the attention scores; look-ups and element-wise work are left out.

    Args:
        config: of the encoder.
        tokens: positions that are computed, padding too.
        length: positions that each of them looks at.
        guesses: positions that meet the vocabulary.
        pairs: positions that meet the next-sentence head.
    """
    width, inner = config.hidden_dim, config.intermediate_dim
    a_token = config.num_layers * (4 * width * width + 2 * width * inner + 2 * length * width)
    a_guess = width * width + width * config.vocabulary_size
    a_pair = width * width + 2 * width
    return 6.0 * (tokens * a_token + guesses * a_guess + pairs * a_pair)
