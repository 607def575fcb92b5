"""What every model over texts shares: answers without much padding."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import keras
import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

if TYPE_CHECKING:
    from bert_tf.models.model_folder import TextModel

# Axis letters: N texts in all, B texts in a batch, T tokens of the longest of them.

Forward = Callable[..., Any]  # of token_ids, segment_ids and padding_mask, each (B, T) int32
Progress = Callable[[int, int], None]  # told how many texts are done, and how many there are


def predict_in_length_order(
    model: TextModel, texts: Sequence[str], *, batch_size: int
) -> NDArray[np.float32]:
    """The model's output for each text, (N, D), in the order of the texts.

    Raises:
        ValueError: if a text is not a string.
    """
    forward = compile_forward(model)
    outputs = np.zeros((len(texts), model.output_dim), np.float32)  # (N, D)
    for rows, found, _ in length_ordered_outputs(model, texts, forward, batch_size=batch_size):
        outputs[rows] = found
    return outputs


def length_ordered_outputs(
    model: TextModel,
    texts: Sequence[str],
    forward: Forward,
    *,
    batch_size: int,
    progress: Progress | None = None,
) -> Iterator[tuple[list[int], NDArray[Any], NDArray[np.int32]]]:
    """Run a function over texts in batches of similar length.

    A short text is not padded to a long one. The longest come first: what is too large for
    the memory fails at once, and the time left is never more than it seems.

    Args:
        model: its tokenizer reads the texts and its task says where they are cut.
        texts: any number of them, also none.
        forward: see `compile_forward`.
        batch_size: texts at once.
        progress: called after every batch.

    Yields:
        The places of some texts, what came out for them (B, ...), and their lengths in
        tokens (B,), [CLS] and [SEP] counted.

    Raises:
        ValueError: if a text is not a string or the batch size is not positive.
    """
    if batch_size < 1:
        raise ValueError(f"batch_size must be at least 1, received {batch_size}.")
    for index, text in enumerate(texts):
        if not isinstance(text, str):
            raise ValueError(f"Text {index} must be a string, received {type(text).__name__}.")
    ids = model.tokenizer.token_ids(texts)
    order = sorted(range(len(ids)), key=lambda index: -len(ids[index]))
    for start in range(0, len(order), batch_size):
        rows = order[start : start + batch_size]
        batch = model.tokenizer.assemble(
            [ids[index] for index in rows], max_length=model.task.max_length
        )
        found = np.asarray(forward(*batch.as_inputs().values()), np.float32)
        yield rows, found, batch.padding_mask.sum(axis=1, dtype=np.int32)
        if progress is not None:
            progress(start + len(rows), len(order))


def compile_forward(model: keras.Model) -> Forward:
    """The model in inference mode as one graph for every batch size and length, traced once."""
    return compile_once(model, "forward", lambda inputs: model(inputs, training=False))


def compile_once(
    model: keras.Model, name: str, function: Callable[[dict[str, Any]], Any]
) -> Forward:
    """A function of the three inputs as a graph, kept with the model under a name."""
    # Not an attribute: Keras would take a dictionary for a part of the model's state.
    compiled: dict[str, Forward] = model.__dict__.setdefault("_compiled_functions", {})
    if name not in compiled:
        ids = tf.TensorSpec((None, None), tf.int32)

        @tf.function(input_signature=[ids, ids, ids], autograph=False)
        def forward(token_ids: Any, segment_ids: Any, padding_mask: Any) -> Any:
            inputs = {
                "token_ids": token_ids,
                "segment_ids": segment_ids,
                "padding_mask": padding_mask,
            }
            return function(inputs)

        compiled[name] = forward
    return compiled[name]
