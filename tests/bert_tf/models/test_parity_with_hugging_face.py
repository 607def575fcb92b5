"""The encoder against the libraries its weights come from, on real weights and text."""

import dataclasses
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bert_tf.checkpoints.hugging_face import assign_hugging_face_weights, import_hugging_face
from bert_tf.checkpoints.tensor_assigner import TensorAssigner
from bert_tf.models.bert_backbone import BertBackbone
from bert_tf.models.bert_classifier import BertClassifier
from bert_tf.models.bert_embedder import BertEmbedder
from bert_tf.models.task import Task
from bert_tf.text.tokenizer import BertTokenizer


@pytest.fixture(scope="module")
def embedder(minilm_folder: Path) -> BertEmbedder:
    backbone, tokenizer = import_hugging_face(minilm_folder)
    task = Task(kind="embedding", name="minilm", language="en", max_length=256, pooling="mean")
    return BertEmbedder(backbone, task, tokenizer)


def test_vectors_equal_sentence_transformers(
    embedder: BertEmbedder, minilm_folder: Path, movie_snippets: list[str]
) -> None:
    from sentence_transformers import SentenceTransformer

    texts = movie_snippets[:1000]
    reference = SentenceTransformer(str(minilm_folder), device="cpu").encode(texts)
    difference = np.abs(embedder.encode(texts) - reference).max()
    print(f"float MiniLM, 1,000 sentences: maximal difference {difference:.2e}")
    assert difference <= 1e-5


def test_hidden_states_equal_hugging_face(
    embedder: BertEmbedder, minilm_folder: Path, movie_snippets: list[str]
) -> None:
    import torch
    from transformers import BertModel

    batch = embedder.tokenizer.batch(movie_snippets[:48], max_length=256)
    reference = BertModel.from_pretrained(minilm_folder).eval()
    with torch.no_grad():
        expected = reference(
            input_ids=torch.tensor(batch.token_ids.astype(np.int64)),
            attention_mask=torch.tensor(batch.padding_mask.astype(np.int64)),
            output_hidden_states=True,
        ).hidden_states
    found = embedder.backbone.hidden_states(batch.as_inputs(), training=False)
    real = batch.padding_mask.astype(bool)
    assert len(found) == len(expected) == 7
    worst = [
        float(np.abs(np.asarray(ours)[real] - theirs.numpy()[real]).max())
        for ours, theirs in zip(found, expected, strict=True)
    ]
    print("hidden states, maximal difference a layer:", [f"{value:.1e}" for value in worst])
    assert max(worst) <= 1e-4


def classifier_of(
    backbone: BertBackbone, tokenizer: BertTokenizer, task: Task, tensors: dict[str, Any]
) -> BertClassifier:
    """Our classifier with the tensors of a `BertForSequenceClassification`, dropout off."""
    still = dataclasses.replace(backbone.config, dropout=0.0, attention_dropout=0.0)
    model = BertClassifier(BertBackbone(still), task, tokenizer)
    arrays = {name.removeprefix("bert."): value.numpy() for name, value in tensors.items()}
    assign_hugging_face_weights(model.backbone, arrays)
    source = TensorAssigner(arrays)
    source.dense(model.pooler, "pooler.dense")
    source.dense(model.classifier, "classifier")
    return model


def test_classification_loss_and_gradients_equal_hugging_face(
    embedder: BertEmbedder, minilm_folder: Path, movie_snippets: list[str]
) -> None:
    import tensorflow as tf
    import torch
    from transformers import BertForSequenceClassification

    labels = np.arange(16) % 3
    batch = embedder.tokenizer.batch(movie_snippets[:16], max_length=64)
    torch.manual_seed(1)
    reference = BertForSequenceClassification.from_pretrained(minilm_folder, num_labels=3).eval()
    answer = reference(
        input_ids=torch.tensor(batch.token_ids.astype(np.int64)),
        attention_mask=torch.tensor(batch.padding_mask.astype(np.int64)),
        labels=torch.tensor(labels),
    )
    answer.loss.backward()

    shape = {"max_length": 64, "pooling": "cls", "labels": ("a", "b", "c")}
    task = Task(kind="classification", name="t", language="en", **shape)
    parts = (embedder.backbone, embedder.tokenizer, task)
    weights = {name: value.detach() for name, value in reference.state_dict().items()}
    model = classifier_of(*parts, weights)
    with tf.GradientTape() as tape:
        logits = model(batch.as_inputs(), training=True)  # the fused passes
        errors = tf.nn.sparse_softmax_cross_entropy_with_logits(labels, logits)
        loss = tf.reduce_mean(errors)
    gradients = tape.gradient(loss, [v.value for v in model.trainable_variables])
    assert float(loss) == pytest.approx(float(answer.loss.detach()), rel=1e-5)
    np.testing.assert_allclose(np.asarray(logits), answer.logits.detach().numpy(), atol=1e-5)

    theirs = {name: value.grad for name, value in reference.named_parameters()}
    expected = classifier_of(*parts, theirs)  # carries gradients in place of weights
    assert len(gradients) == len(expected.trainable_variables) == 5 + 6 * 12 + 4
    worst = 0.0
    for ours, variable in zip(gradients, expected.trainable_variables, strict=True):
        wanted = np.asarray(variable)
        error = np.abs(np.asarray(tf.convert_to_tensor(ours)) - wanted).max()
        worst = max(worst, float(error / np.abs(wanted).max()))
    print(f"classification, maximal relative difference of a gradient: {worst:.1e}")
    assert worst <= 1e-4
