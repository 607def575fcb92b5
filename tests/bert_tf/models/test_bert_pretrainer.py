"""Pre-training heads against Hugging Face's `BertForPreTraining`, forward and backward."""

from typing import Any

import keras
import numpy as np
import pytest
import tensorflow as tf
import torch
from transformers import BertConfig as TheirConfig
from transformers import BertForMaskedLM, BertForPreTraining

from bert_tf.checkpoints.foreign_weights_error import ForeignWeightsError
from bert_tf.checkpoints.hugging_face import (
    assign_hugging_face_heads,
    assign_hugging_face_weights,
)
from bert_tf.config import BertConfig
from bert_tf.models.bert_backbone import BertBackbone
from bert_tf.models.bert_pretrainer import BertPretrainer
from bert_tf.models.task import Task
from bert_tf.text.tokenizer import BertTokenizer

ROWS, LENGTH, GUESSES = 4, 12, 3


@pytest.fixture(scope="module")
def config(tiny_vocabulary: list[str]) -> BertConfig:
    return BertConfig(
        vocabulary_size=len(tiny_vocabulary),
        hidden_dim=32,
        num_layers=2,
        num_heads=4,
        intermediate_dim=64,
        max_sequence_length=16,
        dropout=0.0,
        attention_dropout=0.0,
        initializer_range=0.2,
    )


def make_model(config: BertConfig, vocabulary: list[str]) -> BertPretrainer:
    task = Task(kind="pretraining", name="t", language="en", max_length=16, pooling="mean")
    return BertPretrainer(BertBackbone(config), task, BertTokenizer(vocabulary))


def make_reference(config: BertConfig) -> BertForPreTraining:
    torch.manual_seed(1)
    return BertForPreTraining(their_config(config))


def their_config(config: BertConfig) -> TheirConfig:
    return TheirConfig(
        vocab_size=config.vocabulary_size,
        hidden_size=config.hidden_dim,
        num_hidden_layers=config.num_layers,
        num_attention_heads=config.num_heads,
        intermediate_size=config.intermediate_dim,
        max_position_embeddings=config.max_sequence_length,
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
        initializer_range=0.2,
    )


def assign(model: BertPretrainer, tensors: dict[str, Any]) -> None:
    arrays = {name.removeprefix("bert."): np.array(value) for name, value in tensors.items()}
    assign_hugging_face_weights(model.backbone, arrays)
    assign_hugging_face_heads(model, arrays)


@pytest.fixture(scope="module")
def batch(config: BertConfig) -> dict[str, np.ndarray]:
    rng = np.random.default_rng(3)
    padding_mask = np.ones((ROWS, LENGTH), np.int32)
    padding_mask[1, 9:] = 0
    positions = np.stack([rng.choice(9, GUESSES, replace=False) for _ in range(ROWS)])
    return {
        "token_ids": rng.integers(5, config.vocabulary_size, (ROWS, LENGTH)).astype(np.int32),
        "segment_ids": (np.arange(LENGTH)[None, :] > 5).repeat(ROWS, 0).astype(np.int32),
        "padding_mask": padding_mask,
        "mask_positions": positions.astype(np.int32),
        "mask_labels": rng.integers(5, config.vocabulary_size, (ROWS, GUESSES)).astype(np.int32),
        "cls_positions": np.zeros((ROWS, 1), np.int32),
        "pair_labels": rng.integers(0, 2, (ROWS, 1)).astype(np.int32),
    }


