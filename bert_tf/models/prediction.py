"""What every model over texts shares: fitting parts, and prediction without much padding."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import keras
import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from bert_tf.config import BertConfig
from bert_tf.models.task import Task
from bert_tf.text.tokenizer import BertTokenizer

if TYPE_CHECKING:

    class TextModel(keras.Model):
        """A Keras model that knows how to read text."""

        task: Task
        tokenizer: BertTokenizer
        output_dim: int


def predict_in_length_order(
    model: TextModel, texts: Sequence[str], *, batch_size: int
) -> NDArray[np.float32]:
    """The model's output for each text, (N, ...), in the order of the texts.

    Texts of similar length share a batch, so that a short one is not padded to a long one.

    Raises:
        ValueError: if a text is not a string.
    """
    texts = list(texts)
    for index, text in enumerate(texts):
        if not isinstance(text, str):
            raise ValueError(f"Text {index} must be a string, received {type(text).__name__}.")
    if not texts:
        return np.zeros((0, model.output_dim), np.float32)
    forward = compile_forward(model)
    ids = model.tokenizer.token_ids(texts)
    order = sorted(range(len(ids)), key=lambda index: len(ids[index]))
    rows: list[Any] = [None] * len(ids)
    for start in range(0, len(order), batch_size):
        chosen = order[start : start + batch_size]
        batch = model.tokenizer.assemble(
            [ids[index] for index in chosen], max_length=model.task.max_length
        )
        output = np.asarray(forward(*batch.as_inputs().values()), np.float32)
        for index, row in zip(chosen, output, strict=True):
            rows[index] = row
    return np.stack(rows)


def compile_forward(model: keras.Model) -> Callable[..., Any]:
    """The model in inference mode as one graph for every batch size and length, traced once.

    Returns:
        A function of token_ids, segment_ids and padding_mask, each (B, T) int32.
    """
    known = getattr(model, "_compiled_forward", None)
    if known is not None:
        return known
    ids = tf.TensorSpec((None, None), tf.int32)

    @tf.function(input_signature=[ids, ids, ids], autograph=False)
    def forward(token_ids: Any, segment_ids: Any, padding_mask: Any) -> Any:
        inputs = {
            "token_ids": token_ids,
            "segment_ids": segment_ids,
            "padding_mask": padding_mask,
        }
        return model(inputs, training=False)

    model._compiled_forward = forward
    return forward


def check_parts(config: BertConfig, task: Task, tokenizer: BertTokenizer, *, kind: str) -> None:
    """Refuse an encoder, a task and a tokenizer that do not belong together.

    Raises:
        ValueError: naming the two things that disagree.
    """
    if task.kind != kind:
        raise ValueError(f"The task must be of kind {kind!r}, received {task.kind!r}.")
    if tokenizer.vocabulary_size != config.vocabulary_size:
        raise ValueError(
            f"The vocabulary must have as many tokens as the word table has rows: "
            f"{tokenizer.vocabulary_size} tokens, {config.vocabulary_size} rows."
        )
    if task.max_length > config.max_sequence_length:
        raise ValueError(
            f"max_length must not exceed the position table: received {task.max_length}, "
            f"the table has {config.max_sequence_length} rows."
        )
