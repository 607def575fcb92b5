"""BERT weights from a Hugging Face folder (config.json, model.safetensors, vocab.txt)."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from safetensors import SafetensorError
from safetensors.numpy import load_file

from bert_tf.checkpoints.foreign_weights_error import ForeignWeightsError
from bert_tf.checkpoints.tensor_assigner import TensorAssigner, Tensors
from bert_tf.config import Activation, BertConfig
from bert_tf.models.bert_backbone import BertBackbone
from bert_tf.models.bert_pretrainer import BertPretrainer
from bert_tf.text.tokenizer import BertTokenizer

_ACTIVATIONS: dict[str, Activation] = {
    "gelu": "gelu",
    "gelu_new": "gelu_tanh",
    "gelu_pytorch_tanh": "gelu_tanh",
}


def import_hugging_face(folder: Path) -> tuple[BertBackbone, BertTokenizer]:
    """The encoder and the tokenizer of a Hugging Face BERT folder.

    Only `model.safetensors` is read: a pickle can run code, a safetensors file cannot.

    Raises:
        ForeignWeightsError: if a file is missing, damaged, or no BERT.
    """
    config = read_config(folder)
    tensors = _read_tensors(folder / "model.safetensors")
    try:
        tokenizer = BertTokenizer.from_folder(folder)
    except (OSError, ValueError) as error:
        raise ForeignWeightsError(f"The vocabulary in {folder} cannot be read: {error}") from error
    if tokenizer.vocabulary_size != config.vocabulary_size:
        raise ForeignWeightsError(
            f"The vocabulary and the weights in {folder} do not match: "
            f"{tokenizer.vocabulary_size} tokens, {config.vocabulary_size} rows."
        )
    backbone = BertBackbone(config)
    assign_hugging_face_weights(backbone, tensors)
    return backbone, tokenizer


def import_hugging_face_heads(model: BertPretrainer, folder: Path) -> bool:
    """Copy the heads of `BertForPreTraining` or `BertForMaskedLM` where the folder has them.

    Returns:
        Whether it had the one that guesses tokens; what it has not, the model keeps as it is.

    Raises:
        ForeignWeightsError: if the file is damaged or a head is incomplete.
    """
    tensors = _read_tensors(folder / "model.safetensors")
    if "cls.predictions.transform.dense.weight" not in tensors:
        return False
    assign_hugging_face_heads(model, tensors)
    return True


def assign_hugging_face_heads(model: BertPretrainer, tensors: Tensors) -> None:
    """Copy the heads of `BertForPreTraining`, in Hugging Face's names and layout.

    `BertForMaskedLM` has neither a pooler nor the head for pairs: these stay as they are.

    Raises:
        ForeignWeightsError: if a tensor is missing, has another shape, or holds NaN.
    """
    source = TensorAssigner(tensors)
    head = model.masked_lm_head
    source.dense(head.transform, "cls.predictions.transform.dense")
    source.norm(head.layer_norm, "cls.predictions.transform.LayerNorm")
    source.assign(head.output_bias, source.take("cls.predictions.bias"), "cls.predictions.bias")
    has_pairs = "cls.seq_relationship.weight" in tensors
    if has_pairs or "pooler.dense.weight" in tensors:
        source.dense(model.pooler, "pooler.dense")
    if has_pairs:
        source.dense(model.next_sentence, "cls.seq_relationship")


def read_config(folder: Path) -> BertConfig:
    """Translate a Hugging Face `config.json`.

    Raises:
        ForeignWeightsError: if it is not the config of a BERT with absolute positions.
    """
    path = folder / "config.json"
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
        if values["model_type"] != "bert":
            raise ForeignWeightsError(
                f"{path} must describe a model of type 'bert', received {values['model_type']!r}."
            )
        if values.get("position_embedding_type", "absolute") != "absolute":
            raise ForeignWeightsError(
                f"{path} asks for relative positions; only absolute are BERT's."
            )
        if values["hidden_act"] not in _ACTIVATIONS:
            raise ForeignWeightsError(
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
    except ForeignWeightsError:
        raise
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise ForeignWeightsError(f"{path} is not the config of a BERT: {error!r}.") from error


def _read_tensors(path: Path) -> Tensors:
    if not path.is_file():
        raise ForeignWeightsError(f"{path} is missing; convert the weights to safetensors first.")
    try:
        tensors = load_file(path)
    except (SafetensorError, OSError, ValueError, KeyError, TypeError) as error:
        raise ForeignWeightsError(f"{path} is damaged: {error}.") from error
    return {name.removeprefix("bert."): np.asarray(value) for name, value in tensors.items()}


def assign_hugging_face_weights(backbone: BertBackbone, tensors: Tensors) -> None:
    """Copy tensors in Hugging Face's names and layout into the encoder.

    PyTorch keeps kernels as (out, in), Keras as (in, out); query, key and value are joined.

    Raises:
        ForeignWeightsError: if a tensor is missing, has another shape, or holds NaN.
    """
    source = TensorAssigner(tensors)
    embeddings = backbone.embeddings
    for table, name in (
        (embeddings.word_table, "word_embeddings"),
        (embeddings.position_table, "position_embeddings"),
        (embeddings.segment_table, "token_type_embeddings"),
    ):
        source.assign(table, source.take(f"embeddings.{name}.weight"), name)
    source.norm(embeddings.layer_norm, "embeddings.LayerNorm")
    for index, block in enumerate(backbone.blocks):
        prefix = f"encoder.layer.{index}"
        parts = [f"{prefix}.attention.self.{part}" for part in ("query", "key", "value")]
        source.dense(block.attention.query_key_value, *parts)
        source.dense(block.attention.output_projection, f"{prefix}.attention.output.dense")
        source.norm(block.attention_layer_norm, f"{prefix}.attention.output.LayerNorm")
        source.dense(block.intermediate, f"{prefix}.intermediate.dense")
        source.dense(block.feed_forward_output, f"{prefix}.output.dense")
        source.norm(block.feed_forward_layer_norm, f"{prefix}.output.LayerNorm")