def test_loss_and_gradients_equal_hugging_face(
    config: BertConfig, tiny_vocabulary: list[str], batch: dict[str, np.ndarray]
) -> None:
    reference = make_reference(config)
    labels = np.full((ROWS, LENGTH), -100, np.int64)
    np.put_along_axis(labels, batch["mask_positions"].astype(np.int64), batch["mask_labels"], 1)
    answer = reference(
        input_ids=torch.tensor(batch["token_ids"].astype(np.int64)),
        token_type_ids=torch.tensor(batch["segment_ids"].astype(np.int64)),
        attention_mask=torch.tensor(batch["padding_mask"].astype(np.int64)),
        labels=torch.tensor(labels),
        next_sentence_label=torch.tensor(batch["pair_labels"][:, 0].astype(np.int64)),
    )
    answer.loss.backward()

    model = make_model(config, tiny_vocabulary)
    assign(model, {name: t.detach().numpy() for name, t in reference.state_dict().items()})
    given = {name: tf.constant(value) for name, value in batch.items()}
    with tf.GradientTape() as tape:
        scores = model(given, training=True)  # the fused passes; dropout is 0
        entropy = tf.nn.sparse_softmax_cross_entropy_with_logits
        loss = tf.reduce_mean(entropy(given["mask_labels"], scores["mask_logits"]))
        loss += tf.reduce_mean(entropy(given["pair_labels"], scores["pair_logits"]))
    gradients = tape.gradient(loss, [v.value for v in model.trainable_variables])
    assert float(loss) == pytest.approx(float(answer.loss.detach()), rel=1e-5)

    expected = make_model(config, tiny_vocabulary)  # carries gradients in place of weights
    theirs = {n: p.grad.numpy() for n, p in reference.named_parameters() if p.grad is not None}
    assign(expected, theirs)
    assert len(gradients) == len(expected.trainable_variables) == 5 + 2 * 12 + 5 + 4
    for ours, variable in zip(gradients, expected.trainable_variables, strict=True):
        found, wanted = np.asarray(tf.convert_to_tensor(ours)), np.asarray(variable)
        error = np.abs(found - wanted).max() / (np.abs(wanted).max() + 1e-8)
        if "query_key_value/bias" in variable.path:  # a key's bias moves nothing: both are noise
            error = np.abs(found - wanted).max()
        assert error <= 1e-4, variable.path


def test_answers_equal_hugging_face_without_training(
    config: BertConfig, tiny_vocabulary: list[str], batch: dict[str, np.ndarray]
) -> None:
    reference = make_reference(config).eval()
    with torch.no_grad():
        expected = reference(
            input_ids=torch.tensor(batch["token_ids"].astype(np.int64)),
            token_type_ids=torch.tensor(batch["segment_ids"].astype(np.int64)),
            attention_mask=torch.tensor(batch["padding_mask"].astype(np.int64)),
        )
    model = make_model(config, tiny_vocabulary)
    assign(model, {name: t.detach().numpy() for name, t in reference.state_dict().items()})
    scores = model({name: tf.constant(v) for name, v in batch.items()}, training=False)
    chosen = np.take_along_axis(
        expected.prediction_logits.numpy(), batch["mask_positions"][:, :, None].astype(int), 1
    )
    np.testing.assert_allclose(np.asarray(scores["mask_logits"]), chosen, rtol=1e-4, atol=1e-4)
    np.testing.assert_allclose(
        np.asarray(scores["pair_logits"])[:, 0],
        expected.seq_relationship_logits.numpy(),
        rtol=1e-4,
        atol=1e-4,
    )


def test_a_model_folder_brings_the_heads_back(
    config: BertConfig, tiny_vocabulary: list[str], batch: dict[str, np.ndarray], tmp_path: Any
) -> None:
    from bert_tf.models.model_folder import load_model, save_model

    keras.utils.set_random_seed(5)
    model = make_model(config, tiny_vocabulary)
    save_model(model, tmp_path / "model")
    again = load_model(tmp_path / "model")
    assert isinstance(again, BertPretrainer)
    given = {name: tf.constant(v) for name, v in batch.items()}
    np.testing.assert_array_equal(
        np.asarray(model(given)["mask_logits"]), np.asarray(again(given)["mask_logits"])
    )


def test_a_masked_language_model_alone_has_no_pooler(
    config: BertConfig, tiny_vocabulary: list[str]
) -> None:
    model = make_model(config, tiny_vocabulary)
    before = np.array(model.pooler.kernel)
    tensors = {
        name: value.numpy()
        for name, value in BertForMaskedLM(their_config(config)).state_dict().items()
    }
    assign(model, tensors)
    np.testing.assert_array_equal(
        model.masked_lm_head.transform.kernel,
        tensors["cls.predictions.transform.dense.weight"].T,
    )
    np.testing.assert_array_equal(model.pooler.kernel, before)


def test_a_pair_head_without_its_pooler_is_damaged(
    config: BertConfig, tiny_vocabulary: list[str]
) -> None:
    tensors = {name: t.detach().numpy() for name, t in make_reference(config).state_dict().items()}
    del tensors["bert.pooler.dense.weight"]
    with pytest.raises(ForeignWeightsError, match=r"pooler\.dense\.weight"):
        assign(make_model(config, tiny_vocabulary), tensors)
