import dataclasses
from pathlib import Path

import numpy as np
import pytest

from bert_tf.config import BertConfig
from bert_tf.models.bert_backbone import BertBackbone
from bert_tf.models.bert_classifier import BertClassifier
from bert_tf.models.model_folder import save_model
from bert_tf.models.task import Task
from bert_tf.text.tokenizer import BertTokenizer
from bert_tf.training.weight_average import average_models

TASK = Task(
    kind="classification",
    name="toy",
    language="en",
    max_length=12,
    pooling="mean",
    labels=("bad", "good"),
    provenance={"settings": {"seed": 1}, "training_ids_sha256": "x"},
)


@pytest.fixture
def config(tiny_vocabulary: list[str]) -> BertConfig:
    return BertConfig(
        vocabulary_size=len(tiny_vocabulary),
        hidden_dim=8,
        num_layers=1,
        num_heads=2,
        intermediate_dim=16,
        max_sequence_length=12,
    )


@pytest.fixture
def folders(tmp_path: Path, config: BertConfig, tiny_vocabulary: list[str]) -> list[Path]:
    tokenizer = BertTokenizer(tiny_vocabulary)
    for name in ("a", "b"):
        save_model(BertClassifier(BertBackbone(config), TASK, tokenizer), tmp_path / name)
    return [tmp_path / "a", tmp_path / "b"]


def test_every_weight_is_the_mean(folders: list[Path]) -> None:
    from bert_tf.models.model_folder import load_model

    first, second = (load_model(folder) for folder in folders)
    mean = average_models(folders)
    for a, b, m in zip(first.weights, second.weights, mean.weights, strict=True):
        np.testing.assert_allclose(m, (np.asarray(a) + np.asarray(b)) / 2, atol=1e-7)
    assert mean.task.provenance["settings"] == [{"seed": 1}, {"seed": 1}]
    assert mean.task.provenance["training_ids_sha256"] == "x"


def test_members_that_learned_from_different_texts_are_named(folders: list[Path]) -> None:
    provenance = {**TASK.provenance, "training_ids_sha256": "y"}
    dataclasses.replace(TASK, provenance=provenance).save(folders[1] / "task.json")
    (folders[1] / "manifest.json").unlink()  # the change is meant
    assert average_models(folders).task.provenance["training_ids_sha256"] == ["x", "y"]


def test_models_that_do_not_belong_together_are_refused(folders: list[Path]) -> None:
    other = dataclasses.replace(TASK, labels=("good", "bad"))
    other.save(folders[1] / "task.json")
    (folders[1] / "manifest.json").unlink()  # the change is meant
    with pytest.raises(ValueError, match="same labels can be averaged"):
        average_models(folders)
    with pytest.raises(ValueError, match="at least two"):
        average_models(folders[:1])


def test_regressions_in_different_units_are_refused(
    tmp_path: Path, config: BertConfig, tiny_vocabulary: list[str]
) -> None:
    for scale in (1.0, 2.0):
        task = dataclasses.replace(TASK, kind="regression", labels=(), value_scale=scale)
        model = BertClassifier(BertBackbone(config), task, BertTokenizer(tiny_vocabulary))
        save_model(model, tmp_path / str(scale))
    with pytest.raises(ValueError, match="same unit of values can be averaged"):
        average_models([tmp_path / "1.0", tmp_path / "2.0"])
