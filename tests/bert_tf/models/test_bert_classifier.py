from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bert_tf.config import BertConfig
from bert_tf.models.bert_backbone import BertBackbone
from bert_tf.models.bert_classifier import BertClassifier
from bert_tf.models.model_folder import load_model, save_model
from bert_tf.models.prediction import predict_in_length_order
from bert_tf.models.task import Task
from bert_tf.text.tokenizer import BertTokenizer

TEXTS = ["the cat sat", "a good film", "boring"]


def make(vocabulary: list[str], **fields: Any) -> BertClassifier:
    config = BertConfig(
        vocabulary_size=len(vocabulary),
        hidden_dim=16,
        num_layers=1,
        num_heads=2,
        intermediate_dim=32,
        max_sequence_length=16,
        initializer_range=0.3,
    )
    task = Task(name="toy", language="en", max_length=16, pooling="mean", **fields)
    return BertClassifier(BertBackbone(config), task, BertTokenizer(vocabulary))


def test_labels_have_a_probability_each(tiny_vocabulary: list[str]) -> None:
    model = make(tiny_vocabulary, kind="multi_label", labels=("a", "b", "c"))
    logits = predict_in_length_order(model, TEXTS, batch_size=2)
    np.testing.assert_allclose(model.predict_proba(TEXTS), 1 / (1 + np.exp(-logits)), rtol=1e-5)
    with pytest.raises(ValueError, match="use predict_proba"):
        model.predict_values(TEXTS)


def test_a_regression_answers_in_the_unit_of_its_values(
    tiny_vocabulary: list[str], tmp_path: Path
) -> None:
    model = make(tiny_vocabulary, kind="regression", value_mean=30.0, value_scale=10.0)
    model.classifier.kernel.assign(np.zeros((16, 1)))
    model.classifier.bias.assign([0.5])
    np.testing.assert_allclose(model.predict_values(TEXTS), [35, 35, 35], rtol=1e-6)
    with pytest.raises(ValueError, match="use predict_values"):
        model.predict_proba(TEXTS)
    save_model(model, tmp_path / "model")
    again = load_model(tmp_path / "model")
    assert isinstance(again, BertClassifier) and again.task == model.task
    np.testing.assert_array_equal(again.predict_values(TEXTS), model.predict_values(TEXTS))


def test_an_embedding_has_no_such_head(tiny_vocabulary: list[str]) -> None:
    with pytest.raises(ValueError, match="must be of kind 'classification', received 'embedding'"):
        make(tiny_vocabulary, kind="embedding")
