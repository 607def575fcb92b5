"""BERT weights from a Hugging Face folder (config.json, model.safetensors, vocab.txt)."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load_file

from bert_tf.config import Activation, BertConfig
from bert_tf.models.bert_backbone import BertBackbone
from bert_tf.text.tokenizer import BertTokenizer

Tensors = dict[str, NDArray[np.float32]]

_ACTIVATIONS: dict[str, Activation] = {
    "gelu": "gelu",
    "gelu_new": "gelu_tanh",
    "gelu_pytorch_tanh": "gelu_tanh",
}


class CheckpointError(ValueError):
    """A folder of weights that cannot be read as a BERT; the message says why."""


def import_hugging_face(folder: Path) -> tuple[BertBackbone, BertTokenizer]:
    """The encoder and the tokenizer of a Hugging Face BERT folder.

    Only `model.safetensors` is read: a pickle can run code, a safetensors file cannot.

    Raises:
        CheckpointError: if a file is missing, damaged, or no BERT.
    """
    config = read_config(folder)
    tensors = _read_tensors(folder / "model.safetensors")
    try:
        tokenizer = BertTokenizer.from_folder(folder)
    except (OSError, ValueError) as error:
        raise CheckpointError(f"The vocabulary in {folder} cannot be read: {error}") from error
    if tokenizer.vocabulary_size != config.vocabulary_size:
        raise CheckpointError(
            f"The vocabulary and the weights in {folder} do not match: "
            f"{tokenizer.vocabulary_size} tokens, {config.vocabulary_size} rows."
        )
    backbone = BertBackbone(config)
    assign_hugging_face_weights(backbone, tensors)
    return backbone, tokenizer


def read_config(folder: Path) -> BertConfig:
    """Translate a Hugging Face `config.json`.

    Raises:
        CheckpointError: if it is not the config of a BERT with absolute positions.
    """
    path = folder / "config.json"
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
        if values["model_type"] != "bert":
            raise CheckpointError(
                f"{path} must describe a model of type 'bert', received {values['model_type']!r}."
            )
        if values.get("position_embedding_type", "absolute") != "absolute":
            raise CheckpointError(f"{path} asks for relative positions; only absolute are BERT's.")
        if values["hidden_act"] not in _ACTIVATIONS:
            raise CheckpointError(
                f"{path}: hidden_act must be one of {', '.join(_ACTIVATIONS)}, received "
                f"{values['hidden_act']!r}."
            )
        return BertConfig(
            vocabulary_size=values["vocab_size"],
            hidden_dim=values["hidden_size"],
            num_layers=values["num_hidden_layers"],
            num_heads=values["num_attention_heads"],
            intermediate_dim=values["intermediate_size"],
            max_sequence_length=values["max_position_embeddings"],
            num_segments=values["type_vocab_size"],
            activation=_ACTIVATIONS[values["hidden_act"]],
            layer_norm_epsilon=values["layer_norm_eps"],
            dropout=values["hidden_dropout_prob"],
            attention_dropout=values["attention_probs_dropout_prob"],
            initializer_range=values["initializer_range"],
        )
    except CheckpointError:
        raise
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise CheckpointError(f"{path} is not the config of a BERT: {error!r}.") from error


def _read_tensors(path: Path) -> Tensors:
    if not path.is_file():
        raise CheckpointError(f"{path} is missing; convert the weights to safetensors first.")
    try:
        tensors = load_file(path)
    except (SafetensorError, OSError, ValueError, KeyError, TypeError) as error:
        raise CheckpointError(f"{path} is damaged: {error}.") from error
    return {name.removeprefix("bert."): np.asarray(value) for name, value in tensors.items()}


def assign_hugging_face_weights(backbone: BertBackbone, tensors: Tensors) -> None:
    """Copy tensors in Hugging Face's names and layout into the encoder.

    PyTorch keeps kernels as (out, in), Keras as (in, out); query, key and value are joined.

    Raises:
        CheckpointError: if a tensor is missing, has another shape, or holds NaN.
    """

    def take(name: str) -> NDArray[np.float32]:
        if name not in tensors:
            raise CheckpointError(f"The weights lack the tensor {name!r}.")
        value = tensors[name].astype(np.float32)
        if not np.isfinite(value).all():
            raise CheckpointError(f"The tensor {name!r} holds infinite numbers or NaN.")
        return value

    def assign(variable: object, value: NDArray[np.float32], name: str) -> None:
        if tuple(variable.shape) != value.shape:  # type: ignore[attr-defined]
            raise CheckpointError(
                f"{name} must have the shape {tuple(variable.shape)}, "  # type: ignore[attr-defined]
                f"received {value.shape}."
            )
        variable.assign(value)  # type: ignore[attr-defined]

    def dense(layer: object, *names: str) -> None:
        kernel = np.concatenate([take(f"{name}.weight") for name in names]).T
        assign(layer.kernel, kernel, f"{names[0]}.weight")  # type: ignore[attr-defined]
        bias = np.concatenate([take(f"{name}.bias") for name in names])
        assign(layer.bias, bias, f"{names[0]}.bias")  # type: ignore[attr-defined]

    def norm(layer: object, name: str) -> None:
        scale, shift = f"{name}.weight", f"{name}.bias"
        if scale not in tensors:  # the names that conversions of 2018 left behind
            scale, shift = f"{name}.gamma", f"{name}.beta"
        assign(layer.gamma, take(scale), scale)  # type: ignore[attr-defined]
        assign(layer.beta, take(shift), shift)  # type: ignore[attr-defined]

    embeddings = backbone.embeddings
    for table, name in (
        (embeddings.word_table, "word_embeddings"),
        (embeddings.position_table, "position_embeddings"),
        (embeddings.segment_table, "token_type_embeddings"),
    ):
        assign(table, take(f"embeddings.{name}.weight"), name)
    norm(embeddings.layer_norm, "embeddings.LayerNorm")
    for index, block in enumerate(backbone.blocks):
        prefix = f"encoder.layer.{index}"
        parts = [f"{prefix}.attention.self.{part}" for part in ("query", "key", "value")]
        dense(block.attention.query_key_value, *parts)
        dense(block.attention.output_projection, f"{prefix}.attention.output.dense")
        norm(block.attention_layer_norm, f"{prefix}.attention.output.LayerNorm")
        dense(block.intermediate, f"{prefix}.intermediate.dense")
        dense(block.feed_forward_output, f"{prefix}.output.dense")
        norm(block.feed_forward_layer_norm, f"{prefix}.output.LayerNorm")
