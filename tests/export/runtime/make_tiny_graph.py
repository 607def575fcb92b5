"""Writes a small float network of built-in operators; run in a process of its own.

usage: python make_tiny_graph.py OUTPUT_FOLDER
"""

import sys
from pathlib import Path

import numpy as np
import tensorflow as tf

VOCABULARY_SIZE, WIDTH, POSITIONS, LABELS = 40, 8, 64, 3


def convert(function, names, shape=(None, None), dtype=tf.int32):
    specs = [tf.TensorSpec(shape, dtype, name=name) for name in names]
    concrete = tf.function(function, autograph=False).get_concrete_function(*specs)
    return tf.lite.TFLiteConverter.from_concrete_functions([concrete]).convert()


def main(folder: Path) -> None:
    random = np.random.default_rng(7)
    words = tf.constant(random.normal(size=(VOCABULARY_SIZE, WIDTH)), tf.float32)
    head = tf.constant(random.normal(size=(WIDTH, LABELS)), tf.float32)

    def pooled(token_ids, padding_mask):
        weights = tf.expand_dims(tf.cast(padding_mask, tf.float32), -1)  # (B, T, 1)
        hidden = tf.nn.gelu(tf.gather(words, token_ids)) * weights  # (B, T, H)
        return tf.reduce_sum(hidden, 1) / tf.maximum(tf.reduce_sum(weights, 1), 1.0)  # (B, H)

    def classifier(token_ids, padding_mask):
        return tf.nn.softmax(tf.matmul(pooled(token_ids, padding_mask), head))

    def embedder(token_ids, padding_mask):
        return tf.math.l2_normalize(pooled(token_ids, padding_mask), axis=-1)

    def broken(token_ids, padding_mask):
        return tf.sqrt(pooled(token_ids, padding_mask) - 100.0)  # NaN

    names = ["token_ids", "padding_mask"]
    for name, function in {"classifier": classifier, "embedder": embedder, "nan": broken}.items():
        (folder / f"{name}.tflite").write_bytes(convert(function, names))

    def fixed(token_ids, padding_mask):
        return tf.reshape(tf.gather(words, token_ids), [1, 16 * WIDTH])[:, :LABELS]

    others = {
        "image": convert(lambda image: image * 2.0, ["image"], (1, 8, 8, 3), tf.float32),
        "float_ids": convert(lambda x, y: (x + y)[:, :LABELS], names, dtype=tf.float32),
        "flat_ids": convert(lambda x, y: tf.gather(words, x + y), names, [None]),
        "two_outputs": convert(lambda x, y: (tf.gather(words, x), y), names),
        "fixed_length": convert(fixed, names, [1, 16]),
    }
    for name, content in others.items():
        (folder / f"{name}.tflite").write_bytes(content)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
