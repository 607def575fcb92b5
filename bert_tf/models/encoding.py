"""Texts to vectors: tokens, [CLS], mean or maximum, from any layer or mix of layers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal, TypedDict, get_args

import numpy as np
from keras import ops

from bert_tf.layers.text_pooling import first_token, mean_pooling
from bert_tf.models.bert_backbone import BertBackbone, Inputs
from bert_tf.models.prediction import (
    Forward,
    Progress,
    compile_once,
    length_ordered_outputs,
)

if TYPE_CHECKING:
    from bert_tf.models.model_folder import TextModel

# Axis letters: N texts in all, B texts in a batch, T tokens, H hidden units, D numbers a vector.

EncodePooling = Literal["mean", "cls", "max", "tokens"]
Combine = Literal["mean", "concat"]


class EncodeChoices(TypedDict, total=False):
    """The keyword arguments of `encode_texts`, which explains them."""

    pooling: EncodePooling | None
    layers: Sequence[int]
    combine: Combine
    normalize: bool | None
    batch_size: int
    progress: Progress | None


def encode_texts(
    model: TextModel,
    texts: Sequence[str] | str,
    *,
    pooling: EncodePooling | None = None,
    layers: Sequence[int] = (-1,),
    combine: Combine = "mean",
    normalize: bool | None = None,
    batch_size: int = 64,
    progress: Progress | None = None,
) -> Any:
    """Vectors of the encoder under a model's head, in the order of the texts.

    A text that is longer than the task's `max_length` tokens is cut there; [CLS] and [SEP]
    are counted, and are among the token vectors.

    Args:
        model: any model with a backbone, a tokenizer and a task.
        texts: texts, or one text.
        pooling: one vector a text from [CLS], from the mean or from the largest of its token
            vectors, or "tokens" for all of them; None = as the model's task says.
        layers: which layers: 0 = the embeddings, 1 = the first block, -1 = the last.
        combine: several layers become their mean (D = H) or stand side by side (D = H a layer).
        normalize: divide by the L2 norm; None = one vector a text as the task says, never tokens.
        batch_size: texts at once; texts of similar length share a batch.
        progress: called after every batch with the number of texts done and of all.

    Returns:
        float32 (N, D), for one text (D,). For "tokens" a list of (T, D), for one text (T, D).

    Raises:
        ValueError: for an unknown choice, a layer that the encoder lacks, or a text that is
            not a string.
    """
    chosen = pooling or model.task.pooling
    states = _check_choice(model.backbone, chosen, layers, combine)
    unit = normalize if normalize is not None else chosen != "tokens" and model.task.normalize
    given = [texts] if isinstance(texts, str) else texts
    forward = _compile(model, chosen, states, combine, unit)
    found: list[Any] = [None] * len(given)
    for rows, outputs, lengths in length_ordered_outputs(
        model, given, forward, batch_size=batch_size, progress=progress
    ):
        for row, output, length in zip(rows, outputs, lengths, strict=True):
            found[row] = output[:length].copy() if chosen == "tokens" else output
    if isinstance(texts, str):
        return found[0]
    if chosen == "tokens":
        return found
    width = model.config.hidden_dim * (len(states) if combine == "concat" else 1)
    return np.stack(found) if found else np.zeros((0, width), np.float32)


def _check_choice(
    backbone: BertBackbone, pooling: str, layers: Sequence[int], combine: str
) -> tuple[int, ...]:
    """The chosen layers as places in the list of hidden states."""
    if pooling not in get_args(EncodePooling):
        choices = ", ".join(get_args(EncodePooling))
        raise ValueError(f"pooling must be one of {choices}, received {pooling!r}.")
    if combine not in get_args(Combine):
        choices = ", ".join(get_args(Combine))
        raise ValueError(f"combine must be one of {choices}, received {combine!r}.")
    count = backbone.config.num_layers + 1
    for layer in layers:
        if type(layer) is not int or not -count <= layer < count:
            raise ValueError(
                f"layers must be integers from {-count} to {count - 1} (0 = embeddings, "
                f"-1 = last), received {layer!r}."
            )
    if not layers:
        raise ValueError("layers must name at least one layer, received none.")
    return tuple(layer % count for layer in layers)


def _compile(
    model: TextModel, pooling: str, layers: tuple[int, ...], combine: str, unit: bool
) -> Forward:
    def encode(inputs: Inputs) -> Any:
        states = model.backbone.hidden_states(inputs, training=False)
        chosen = [ops.cast(states[layer], "float32") for layer in layers]  # each (B, T, H)
        hidden = ops.concatenate(chosen, axis=-1) if combine == "concat" else sum(chosen)
        if combine == "mean":
            hidden = hidden / len(chosen)
        vectors = _pool(hidden, inputs["padding_mask"], pooling)  # (B, D) or (B, T, D)
        if unit:
            norm = ops.sqrt(ops.sum(ops.square(vectors), axis=-1, keepdims=True))
            vectors = vectors / ops.maximum(norm, 1e-12)
        return vectors

    return compile_once(model, f"encode {pooling} {layers} {combine} {unit}", encode)


def _pool(hidden: Any, padding_mask: Any, pooling: str) -> Any:
    if pooling == "mean":
        return mean_pooling(hidden, padding_mask)
    if pooling == "cls":
        return first_token(hidden)
    if pooling == "max":
        real = ops.expand_dims(padding_mask, -1) > 0  # (B, T, 1)
        return ops.max(ops.where(real, hidden, -np.inf), axis=1)
    return hidden
