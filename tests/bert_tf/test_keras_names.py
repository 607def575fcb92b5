import ast
import os
import subprocess
import sys
from pathlib import Path

import keras
import numpy as np
import pytest

import bert_tf
from bert_tf.config import BertConfig
from bert_tf.keras_names import HOMES, offer_to_keras
from bert_tf.models.bert_backbone import BertBackbone
from bert_tf.models.bert_classifier import BertClassifier
from bert_tf.models.bert_embedder import BertEmbedder
from bert_tf.models.bert_pretrainer import BertPretrainer
from bert_tf.models.model_folder import TextModel
from bert_tf.models.task import Task
from bert_tf.text.tokenizer import BertTokenizer

ROOT = Path(bert_tf.__file__).parent

ENCODE = """
import {first}
import {second}
import sys
assert "tensorflow" in sys.modules or "keras" not in sys.modules
model = keras.models.load_model(sys.argv[1])
print(*model.encode("the cat sat"))
"""


def make_model(kind: str, vocabulary: list[str]) -> TextModel:
    config = BertConfig(
        vocabulary_size=len(vocabulary),
        hidden_dim=8,
        num_layers=1,
        num_heads=2,
        intermediate_dim=16,
        max_sequence_length=16,
    )
    backbone, tokenizer = BertBackbone(config), BertTokenizer(vocabulary, lowercase=False)
    common = {"name": "toy", "language": "en", "max_length": 12, "provenance": {"by": ["a", 1]}}
    if kind == "embedding":
        return BertEmbedder(backbone, Task(kind="embedding", pooling="mean", **common), tokenizer)
    if kind == "pretraining":
        return BertPretrainer(
            backbone, Task(kind="pretraining", pooling="mean", **common), tokenizer
        )
    task = Task(
        kind="classification",
        pooling="cls",
        labels=("down", "up"),
        label_values=(-1.0, 1.0),
        **common,
    )
    return BertClassifier(backbone, task, tokenizer)


@pytest.mark.parametrize("kind", ["classification", "embedding", "pretraining"])
def test_a_keras_file_carries_tokenizer_and_task(
    tiny_vocabulary: list[str], tmp_path: Path, kind: str
) -> None:
    model = make_model(kind, tiny_vocabulary)
    model.save(tmp_path / "model.keras")
    again = keras.models.load_model(tmp_path / "model.keras")
    assert type(again) is type(model)
    assert again.task == model.task
    assert again.tokenizer.sha256 == model.tokenizer.sha256
    assert again.config == model.config
    for ours, theirs in zip(model.weights, again.weights, strict=True):
        np.testing.assert_array_equal(ours, theirs)
    np.testing.assert_array_equal(again.encode(["the cat"]), model.encode(["the cat"]))
    if isinstance(model, BertClassifier):
        np.testing.assert_array_equal(again.predict_proba(["the"]), model.predict_proba(["the"]))


@pytest.mark.parametrize("order", [("bert_tf", "keras"), ("keras", "bert_tf")])
def test_a_fresh_process_needs_no_more_than_the_two_imports(
    tiny_vocabulary: list[str], tmp_path: Path, order: tuple[str, str]
) -> None:
    model = make_model("classification", tiny_vocabulary)
    model.save(tmp_path / "model.keras")
    code = ENCODE.format(first=order[0], second=order[1])
    outcome = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "model.keras")],
        capture_output=True,
        text=True,
        env={**os.environ, "CUDA_VISIBLE_DEVICES": "-1"},
        cwd=ROOT.parent,
    )
    assert outcome.returncode == 0, outcome.stderr
    vector = np.asarray(outcome.stdout.split(), np.float32)
    np.testing.assert_allclose(vector, model.encode("the cat sat"), atol=1e-6)


def test_every_model_that_keras_may_ask_for_is_listed() -> None:
    found = {}
    for path in (ROOT / "models").glob("*.py"):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and node.decorator_list:
                decorator = ast.unparse(node.decorator_list[0])
                if decorator == "keras.saving.register_keras_serializable(package='bert_tf')":
                    found[node.name] = f"bert_tf.models.{path.stem}"
    assert found == HOMES


def test_the_watch_for_keras_is_set_once_and_ends() -> None:
    before = list(sys.meta_path)
    offer_to_keras()  # Keras is loaded: nothing to watch
    assert sys.meta_path == before
    assert keras.saving.get_custom_objects()["bert_tf>BertClassifier"] is BertClassifier


def test_a_file_whose_parts_do_not_fit_is_refused(tiny_vocabulary: list[str]) -> None:
    config = make_model("embedding", tiny_vocabulary).get_config()
    for change, message in [
        ({"encoder": {**config["encoder"], "vocabulary_size": 10**15}}, "as many tokens"),
        ({"task": "{}"}, "A task must have the fields"),
        ({"task": "{"}, "Expecting property name"),
        ({"vocabulary": 3}, "describes no model"),
        ({"tokenizer": {"lambda": "x"}}, "describes no model"),
    ]:
        with pytest.raises(ValueError, match=message):
            BertEmbedder.from_config({**config, **change})
    with pytest.raises(ValueError, match="of kind 'classification', received 'embedding'"):
        BertClassifier.from_config(config)
