"""The graph that runs on the device: one, for any batch and any length.

It computes what the Keras model computes, in the form that TensorFlow Lite runs best:

* words are read by EMBEDDING_LOOKUP, which keeps the table quantized row by row; the segment-0
  row is folded into the position table, so a single-text task needs no segment ids;
* the padding mask becomes an additive bias once;
* heads are moved to the batch axis and back by SPLIT and CONCATENATION alone. A reshape to
  (B, T, heads, head_dim) with two unknown sizes would need shape arithmetic, and each such
  reshape cuts the graph into one more piece for the XNNPACK delegate. Here all that follows the
  lookup is one piece. The fused projection's columns are reordered to make that cheap;
* the query scale is folded into the projection, pooling and softmax or L2 norm are inside.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from bert_tf.layers.transformer_block import TransformerBlock
from bert_tf.models.bert_backbone import BertBackbone
from bert_tf.models.bert_classifier import BertClassifier
from bert_tf.models.model_folder import TextModel

# Axis letters: B texts, T tokens (S when asked), H hidden units, A heads, D units a head,
# I intermediate units, C classes, V words, M longest text.

Array = NDArray[np.float32]
LOWEST = -1e9  # added to the score of a padded token; exp() of it is exactly 0
MAX_PIECES = 4  # the delegate takes SPLIT into 2 to 4 and CONCATENATION of 2 to 5


@dataclass(frozen=True, kw_only=True)
class ServingGraph:
    """A traced graph and the names that a bundle lists."""

    function: tf.types.experimental.ConcreteFunction
    inputs: tuple[str, ...]  # int32 (B, T) each, in the order of the graph's inputs
    output: str  # float32 (B, output_dim)
    output_dim: int  # classes, or width of the vector


def build_serving_graph(model: TextModel) -> ServingGraph:
    """Trace the device graph of a model.

    Args:
        model: its task decides pooling, head and the longest text.

    Returns:
        A graph over `token_ids` and `padding_mask` that gives `probabilities` (B, C) for a
        classifier and `embedding` (B, H) otherwise.
    """
    output = "probabilities" if isinstance(model, BertClassifier) else "embedding"
    rows = tf.TensorSpec([None, None], tf.int32)  # (B, T)

    def serve(token_ids: tf.Tensor, padding_mask: tf.Tensor) -> dict[str, tf.Tensor]:
        mask = tf.expand_dims(tf.cast(padding_mask, tf.float32), 1)  # (B, 1, T)
        hidden = _encode(model.backbone, token_ids, mask, longest=model.task.max_length)
        return {output: _head(model, _pool(model, hidden, mask))}

    function = tf.function(serve, autograph=False, input_signature=(rows, rows))
    return ServingGraph(
        function=function.get_concrete_function(),
        inputs=("token_ids", "padding_mask"),
        output=output,
        output_dim=model.output_dim,
    )


def head_factors(num_heads: int) -> tuple[int, ...]:
    """The number of heads as a product of small factors, each the width of one SPLIT.

    Factors above 4 appear only where the number leaves no choice; the delegate does not take
    those, the graph stays right.
    """
    factors = []
    while num_heads > 1:
        candidates = [*range(MAX_PIECES, 1, -1), *range(MAX_PIECES + 1, num_heads + 1)]
        factor = next(n for n in candidates if num_heads % n == 0)
        factors.append(factor)
        num_heads //= factor
    return tuple(factors)


def _encode(
    backbone: BertBackbone, token_ids: tf.Tensor, mask: tf.Tensor, *, longest: int
) -> tf.Tensor:
    """The last layer's vectors, (B, T, H)."""
    embeddings, config = backbone.embeddings, backbone.config
    epsilon = config.layer_norm_epsilon
    shape = tf.shape(token_ids)
    width = tf.constant([config.hidden_dim])
    words = _lookup(_value(embeddings.word_table), tf.reshape(token_ids, [-1]))  # (B*T, H)
    words = tf.reshape(words, tf.concat([shape, width], 0))  # (B, T, H)
    table = _value(embeddings.position_table)[:longest] + _value(embeddings.segment_table)[0]
    positions = tf.slice(table, [0, 0], tf.concat([shape[1:], width], 0))  # (T, H)
    hidden = _layer_norm(words + positions, embeddings.layer_norm, epsilon)
    factors = head_factors(config.num_heads)
    bias = (1.0 - mask) * LOWEST  # (B, 1, S)
    for factor in factors:
        bias = tf.concat([bias] * factor, 0)  # (A*B, 1, S) in the end
    for block in backbone.blocks:
        hidden = _block(hidden, bias, block, factors, epsilon)
    return hidden


