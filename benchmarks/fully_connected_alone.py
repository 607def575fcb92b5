"""An encoder's fully connected layers with nothing between them: what the kernels alone take."""

from __future__ import annotations

import time
from typing import Any

import numpy as np
from ai_edge_litert.interpreter import Interpreter
from numpy.typing import NDArray

from bert_tf.config import BertConfig

RECIPE = "dynamic_wi8_afp32"  # as the shipped bundles have it

# Axis letters: R rows (the tokens of all texts), H hidden units.


class FullyConnectedAlone:
    """The four layers of each block, of the encoder's shapes and number of weights, on one thread.

    The query, key and value projection hands on its first third; so every layer has the rows and
    columns that it has in the encoder, and its input comes from the layer before.
    """

    def __init__(self, graph: bytes, config: BertConfig) -> None:
        """Take a graph from `build`."""
        self._interpreter = Interpreter(model_content=graph, num_threads=1)
        self._place = self._interpreter.get_input_details()[0]["index"]
        self._width, self._rows = config.hidden_dim, 0

    def run_seconds(self, rows: int) -> float:
        """Processor time of one pass over `rows` tokens."""
        if rows != self._rows:
            self._interpreter.resize_tensor_input(self._place, (rows, self._width))
            self._interpreter.allocate_tensors()
            self._rows = rows
        self._interpreter.set_tensor(self._place, _hidden(rows, self._width))
        start = time.process_time()
        self._interpreter.invoke()
        return time.process_time() - start


def build(config: BertConfig) -> bytes:
    """The quantized graph, with drawn weights; needs TensorFlow."""
    from bert_tf.tensorflow_start import start_tensorflow

    start_tensorflow()
    import tensorflow as tf

    from export.convert import convert
    from export.quantize import quantize
    from export.recipes import find_recipe

    rng = np.random.default_rng(0)

    def layer(hidden: Any, columns: int) -> Any:
        rows = int(hidden.shape[-1])
        kernel = rng.normal(scale=rows**-0.5, size=(rows, columns)).astype(np.float32)
        return tf.matmul(hidden, tf.constant(kernel)) + tf.zeros(columns)

    def chain(hidden: Any) -> Any:
        for _ in range(config.num_layers):
            projected = tf.split(layer(hidden, 3 * config.hidden_dim), 3, axis=-1)[0]  # (R, H)
            inner = layer(layer(projected, config.hidden_dim), config.intermediate_dim)
            hidden = layer(inner, config.hidden_dim)
        return hidden

    shape = tf.TensorSpec([None, config.hidden_dim], tf.float32)
    function = tf.function(chain, autograph=False).get_concrete_function(shape)
    return quantize(convert(function), find_recipe(RECIPE))


def _hidden(rows: int, width: int) -> NDArray[np.float32]:
    return np.random.default_rng(rows).normal(size=(rows, width)).astype(np.float32)