def _block(
    hidden: tf.Tensor,
    bias: tf.Tensor,
    block: TransformerBlock,
    factors: tuple[int, ...],
    epsilon: float,
) -> tf.Tensor:
    mixed = _attention(hidden, bias, block, factors)
    attended = _dense(mixed, block.attention.output_projection)
    hidden = _layer_norm(hidden + attended, block.attention_layer_norm, epsilon)
    inner = _dense(hidden, block.intermediate)  # (B, T, I)
    tanh = block.config.activation == "gelu_tanh"
    inner = tf.nn.gelu(inner, approximate=tanh)
    forward = _dense(inner, block.feed_forward_output)
    return _layer_norm(hidden + forward, block.feed_forward_layer_norm, epsilon)


def _attention(
    hidden: tf.Tensor, bias: tf.Tensor, block: TransformerBlock, factors: tuple[int, ...]
) -> tf.Tensor:
    """What each token gathers from the others, before the output projection, (B, T, H)."""
    kernel, offset = _projection_by_head(block)
    projected = tf.matmul(hidden, kernel) + offset  # (B, T, A*3*D)
    for factor in factors:
        projected = tf.concat(tf.split(projected, factor, -1), 0)  # (A*B, T, 3*D) in the end
    query, key, value = tf.split(projected, 3, -1)  # (A*B, T, D)
    scores = tf.matmul(query, key, transpose_b=True) + bias  # (A*B, T, S)
    mixed = tf.matmul(tf.nn.softmax(scores), value)  # (A*B, T, D)
    for factor in reversed(factors):
        mixed = tf.concat(tf.split(mixed, factor, 0), -1)  # (B, T, A*D) in the end
    return mixed


def _projection_by_head(block: TransformerBlock) -> tuple[Array, Array]:
    """Kernel (H, 3H) and bias (3H) with columns ordered head, then query|key|value, then unit.

    The scale of the scores is folded into the query's part.
    """
    layer, config = block.attention.query_key_value, block.config
    places = np.arange(3 * config.hidden_dim).reshape(3, config.num_heads, config.head_dim)
    columns = places.transpose(1, 0, 2).ravel()
    scale = np.ones(3 * config.hidden_dim, np.float32)
    scale[: config.hidden_dim] = config.head_dim**-0.5
    kernel, offset = _value(layer.kernel) * scale, _value(layer.bias) * scale
    return kernel[:, columns], offset[columns]


def _pool(model: TextModel, hidden: tf.Tensor, mask: tf.Tensor) -> tf.Tensor:
    """One vector a text, (B, H)."""
    width = model.config.hidden_dim
    if model.task.pooling == "cls":
        return tf.reshape(hidden[:, :1, :], [-1, width])
    weights = mask / tf.maximum(tf.reduce_sum(mask, -1, keepdims=True), 1.0)  # (B, 1, T)
    return tf.reshape(tf.matmul(weights, hidden), [-1, width])


def _head(model: TextModel, pooled: tf.Tensor) -> tf.Tensor:
    """Probabilities (B, C), or the vector (B, H) itself."""
    if isinstance(model, BertClassifier):
        if model.pooler is not None:
            pooled = tf.tanh(_dense(pooled, model.pooler))
        return tf.nn.softmax(_dense(pooled, model.classifier))
    if not model.task.normalize:
        return pooled
    square = tf.reduce_sum(pooled * pooled, -1, keepdims=True)
    return pooled * tf.math.rsqrt(tf.maximum(square, 1e-24))


def _lookup(table: Array, ids: tf.Tensor) -> tf.Tensor:
    """Rows of a table. The converter turns this very pattern into EMBEDDING_LOOKUP."""
    return tf.matmul(tf.one_hot(ids, len(table)), table)


def _dense(inputs: tf.Tensor, layer: object) -> tf.Tensor:
    return tf.matmul(inputs, _value(layer.kernel)) + _value(layer.bias)  # type: ignore[attr-defined]


def _layer_norm(inputs: tf.Tensor, layer: object, epsilon: float) -> tf.Tensor:
    """Layer normalisation over the last axis.

    The shift is subtracted with its sign turned: a multiplication and an addition of constants
    the converter would fold into the next layer's kernel. That saves nothing, for the residual
    needs the sum anyway, and quantizing the unscaled input costs 0.001 of mean cosine.
    """
    centred = inputs - tf.reduce_mean(inputs, -1, keepdims=True)
    variance = tf.reduce_mean(centred * centred, -1, keepdims=True)
    scaled = centred * tf.math.rsqrt(variance + epsilon)
    gamma, beta = _value(layer.gamma), _value(layer.beta)  # type: ignore[attr-defined]
    return scaled * gamma - (-beta)


def _value(variable: object) -> Array:
    """A weight as a constant; tracing is left for a moment, where it has no value."""
    with tf.init_scope():
        return np.asarray(variable, np.float32)
